"""How a person's own document is read, and given back with a comment at each number."""

import io
import logging
import re
import zipfile
from copy import deepcopy
from itertools import groupby
from pathlib import Path
from typing import Any

from briefing.core.draft import Passage
from briefing.notebook.drafts import Checked, passages, told_of
from briefing.sources.characters import HAN
from briefing.sources.source import SourceError

LARGEST, UNPACKED = 50_000_000, 300_000_000  # bytes of a file, and of what it unpacks to
OLE = b"\xd0\xcf\x11\xe0"  # how older Office files begin, and those with a password
UNSEEN = "ancestor::script | ancestor::style | ancestor::pre | ancestor::code | ancestor::svg"
UNSEEN += " | ancestor::template | ancestor::sup[number() = number()]"  # the number of a note
# Of Office: rows of tables and paragraphs outside them; in these, cells, paragraphs and runs.
BLOCKS = ".//*[local-name()='tr' or local-name()='p'][not({})]"
BLOCKS = BLOCKS.format("ancestor::*[local-name()='tr' or local-name()='p']")
PIECES = ".//*[local-name()='tc' or local-name()='p' or local-name()='r']"
PIECES += "[not(ancestor::*[local-name()='Fallback'])]"  # what older versions show instead
NOTE = "*/@baseline > 0 or */*/@*[. = 'superscript']"  # that a run is raised, in both
RAISED, LEADING = 0.9, 1.9  # the size of a note's number, and the step of lines, by the words'
WITHIN_HAN = re.compile(f"(?<={HAN.pattern})\n(?={HAN.pattern})")
AUTHOR = "briefing"


class DraftError(SourceError):
    """A document of a person's own cannot be read."""


def read(path: Path) -> tuple[list[Passage], str]:
    """The passages of a document, and what is to be said of how it was read, else "".

    The line of a passage is that of the file in text, Markdown and HTML; in Word the paragraph or
    row of a table, in PowerPoint the slide, in PDF the page. Raises DraftError.
    """
    try:
        return _read(path)
    except DraftError as fault:
        told = fault.args[0]
    except OSError as error:
        told = f"cannot be read ({error.strerror}), expected a document"
    except ImportError:
        told = "cannot be read here: install briefing[draft]"
    except Exception:  # each part of a broken file fails in a way of its own
        kind = READERS[path.suffix.lower()][0]
        told = f"is no {kind} that can be read, expected one that opens"
    raise DraftError(f"{path}: {told}")


def _read(path: Path) -> tuple[list[Passage], str]:
    kind, reader = READERS.get(path.suffix.lower(), ("", None))
    if reader is None:
        raise DraftError(f"is of no kind that is read, expected {', '.join(READERS)}")
    if path.stat().st_size > LARGEST:
        raise DraftError(f"is too large, expected at most {LARGEST // 10**6} MB")
    content, note = path.read_bytes(), ""
    if not content:
        raise DraftError("is empty")
    if kind.startswith("text"):
        content, encoding = _text(content)
        note = encoding and f"{path}: {encoding}"
    elif kind != "PDF":
        _refuse(content, kind)
    found = reader(content)
    if not any(passage.text.strip() for passage in found):
        raise DraftError("holds no text, expected words and not a picture of them")
    return found, note


def _text(raw: bytes) -> tuple[str, str]:
    """A text, and how it is read where it is not UTF-8."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace"), ""
    for encoding, note in (("utf-8-sig", ""), ("gb18030", "is read as GB18030, not UTF-8")):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and (not note or HAN.search(text)):
            return text, note
    raise DraftError("is no text in UTF-8 or GB18030, expected one of these")


def _refuse(raw: bytes, kind: str) -> None:
    """Refuse an Office file that is older, locked or none, unpacks to too much, or holds macros."""
    if raw.startswith(OLE):
        raise DraftError(f"is an older Office file or has a password, expected an open {kind}")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            infos = parts.infolist()
    except zipfile.BadZipFile:
        raise DraftError(f"is no {kind}, expected one") from None
    if sum(info.file_size for info in infos) > UNPACKED:
        raise DraftError(f"unpacks to too much, expected at most {UNPACKED // 10**6} MB")
    if any(info.filename.lower().endswith("vbaproject.bin") for info in infos):
        raise DraftError(f"holds macros, expected a {kind} without")


def _page(text: str) -> list[Passage]:
    """The words of a page of HTML by its blocks, of which a row of a table is one."""
    from lxml import html

    inline = html.defs.phrase_tags | html.defs.font_style_tags | html.defs.special_inline_tags

    def block(words: Any) -> Any:
        inside = words.getparent().getparent() if words.is_tail else words.getparent()
        within = [inside, *inside.iterancestors()]
        rows = [element for element in within if element.tag == "tr"]
        return rows[-1] if rows else next(it for it in within if it.tag not in inline)

    # Its first bytes name its encoding before the page itself does.
    tree = html.parse(io.BytesIO(text.encode("utf-8-sig"))).getroot()
    if tree is None:
        return []
    for element in tree.iter("td", "th", "br"):
        element.text = f"{' ' if element.tag == 'br' else ' | '}{element.text or ''}"
    seen = groupby(tree.xpath(f"//text()[not({UNSEEN})]"), block)
    return [Passage(" ".join("".join(words).split()), one.sourceline) for one, words in seen]


def _word(raw: bytes) -> list[Passage]:
    from docx import Document

    blocks = enumerate(Document(io.BytesIO(raw)).element.body.xpath(BLOCKS), start=1)
    return [Passage(_words(block), number) for number, block in blocks]


def _slides(raw: bytes) -> list[Passage]:
    from pptx import Presentation

    found = []
    for number, slide in enumerate(Presentation(io.BytesIO(raw)).slides, start=1):
        for part in [slide, *([slide.notes_slide] if slide.has_notes_slide else [])]:
            found += [Passage(_words(it), number) for it in part.element.xpath(BLOCKS)]
    return found


def _words(block: Any) -> str:
    return "".join(words for _, words in _pieces(block))


def _pieces(block: Any) -> list[tuple[Any, str]]:
    """The runs of a block with their words, but the numbers of notes, and what stands between.

    Of words in a box the run is named that holds the box.
    """
    found: list[tuple[Any, str]] = []
    for element in block.xpath(PIECES):
        if not element.tag.endswith("}r"):
            found.append((None, " | " if element.tag.endswith("}tc") else " "))
        elif not (element.text.strip().isdigit() and element.xpath(NOTE)):
            found.append((element.xpath("ancestor-or-self::*[local-name()='r']")[0], element.text))
    return found


def _pdf(raw: bytes) -> list[Passage]:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is told here
    reader = PdfReader(io.BytesIO(raw))
    if reader.is_encrypted and not reader.decrypt(""):
        raise DraftError("has a password, expected an open PDF")
    pages = enumerate(map(_lines, reader.pages), start=1)
    return [Passage(part.text, number) for number, text in pages for part in passages(text)]


def _lines(page: Any) -> str:
    """The words of a page of PDF line by line, without the small raised numbers of notes.

    A line is empty where the next is farther away, or of another size.
    """
    text, last, usual = "", 0.0, 0.0

    def visit(words: str, place: list[float], own: list[float], _: Any, size: float) -> None:
        nonlocal text, last, usual
        height, low = size * abs(place[3] * own[3]), place[5] + place[3] * own[5]
        step, is_small = abs(low - last), height < RAISED * usual
        if not words.strip():
            text += words.strip("\n")
        elif is_small and 1 < step < usual and not re.search(r"[^\W0-9]", words):
            text += "\n\n" if low < last else ""  # in a list of notes it begins one
        else:
            is_far = step > LEADING * height or abs(height - usual) > 0.5
            if step > height / 2 or is_far:
                text = text.rstrip(" ") + ("\n\n" if is_far else "\n")
            text, last, usual = text + words.strip("\n"), low, height

    page.extract_text(visitor_text=visit)
    return WITHIN_HAN.sub("", text.replace("\u2060", ""))


def commented(raw: bytes, checked: Checked) -> bytes:
    """A Word file with a comment at each number; nothing else that is seen changes."""
    from docx import Document

    document, found = Document(io.BytesIO(raw)), checked.findings
    blocks = document.element.body.xpath(BLOCKS)
    # Cut from behind, as what is cut moves what follows; the comments stand in order.
    runs = [_cut(blocks[one.line - 1], one.start, one.end) for one in reversed(found)]
    for finding, own in zip(found, reversed(runs), strict=True):
        document.add_comment(own, told_of(finding), AUTHOR, AUTHOR[0])
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _cut(block: Any, start: int, end: int) -> list[Any]:
    """The runs that hold what stands between two places, cut there where they hold words alone."""
    from docx.oxml.ns import qn
    from docx.text.run import Run

    found, at = [], 0
    for run, words in _pieces(block):
        first, last = max(start - at, 0), min(end - at, len(words))
        at += len(words)
        if run is None or first >= last:
            continue
        if {child.tag for child in run} <= {qn("w:t"), qn("w:rPr")}:
            for rest, add in ((words[:first], run.addprevious), (words[last:], run.addnext)):
                if rest:
                    other = deepcopy(run)
                    other.text = rest
                    add(other)
            run.text = words[first:last]
        found.append(Run(run, None))
    return found


READERS = {
    ".md": ("text", passages),
    ".txt": ("text", passages),
    ".html": ("text of HTML", _page),
    ".htm": ("text of HTML", _page),
    ".docx": ("Word file", _word),
    ".pptx": ("PowerPoint file", _slides),
    ".pdf": ("PDF", _pdf),
}
