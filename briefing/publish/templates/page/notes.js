// A number's source in a pop-up, on hover, focus or tap; without this script it is the title. A title
// is away only while the pop-up shows it: a page that is saved has all of them.
const note = document.getElementById("note");
const [source, button, card] = note.children;
const offered = button.textContent;
let owner = document.querySelector("[aria-describedby=source]"); // of a page saved with its pop-up

function show(link) {
  hide();
  owner = link;
  source.textContent = link.title;
  link.title = "";
  const [page, row] = link.getAttribute("href").split("#");
  card.href = `${page || "figures.html"}#${link.dataset.card || row}`;
  note.hidden = false;
  link.setAttribute("aria-describedby", "source");
  const at = link.getBoundingClientRect();
  const room = document.documentElement.clientWidth - note.offsetWidth - 8;
  const below = at.bottom + note.offsetHeight < innerHeight || at.top < note.offsetHeight;
  note.style.left = `${scrollX + Math.max(8, Math.min(at.left, room))}px`;
  note.style.top = `${scrollY + (below ? at.bottom : at.top - note.offsetHeight)}px`;
}

function hide() {
  if (!owner) return;
  owner.title = source.textContent;
  owner.removeAttribute("aria-describedby");
  owner = null;
  note.hidden = true;
  button.textContent = offered;
}

// Puts the number with its source into the clipboard, in plain words. Newer ways to write there fail
// in a file and in browsers of messengers.
function copy() {
  const words = `${owner.textContent} [${note.dataset.report}. ${source.textContent}]`;
  const write = (event) => {
    event.clipboardData.setData("text/plain", words.replace(/\s+/g, " "));
    event.preventDefault();
  };
  document.addEventListener("copy", write);
  getSelection().selectAllChildren(source); // Safari copies a selection alone
  document.execCommand("copy");
  getSelection().removeAllRanges();
  document.removeEventListener("copy", write);
  button.textContent = button.dataset.done;
}

const touched = matchMedia("(hover: none)"); // where a mouse that leaves is made up by the browser
for (const link of document.querySelectorAll("a[title]")) {
  link.addEventListener("mouseenter", () => show(link));
  link.addEventListener("mouseleave", (event) => {
    if (!touched.matches && !note.contains(event.relatedTarget)) hide();
  });
  link.addEventListener("focus", () => show(link));
  link.addEventListener("blur", hide);
  link.addEventListener("click", (event) => {
    if (touched.matches) {
      event.preventDefault();
      show(link);
    }
  });
}
hide();
note.addEventListener("mouseleave", () => touched.matches || hide());
note.addEventListener("mousedown", (event) => event.preventDefault()); // the number keeps the focus
button.addEventListener("click", copy);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
  const asked = (event.ctrlKey || event.metaKey) && event.key === "c";
  if (asked && owner && !String(getSelection())) copy();
});
document.addEventListener("click", (event) => {
  if (owner && !note.contains(event.target) && !event.target.closest("a[title]")) hide();
});
