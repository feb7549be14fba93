"""How a person's own document is read, and given back with a comment at each number."""

import io
import logging
import re
import zipfile
from copy import deepcopy
from itertools import groupby
from pathlib import Path
from typing import Any

from briefing.core.passage import Passage
from briefing.notebook.drafts import NOTE, Checked, passages, told_of
from briefing.sources import characters
from briefing.sources.characters import HAN
from briefing.sources.source import SourceError

LARGEST, UNPACKED = 50_000_000, 300_000_000  # bytes of a file, and of what it unpacks to
OLE = b"\xd0\xcf\x11\xe0"  # how older Office files begin, and those with a password
# What a page of HTML names as its encoding, and what is no text of it.
DECLARED = re.compile(
    rb"charset\s*=\s*[\"']?\s*((?:windows|iso|koi8|gb|big5|euc|shift)[\w-]*)", re.I
)
MARKS = {(b"\xff\xfe\0\0", b"\0\0\xfe\xff"): "utf-32", (b"\xff\xfe", b"\xfe\xff"): "utf-16"}
HIDDEN = {"script", "style", "pre", "code", "svg", "template", "del", "s", "strike"}
NO_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Of Office: rows of tables and paragraphs outside them; in these, cells, paragraphs and runs.
BLOCKS = ".//*[local-name()='tr' or local-name()='p'][not({})]"
BLOCKS = BLOCKS.format("ancestor::*[local-name()='tr' or local-name()='p']")
PIECES = ".//*[local-name()='tc' or local-name()='p' or local-name()='r'"
PIECES += " or (local-name()='br' and local-name(..)='p')]"
# What older versions show instead, and what was moved elsewhere; what a run has as its words.
PIECES += "[not(ancestor::*[local-name()='Fallback' or local-name()='moveFrom'])]"
WORDS = {"t": "", "tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
RAISED_RUN = "*/@baseline > 0 or */*/@*[. = 'superscript']"  # in both
GONE = "*/@strike[. != 'noStrike'] or */*[local-name()='vanish' or local-name()='strike' or "
GONE += "local-name()='dstrike'][not(@*[. = '0' or . = 'false'])]"  # hidden or struck out, in both
ASIDE = ("footnotes", "endnotes", "header", "footer")  # of Word, beside its body
RAISED, LEADING = 0.9, 1.9  # the size of a note's number, and the step of lines, by the words'
WITHIN_HAN = re.compile(f"(?<={HAN.pattern})\n(?={HAN.pattern})")
PRESERVED = "{http://www.w3.org/XML/1998/namespace}space"
MERGED = re.compile("^<{7} ", re.MULTILINE)  # as git begins what it could not merge
AUTHOR = "briefing"


class DraftError(SourceError):
    """A document of a person's own cannot be read."""


def read(path: Path) -> tuple[list[Passage], str]:
    """The passages of a document, and what is to be said of how it was read, else "".

    The line of a passage is that of the file in text, Markdown and HTML; in Word the paragraph or
    row of a table, or the one that has the note; in PowerPoint the slide, in PDF the page. Raises
    DraftError.
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
        declared = DECLARED.search(content[:1024]) if "HTML" in kind else None
        text, encoding = _text(content, declared[1].decode() if declared else "")
        content = text.replace("\r\n", "\n").replace("\r", "\n")
        if found := MERGED.search(content):
            line = content.count("\n", 0, found.start()) + 1
            raise DraftError(f"line {line} {characters.DAMAGE[characters.CONFLICT]}")
        note = encoding and f"{path}: is read as {encoding}, not UTF-8"
    elif kind != "PDF":
        _refuse(content, kind)
    found = reader(content)
    if not any(passage.text.strip() for passage in found):
        raise DraftError("holds no text, expected words and not a picture of them")
    return found, note


def _text(raw: bytes, declared: str) -> tuple[str, str]:
    """A text, and its encoding where that is not Unicode."""
    for marks, codec in MARKS.items():
        if raw.startswith(marks):
            return raw.decode(codec, errors="replace"), ""
    likely = "BIG5" if characters.decode(raw)[1].endswith("(it looks like BIG5)") else ""
    for encoding in filter(None, ("utf-8-sig", declared, likely, "GB18030")):
        try:
            text = raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" not in text and (encoding in ("utf-8-sig", declared) or HAN.search(text)):
            return text, "" if encoding == "utf-8-sig" else encoding
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
    from lxml import etree, html

    inline = html.defs.phrase_tags | html.defs.font_style_tags | html.defs.special_inline_tags
    # Its first bytes name its encoding before the page itself does.
    raw, parser = io.BytesIO(text.encode("utf-8-sig")), html.HTMLParser(huge_tree=True)
    tree = html.parse(raw, parser).getroot()
    if any(fault.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for fault in parser.error_log):
        raise DraftError("is nested too deep, expected at most 2000 elements in one another")
    if tree is None:
        return []
    blocks: dict[Any, Any] = {}
    for element in list(tree.iter("*")):
        if _is_unseen(element):
            element.clear(keep_tail=True)
        elif element.tag in ("td", "th", "br"):
            element.text = f"{' ' if element.tag == 'br' else ' | '}{element.text or ''}"
        above = blocks.get(element.getparent())
        is_within = above is not None and (element.tag in inline or above.tag == "tr")
        blocks[element] = above if is_within else element

    def block(words: Any) -> Any:
        return blocks[words.getparent().getparent() if words.is_tail else words.getparent()]

    seen = groupby(tree.xpath("//text()"), block)
    return [Passage(" ".join("".join(words).split()), one.sourceline) for one, words in seen]


def _is_unseen(element: Any) -> bool:
    """Whether an element of HTML shows nothing, or is the number of a note."""
    if element.tag == "sup":
        return bool(re.fullmatch(NOTE, "".join(element.itertext())))
    is_hidden = element.get("hidden") is not None or NO_STYLE.search(element.get("style", ""))
    return element.tag in HIDDEN or bool(is_hidden)


def _word(raw: bytes) -> list[Passage]:
    """The passages of a Word file by its blocks, and then those of what stands beside them."""
    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    document = Document(io.BytesIO(raw))
    blocks = list(enumerate(document.element.body.xpath(BLOCKS), start=1))
    asked = {
        (note.tag.removesuffix("Reference"), note.get(qn("w:id"))): number
        for number, block in blocks
        for note in block.xpath(".//w:footnoteReference | .//w:endnoteReference")
    }
    for link in document.part.rels.values():
        if link.reltype.rpartition("/")[2] in ASIDE:
            for block in parse_xml(link.target_part.blob).xpath(BLOCKS):
                note = block.getparent()
                blocks.append((asked.get((note.tag, note.get(qn("w:id"))), 1), block))
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
            continue
        parts = [(child.tag.rpartition("}")[2], child.text or "") for child in element]
        words = "".join(text if name == "t" else WORDS.get(name, "") for name, text in parts)
        is_note = re.fullmatch(NOTE, words) and element.xpath(RAISED_RUN)
        if not is_note and not element.xpath(GONE):
            found.append((element.xpath("ancestor-or-self::*[local-name()='r']")[0], words))
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
    found = [one for one in found if one.passage < len(blocks)]  # Word has none beside its body
    runs = [_cut(blocks[one.passage], one.start, one.end) for one in reversed(found)]
    for finding, own in zip(found, reversed(runs), strict=True):
        if own:  # else it stands in an equation alone
            document.add_comment(own, told_of(finding), AUTHOR, AUTHOR[0])
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _cut(block: Any, start: int, end: int) -> list[Any]:
    """The runs that hold what stands between two places, cut there where they hold words alone."""
    from docx.oxml.ns import qn
    from docx.text.run import Run

    found, at, cut = [], 0, {*map(qn, ("w:t", "w:rPr", "w:br", "w:tab"))}
    for run, words in _pieces(block):
        first, last = max(start - at, 0), min(end - at, len(words))
        at += len(words)
        if run is None or run.tag != qn("w:r") or first >= last:
            continue
        if all(child.tag in cut and {*child.attrib} <= {PRESERVED} for child in run):
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
