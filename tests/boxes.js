// What stands where in a notebook in JupyterLab. The functions of `boxes` return what is
// wrong, in words with pixels; `charts` returns what is there. Blocks say what is to be there. It is
// found by its words, so that another markup of numbers is measured as this one is.
window.boxes = (() => {
  const MIME = "application/vnd.briefing+json";
  const SLACK = 1;
  const SPACE = 6; // pixels between two words
  const CONTRAST = 4.5; // of WCAG 2, level AA

  const notebook = () => window.jupyterapp.shell.currentWidget.content;
  const codeCells = () => notebook().widgets.filter((cell) => cell.model.type === "code");
  const round = Math.round;
  const bare = (words) => words.replace(/[\s‡]/g, "");
  const short = (words) => words.trim().slice(0, 40);

  /** Each output that stands in the page, with its block, if it has one. */
  function outputs() {
    return codeCells().flatMap((cell) => cell.outputArea.widgets.map((widget, place) => ({
      node: widget.node.querySelector(".jp-OutputArea-output"),
      block: cell.outputArea.model.get(place).data[MIME],
    })));
  }

  /** The texts of an element that a reader sees, in their order. */
  function texts(element) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const text = walker.currentNode;
      const shown = text.parentElement.checkVisibility() && !folded(text);
      if (text.data.trim() && shown) found.push(text);
    }
    return found;
  }
  /** Whether a text stands in a closed fold, but not in the line that opens it. */
  function folded(text) {
    for (let fold = text.parentElement.closest("details"); fold;
      fold = fold.parentElement.closest("details")) {
      if (!fold.open && !fold.querySelector(":scope > summary")?.contains(text)) return true;
    }
    return false;
  }

  const words = (element) => texts(element).map((text) => text.data).join("");

  /** The boxes of the lines of a text, and the box around several texts. */
  function lines(text) {
    const range = document.createRange();
    range.selectNodeContents(text);
    return [...range.getClientRects()].filter((line) => line.width > 0);
  }
  function around(several) {
    const all = several.flatMap(lines);
    return {
      left: Math.min(...all.map((line) => line.left)),
      right: Math.max(...all.map((line) => line.right)),
      top: Math.min(...all.map((line) => line.top)),
      bottom: Math.max(...all.map((line) => line.bottom)),
    };
  }

  /** The box of an element without its borders and paddings. */
  function content(element) {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const inset = (side) =>
      parseFloat(style[`padding${side}`]) + parseFloat(style[`border${side}Width`]);
    return { left: box.left + inset("Left"), right: box.right - inset("Right") };
  }

  const within = (inner, outer) => inner.left >= outer.left - SLACK
    && inner.right <= outer.right + SLACK
    && inner.top >= outer.top - SLACK && inner.bottom <= outer.bottom + SLACK;
  const overlap = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > SLACK
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > SLACK;

  const say = (part) => typeof part === "string" ? part : part.said ?? part.parts.join("");
  const said = (parts) => parts.map(say).join("");

  /** The innermost element that shows all of some words. */
  function holder(element, wanted) {
    const deeper = [...element.children].find((child) => bare(words(child)).includes(wanted));
    return deeper ? holder(deeper, wanted) : element;
  }

  /** The tile of a key figure: the innermost element that shows both its number and its name. */
  function tileOf(node, item) {
    const [number, name] = [bare(item.number.said), bare(item.name)];
    const named = holder(node, name);
    let tile = named;
    while (tile !== node && !bare(words(tile)).includes(number)) tile = tile.parentElement;
    return { tile, named, number: holder(tile, number), item };
  }

  /** A key figure whose number and label are apart, or that stands on another one. */
  function keyFigures() {
    return outputs().filter(({ block }) => block?.kind === "key_figures")
      .flatMap(({ node, block }) => {
        const tiles = block.items.map((item) => tileOf(node, item));
        const boxes = tiles.map(({ tile }) => tile.getBoundingClientRect());
        const apart = tiles.flatMap((tile) => partsApart(tile, block.items));
        const on = boxes.flatMap((box, place) => boxes.slice(place + 1)
          .filter((other) => overlap(box, other))
          .map(() => `${block.items[place].name}: its tile lies on another`));
        return [...apart, ...on];
      });
  }
  function partsApart({ tile, named, number, item }, items) {
    const name = item.name;
    const others = items.filter((other) => other !== item
      && bare(words(tile)).includes(bare(other.name)));
    if (others.length) return [`${name}: no tile of its own`];
    const outer = tile.getBoundingClientRect();
    const [label, figure] = [around(texts(named)), around(texts(number))];
    const out = [label, figure].filter((box) => !within(box, outer))
      .map(() => `${name}: runs out of its tile`);
    const gap = label.top - figure.bottom; // between two lines, less than a line
    const above = gap > -SLACK && gap < 20 && Math.abs(label.left - figure.left) <= SLACK;
    const beside = label.left >= figure.right && label.left - figure.right < 20
      && label.top < figure.bottom && figure.top < label.bottom;
    const at = `label ${round(label.left - figure.left)} px right, ${round(gap)} px below`;
    return above || beside ? out : [...out, `${name}: not together: ${at}`];
  }

  /** Cells that say other than the block does, or stand at another side than their column. */
  function tables() {
    return outputs().filter(({ block }) => block?.heads).flatMap(({ node, block }) => {
      const table = node.querySelector("table");
      if (!table) return [`no table: ${block.heads}`];
      const rows = [block.heads.map((head) => [head]), ...block.rows];
      if (table.rows.length !== rows.length) return [`${table.rows.length} rows: ${block.heads}`];
      return block.heads.flatMap((head, column) => {
        const cells = [...table.rows].map((row) => row.cells[column]);
        const other = cells.filter((cell, row) =>
          bare(words(cell)) !== bare(said(rows[row][column])));
        return [
          ...other.map((cell) => `${head}: another wording: ${short(words(cell))}`),
          ...askew(head, cells, block.numeric[column] ? "right" : "left"),
        ];
      });
    });
  }
  /** Cells of a column, its head among them, whose words do not begin or end with it. */
  function askew(head, cells, side) {
    const edge = content(cells[0])[side];
    return cells.filter((cell) => texts(cell).length).flatMap((cell) => {
      const away = around(texts(cell))[side] - edge;
      return Math.abs(away) <= SLACK ? []
        : [`${head}: ${short(words(cell))}: ${round(away)} px from the column's ${side}`];
    });
  }

  /** Sentences that say other than the block does, or are broken where there is room for more. */
  function sentences() {
    return outputs().flatMap(({ node, block }) => {
      if (!block || block.heads) return [];
      const alone = block.parts ?? block.title;
      const several = alone ? [alone] : block.sentences ?? (block.kind === "list" && block.items);
      if (!several) return [];
      const hints = (block.hints ?? []).map((hint) => [hint]);
      const expected = [...several, ...hints].map(said).map(bare);
      const shown = words(node);
      if (bare(shown) !== expected.join("")) return [`another wording: ${short(shown)}`];
      return brokenLines(node, expected);
    });
  }
  function brokenLines(node, expected) {
    const end = content(node.querySelector(".jp-RenderedHTML") ?? node).right;
    const left = [...expected];
    const faults = [];
    let before = null; // the text before this one in the same sentence
    texts(node).forEach((text, place, all) => {
      const own = bare(text.data);
      if (!own) { // a mark
        before &&= text;
        return;
      }
      if (before) {
        const [last, first] = [lines(before).at(-1), lines(text)[0]];
        const free = end - last.right;
        if (first.top >= last.bottom - SLACK && free > SPACE + firstWord(all.slice(place))) {
          faults.push(`${short(text.data)}: on a new line with ${round(free)} px free`);
        }
      }
      left[0] = left[0].slice(own.length);
      before = left[0] ? text : null;
      if (!before) left.shift();
    });
    return faults;
  }
  /** How wide that is which several texts begin with and which is not broken: a word, or a box. */
  function firstWord([text, ...others]) {
    for (let one = text.parentElement; one; one = one.parentElement) {
      const { display } = getComputedStyle(one);
      if (display === "inline-block") return one.getBoundingClientRect().width;
      if (!display.startsWith("inline")) break;
    }
    const range = document.createRange();
    const begin = text.data.search(/\S/);
    range.setStart(text, begin);
    range.setEnd(text, text.length);
    for (const [place, one] of [text, ...others].entries()) {
      const rest = one.data.slice(place ? 0 : begin + 1);
      const stop = rest.search(/\s|\p{Script=Han}/u);
      range.setEnd(one, stop < 0 ? one.length : stop + one.length - rest.length);
      if (stop >= 0) break;
    }
    return range.getBoundingClientRect().width;
  }

  /** Outputs that are wider or higher than their area, or run out of the panel; words that do. */
  function cut() {
    const panel = document.querySelector(".jp-NotebookPanel").getBoundingClientRect();
    return outputs().flatMap(({ node }) => {
      const box = node.getBoundingClientRect();
      const name = short(words(node)) || node.firstElementChild?.tagName;
      const over = [node, ...node.querySelectorAll("*")].filter((element) =>
        getComputedStyle(element).overflowX !== "visible"
        && (element.scrollWidth > element.clientWidth + SLACK
          || element.scrollHeight > element.clientHeight + SLACK));
      const beyond = [...node.querySelectorAll("table, img, svg")].filter((element) =>
        element.checkVisibility() && element.getBoundingClientRect().right > box.right + SLACK);
      const lost = over.length ? [] : texts(node).filter((text) =>
        !text.parentElement.closest("mjx-container") && !within(around([text]), box));
      return [
        ...over.map((one) => `${name}: ${one.scrollWidth} x ${one.scrollHeight} px in `
          + `${one.clientWidth} x ${one.clientHeight}`),
        ...beyond.map((one) => `${name}: ${one.tagName} ends `
          + `${round(one.getBoundingClientRect().right - box.right)} px beyond its area`),
        ...lost.map((text) => `${name}: out of its area: ${short(text.data)}`),
        ...(box.right > panel.right ? [`${name}: its area runs out of the panel`] : []),
      ];
    });
  }

  /** The same where every number is opened that can be. */
  function cutOpened() {
    const folds = [...document.querySelectorAll(".jp-OutputArea details:not([open])")];
    folds.forEach((fold) => { fold.open = true; });
    const found = cut();
    folds.forEach((fold) => { fold.open = false; });
    return found;
  }

  /** The kind and the displayed size of each chart. */
  function charts() {
    return outputs().flatMap(({ node }) => [...node.querySelectorAll("img, svg")])
      .filter((chart) => !chart.closest("mjx-container")).map((chart) => {
        const box = chart.getBoundingClientRect();
        const kind = chart.src?.match(/^data:([^;,]*)/)?.[1] ?? "svg";
        return [kind, box.width, box.height];
      });
  }

  /** Words that are taken for a formula: what stands between two dollar signs. */
  function formulas() {
    return [...document.querySelectorAll(".jp-Notebook mjx-container")]
      .map((formula) => short(formula.closest("td, p, div").textContent));
  }

  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const painted = new Map();
  /** What is seen where colours lie on one another, as the browser itself paints it. */
  function paint(colours) {
    const key = colours.join();
    if (!painted.has(key)) {
      for (const colour of ["#fff", ...colours]) {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
      }
      painted.set(key, [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)]);
    }
    return painted.get(key);
  }
  function luminance(colour) {
    const [red, green, blue] = colour.map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
  function contrastOf(element) {
    const under = [];
    for (let one = element; one; one = one.parentElement) {
      under.unshift(getComputedStyle(one).backgroundColor);
    }
    const [light, dark] = [paint(under), paint([...under, getComputedStyle(element).color])]
      .map(luminance).sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }
  /** Words of outputs that hardly differ from what they stand on. */
  function faint() {
    return outputs().flatMap(({ node }) => texts(node)).flatMap((text) => {
      const contrast = contrastOf(text.parentElement);
      return contrast >= CONTRAST ? [] : [`${contrast.toFixed(1)}: ${short(text.data)}`];
    });
  }

  const frame = () => new Promise((done) => requestAnimationFrame(done));
  /** Wait until all is rendered, typeset and laid out; folded tables are opened. */
  async function settled() {
    const expected = () => codeCells().reduce((sum, cell) => sum + cell.model.outputs.length, 0);
    const shown = ({ node }) => node?.checkVisibility();
    while (outputs().filter(shown).length < expected()) await frame();
    // Formulas are typeset one after the other: when this one is, all are.
    const last = document.createElement("div");
    last.textContent = "$x$";
    await notebook().rendermime.latexTypesetter.typeset(last);
    document.querySelectorAll(".jp-OutputArea details:has(table)")
      .forEach((fold) => { fold.open = true; });
    const images = [...document.querySelectorAll(".jp-OutputArea img")];
    await Promise.all(images.map((image) => image.decode()));
    const where = () => outputs().map(({ node }) => {
      const box = node.getBoundingClientRect();
      return `${box.left} ${box.width} ${box.height}`;
    }).join();
    for (let before = "", now = where(); before !== now; [before, now] = [now, where()]) {
      await frame();
      await frame();
    }
    return last.querySelector("mjx-container") !== null;
  }

  return { keyFigures, tables, sentences, cut, cutOpened, charts, formulas, faint, settled };
})();
