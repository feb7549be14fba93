"""How a person's own document is read, and given back with a comment at each number."""

import io
import logging
import re
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

from briefing.core.draft import Passage
from briefing.notebook.drafts import Checked, paragraphs, told_of
from briefing.sources.characters import HAN

LARGEST, UNPACKED = 50_000_000, 300_000_000  # bytes of a file, and of what it unpacks to
OLE = b"\xd0\xcf\x11\xe0"  # how older Office files begin, and those with a password
NEW = "\f"  # where words of another size begin
CONTINUED = re.compile(
    "[a-z,;，。；至和与的或以]"
)  # how a line begins that goes on from the one above
RAISED = 0.75  # the size of a note's number in PDF, beside that of the words
AUTHOR = "briefing"
BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "dt", "dd", "div", "section"}
BLOCKS |= {"article", "main", "header", "footer", "nav", "table", "ul", "ol", "dl", "figure", "br"}
BLOCKS |= {"blockquote", "figcaption", "caption", "title", "body", "summary", "details", "aside"}
UNREAD = {"script", "style", "pre", "code", "template", "svg", "noscript"}


class DraftError(ValueError):
    """A document cannot be read."""


def read(path: Path) -> tuple[list[Passage], str]:
    """The passages of a document, and what is to be said of how it was read, else "".

    The line of a passage is that of the file in text, Markdown and HTML; in Word the paragraph or
    row of a table, in PowerPoint the slide, in PDF the page. Raises DraftError.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise DraftError(f"{path}: is of no kind that is read, expected {', '.join(READERS)}")
    try:
        if path.stat().st_size > LARGEST:
            raise DraftError(f"{path}: is too large, expected at most {LARGEST // 10**6} MB")
        raw = path.read_bytes()
    except OSError as error:
        told = f"cannot be read ({error.strerror}), expected a document"
        raise DraftError(f"{path}: {told}") from None
    try:
        passages, note = reader(raw)
    except DraftError as fault:
        raise DraftError(f"{path}: {fault}") from None
    passages = [passage for passage in passages if passage.text.strip()]
    if not passages:
        told = "holds no text, expected words and not a picture of them" if raw else "is empty"
        raise DraftError(f"{path}: {told}")
    return passages, note and f"{path}: {note}"


def _text(raw: bytes) -> tuple[str, str]:
    """A text, and its encoding where it is not UTF-8."""
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


def _plain(raw: bytes) -> tuple[list[Passage], str]:
    text, note = _text(raw)
    return [Passage(*part) for part in paragraphs(text)], note


class _Html(HTMLParser):
    """The words of a page, by its blocks; a row of a table is one."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Passage] = []
        self._words, self._line, self._unread, self._row = "", 1, 0, 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in UNREAD:
            self._unread += 1
        elif tag in ("td", "th"):
            self._words += " | "
        elif tag in BLOCKS:
            self._end(tag == "tr")
            self._row += tag == "tr"

    def handle_endtag(self, tag: str) -> None:
        if tag in UNREAD:
            self._unread = max(0, self._unread - 1)
        elif tag in BLOCKS:
            self._row -= tag == "tr"
            self._end(tag == "tr")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            if not self._words.strip():
                self._line = self.getpos()[0]
            self._words += re.sub(r"\s+", " ", data)

    def _end(self, is_row: bool) -> None:
        if self._row and not is_row:
            self._words += " "
            return
        if self._words.strip(" |"):
            self.found.append(Passage(self._words.strip(), self._line))
        self._words = ""


def _page(raw: bytes) -> tuple[list[Passage], str]:
    text, note = _text(raw)
    parser = _Html()
    parser.feed(text)
    parser.close()
    parser._end(True)
    return parser.found, note


def _office(raw: bytes, kind: str) -> io.BytesIO:
    """An Office file that is what its name says and unpacks to no more than it may."""
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
    return io.BytesIO(raw)


def _opened(raw: bytes, kind: str) -> Any:
    """A document of Word or PowerPoint."""
    file = _office(raw, kind)
    try:
        if kind == "Word file":
            from docx import Document as opened
        else:
            from pptx import Presentation as opened
        return opened(file)
    except ImportError:
        group = "draft" if kind == "Word file" else "render"
        raise DraftError(f"cannot be read here: install briefing[{group}]") from None
    except Exception:  # each part of a broken file fails in a way of its own
        raise DraftError(f"is no {kind} that can be read, expected one that Office opens") from None


def _word(raw: bytes) -> tuple[list[Passage], str]:
    return list(_passages(_opened(raw, "Word file"))), ""


def _passages(document: Any) -> Iterator[Passage]:
    for number, block in enumerate(_word_blocks(document), start=1):
        yield Passage("".join(words for _, words in _runs(block)), number)


def _word_blocks(document: Any) -> Iterator[Any]:
    """The paragraphs of a document that stand in no table, and the rows of its tables."""
    from docx.oxml.ns import qn

    for element in document.element.body.iter(qn("w:p"), qn("w:tr")):
        if next(element.iterancestors(qn("w:tr")), None) is None:
            yield element


def _runs(block: Any) -> list[tuple[Any, str]]:
    """The runs of a block with their words; between cells and paragraphs of a row stands a bar."""
    from docx.oxml.ns import qn

    found: list[tuple[Any, str]] = []
    is_row = block.tag == qn("w:tr")
    for paragraph in block.iter(qn("w:p")):
        own = [
            r for r in paragraph.iter(qn("w:r")) if next(r.iterancestors(qn("w:p"))) is paragraph
        ]
        found += [(run, run.text) for run in own]
        found += [(None, " | ")] if is_row else []
        if not is_row:
            break
    return found


def _slides(raw: bytes) -> tuple[list[Passage], str]:
    found = []
    for number, slide in enumerate(_opened(raw, "PowerPoint file").slides, start=1):
        texts = [words for shape in slide.shapes for words in _shape(shape)]
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame:
            texts += [p.text for p in slide.notes_slide.notes_text_frame.paragraphs]
        found += [Passage(words, number) for words in texts]
    return found, ""


def _shape(shape: Any) -> Iterator[str]:
    """The paragraphs of a shape, and the rows of its table."""
    for inner in getattr(shape, "shapes", ()):
        yield from _shape(inner)
    if shape.has_text_frame:
        yield from (paragraph.text for paragraph in shape.text_frame.paragraphs)
    if getattr(shape, "has_table", False):
        yield from (" | ".join(cell.text for cell in row.cells) for row in shape.table.rows)


def _pdf(raw: bytes) -> tuple[list[Passage], str]:
    try:
        from pypdf import PdfReader
    except ImportError:
        raise DraftError("cannot be read here: install briefing[draft]") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is told here
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DraftError("has a password, expected an open PDF")
        pages = [_without_notes(page) for page in reader.pages]
    except DraftError:
        raise
    except Exception:  # each part of a broken file fails in a way of its own
        raise DraftError("is no PDF that can be read, expected one that opens") from None
    found = [(part, n) for n, words in enumerate(pages, start=1) for part in _broken(words)]
    return [Passage(*part) for part in found], ""


def _without_notes(page: Any) -> str:
    """The words of a page of PDF without the small raised numbers of its notes."""
    parts: list[tuple[str, float]] = []

    def visit(words: str, _: Any, matrix: list[float], __: Any, size: float) -> None:
        parts.append((words.replace("\u2060", ""), size * abs(matrix[3])))

    page.extract_text(visitor_text=visit)
    kept, usual, skipped = "", 0.0, False
    for words, size in parts:
        if size < RAISED * usual and words.strip() and not re.search(r"[^\W0-9]", words):
            kept, skipped = kept.rstrip("\n"), True
        elif words.strip():
            is_new = usual and abs(size - usual) > 0.5
            kept += NEW if is_new else "\n" if skipped and re.match(r"\w", words) else ""
            kept += words
            usual, skipped = size, False
        elif not skipped:
            kept += words
    return kept


def _broken(words: str) -> Iterator[str]:
    """The paragraphs of a page: each ends with a line that is short, or is of one size."""
    widest = max(map(len, words.splitlines()), default=0)
    for part in words.split(NEW):
        kept: list[str] = []
        for line, following in pairwise([*part.splitlines(), ""]):
            kept.append(line)
            is_whole = line.rstrip().endswith((".", "。", ":", "：")) or not CONTINUED.match(
                following
            )
            if len(line) < 0.7 * widest and is_whole:
                yield _joined(kept)
                kept = []
        yield _joined(kept)


def _joined(lines: list[str]) -> str:
    return re.sub(f"(?<={HAN.pattern})\\s*\n(?={HAN.pattern})", "", "\n".join(lines))


def commented(raw: bytes, checked: Checked) -> bytes:
    """A Word file with a comment at each number; nothing else that is seen changes."""
    document = _opened(raw, "Word file")
    blocks = list(_word_blocks(document))
    found = checked.findings
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

    for place in (end, start):
        at = 0
        for run, words in _runs(block):
            only_words = run is not None and {c.tag for c in run} <= {qn("w:t"), qn("w:rPr")}
            if at < place < at + len(words) and only_words:
                rest = deepcopy(run)
                run.text, rest.text = words[: place - at], words[place - at :]
                run.addnext(rest)
                break
            at += len(words)
    found, at = [], 0
    for run, words in _runs(block):
        if run is not None and at < end and start < at + len(words):
            found.append(Run(run, None))
        at += len(words)
    return found


READERS = {
    ".md": _plain,
    ".txt": _plain,
    ".html": _page,
    ".htm": _page,
    ".docx": _word,
    ".pptx": _slides,
    ".pdf": _pdf,
}
