"""A briefing in English and in the report's language, block by block beside one another."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from briefing.core.language import ENGLISH, speaking, translate
from briefing.notebook.blocks import Block, every_number
from briefing.publish import pages, rules
from briefing.publish.document import below_title, keyed, title
from briefing.publish.editions import NotebookError

SIGNS = re.compile("[0-9]+|[+−×÷]")  # what a formula holds in any language
COLON, AFTER = re.compile("[:：]"), re.compile("[;；\n]")  # before and after a formula


def is_stale(path: Path) -> bool:
    """Whether a notebook has two editions, which are not side by side as they are now."""
    known = pages.BOTH, pages.forms(path.stem), _inputs(path)
    return bool(rules.sides()) and not pages.are_written(*known)


def _inputs(path: Path) -> str:
    return pages.digest(*(pages.inputs_of(path, language) for language in rules.sides()))


def _spoken(call: Callable[[Any], Any], things: Iterable[Any]) -> list[Any]:
    """What a call gives in each language of what belongs to it."""
    found = []
    for language, thing in zip(rules.sides(), things, strict=True):
        with speaking(language):
            found.append(call(thing))
    return found


def write(path: Path, chapters: Sequence[pages.Chapter | None]) -> None:
    """Write the page and the sheet of a notebook in both languages.

    chapters: what it gives in each, None where that is to be read. Raises NotebookError where that
    is not of the same kinds.
    """
    editions = _spoken(lambda it: it.blocks if it else pages.edition_blocks(path), chapters)
    if len({tuple(block["kind"] for block in blocks) for blocks in editions}) > 1:
        told = "its editions do not show the same kinds of things in the same order"
        raise NotebookError(f"{path.name}: {told}, expected them to")
    with speaking(ENGLISH):
        name = _both(title(blocks)[0] for blocks in editions)
        page = pages.furnished(name, path.stem, _inputs(path)) | {"beside": "here"}
        page["running"] = _both([blocks[0].get("theme", "") for blocks in editions]) or name
        chapter = pages.Chapter(path.stem, name, "", _body(editions, path.stem))
        pages.write_forms(pages.BOTH, chapter, page, render(editions, page))


def _both(words: Iterable[str]) -> str:
    return " / ".join(filter(None, words))


def render(editions: Sequence[Sequence[Block]], page: dict[str, Any]) -> str:
    """A page of two columns, in which a number lights its twin."""
    from briefing.publish import templating

    found = twinned([list(keyed(blocks)) for blocks in editions])
    rows = [row for row in found if row[0]["kind"] != "code"]  # the same in every language
    most = max((it["twin"] for first, *_ in rows for it in every_number(first)), default=0)
    cells = [_spoken(templating.shown, row) for row in rows]
    shown = {"rows": cells, "sides": rules.sides(), "most": most}
    return templating.whole("pairs.html.j2", "notes.js", page, **shown)


def twinned(editions: Sequence[Sequence[Block]]) -> Iterator[list[Block]]:
    """The blocks of each edition side by side, in which a number and its twin bear one `twin`."""
    for row in zip(*editions, strict=True):
        places: dict[Any, int] = {}
        yield [
            _marked(block, language, places, Counter())
            for language, block in zip(rules.sides(), row, strict=True)
        ]


def _marked(content: Any, language: str, places: dict[Any, int], seen: Counter) -> Any:
    """A copy of a block in which each number bears its place, and leads to its own edition."""
    if isinstance(content, list):
        return [_marked(part, language, places, seen) for part in content]
    if not isinstance(content, dict):
        return content
    copy = {name: _marked(part, language, places, seen) for name, part in content.items()}
    if "said" in content:
        key = _key(content)
        seen[key] += 1
        twin = places.setdefault((key, seen[key]), len(places) + 1)
        copy |= {"edition": f"../{language}/", "twin": twin}
    if content.get("kind") == "sources":  # whose ids would stand twice
        for name, row in zip(content["ids"], copy["rows"], strict=True):
            row[0] = [{"href": f"../{language}/figures.html#{name}", "parts": row[0]}]
        with speaking(language):
            copy |= {"kind": "table", "summary": translate(pages.SOURCES)}
    return copy


def _key(number: Block) -> Any:
    """What a number has in common with its twin: its figures, and the formula's signs."""
    told = number["provenance"]
    formula = AFTER.split(COLON.split(told, 1)[-1])[0] if number["figures"] else told
    return tuple(number["figures"]), number["origin"], tuple(SIGNS.findall(formula))


def _body(editions: Sequence[Sequence[Block]], name: str) -> str:
    """Two columns in Typst's language."""
    from briefing.publish.sheets import Writer, printable, quoted

    columns, notes = [], 0
    for language, blocks in zip(rules.sides(), editions, strict=True):
        writer = Writer(f"{name}-{language}", is_front=False, after=notes)
        with speaking(language):
            words, finding = map(quoted, title(blocks))
            cells, held = [(f"#heading(level: 1)[#{words}]\n\n#lead[#{finding}]", "false")], ""
            for block in printable(below_title(blocks)):
                held += writer.block(block) + "\n\n"
                if block["kind"] != "heading":  # which goes with what follows it
                    cells.append((held, "true" if block["kind"] == "table" else "false"))
                    held = ""
        columns.append([*cells, (held, "false")] if held else cells)
        notes += len(writer.notes)
    return "\n\n".join(
        f"#beside([{left}], [{right}], breakable: {can_break})"
        for (left, can_break), (right, _) in zip(*columns, strict=True)
    )
