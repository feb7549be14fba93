"""A person's document is read as a reader sees it, and each number is told at its place."""

import io
import time
from collections.abc import Callable
from pathlib import Path

import docx
import pptx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pptx.util import Inches

from briefing import __main__
from briefing.core.draft import Finding, check
from briefing.core.passage import Passage
from briefing.notebook.drafts import Checked, passages
from briefing.publish import drafts

RIGHT = "Core resources rose to $125 million in 2011."
WRONG = "Core resources rose to $135 million in 2011."
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
DRAWN = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def saved(document: docx.document.Document | pptx.presentation.Presentation) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def told(path: Path, raw: bytes) -> list[tuple[str, str, int]]:
    """What is told of a document: the words, the verdict and the place."""
    path.write_bytes(raw)
    return [(one.said, one.verdict, one.line) for one in Checked(drafts.read(path)[0]).findings]


def of_text(text: str) -> list[tuple[str, str, int]]:
    return [(one.said, one.verdict, one.line) for one in check(passages(text))]


def anchors(raw: bytes) -> list[str]:
    """The paragraphs in which the comments of a Word file begin."""
    begun = docx.Document(io.BytesIO(raw)).element.xpath("//w:commentRangeStart/ancestor::w:p[1]")
    return [paragraph.text for paragraph in begun]


def sheet(*lines: str) -> bytes:
    """A PDF of a page that is empty and one with lines."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F 12 Tf 14 TL 50 700 Td {shown} ET"
    font = "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]{font}"
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>"]
    objects += [f"{page}>>", f"{page}/Contents 5 0 R>>"]
    objects += [f"<</Length {len(stream)}>>stream\n{stream}\nendstream"]
    written = "".join(f"{number} 0 obj{it}endobj\n" for number, it in enumerate(objects, 1))
    return f"%PDF-1.4\n{written}trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF".encode()


def test_the_place_in_a_pdf_is_the_page_whatever_lines_stand_in_it(tmp_path: Path) -> None:
    raw = sheet("Core resources", "rose to", "$135 million in 2011.")
    assert told(tmp_path / "draft.pdf", raw) == [("$135 million", "out_of_range", 2)]


def test_a_comment_stands_in_its_paragraph_after_a_soft_break(tmp_path: Path) -> None:
    document, path = docx.Document(), tmp_path / "draft.docx"
    document.add_paragraph("Core resources\nrose\nto $135 million in 2011, we say.")
    document.add_paragraph("Nothing.")
    assert told(path, saved(document)) == [("$135 million", "out_of_range", 1)]
    raw = drafts.commented(path.read_bytes(), Checked(drafts.read(path)[0]))
    assert anchors(raw) == [document.paragraphs[0].text]
    [run] = docx.Document(io.BytesIO(raw)).element.xpath(
        "//w:commentRangeStart/following-sibling::w:r[1]"
    )
    assert run.text == "$135 million"


def test_the_place_in_slides_is_the_slide_and_a_soft_break_a_space(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    for words in ("One", "Core resources rose in 2011\v135 million dollars were given."):
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        box = slide.shapes.add_textbox(*map(Inches, (1, 1, 8, 2)))
        box.text_frame.text = words
    assert told(tmp_path / "draft.pptx", saved(deck)) == [
        ("135 million dollars", "out_of_range", 2)
    ]


def test_equations_and_drawings_of_word_are_read(tmp_path: Path) -> None:
    document, path = docx.Document(), tmp_path / "draft.docx"
    paragraph = document.add_paragraph("Core resources rose to ")
    paragraph._p.append(parse_xml(f"<m:oMath {MATH}><m:r><m:t>$135</m:t></m:r></m:oMath>"))
    paragraph.add_run(" million in 2011.")
    drawn = (
        f"<w:drawing {nsdecls('w')}><a:p {DRAWN}><a:r><a:t>{WRONG}</a:t></a:r></a:p></w:drawing>"
    )
    document.add_paragraph().add_run()._r.append(parse_xml(drawn))
    alone = document.add_paragraph("Core resources: ")
    alone._p.append(parse_xml(f"<m:oMath {MATH}><m:r><m:t>$135 million</m:t></m:r></m:oMath>"))
    found = told(path, saved(document))
    assert found == [("$135 million", "out_of_range", line) for line in (1, 2, 3)]
    raw = drafts.commented(path.read_bytes(), Checked(drafts.read(path)[0]))
    assert len(docx.Document(io.BytesIO(raw)).element.xpath("//w:commentRangeStart")) == 2


def test_footnotes_headers_and_footers_of_word_are_read(tmp_path: Path) -> None:
    document, path = docx.Document(), tmp_path / "draft.docx"
    document.add_paragraph("Nothing.")
    reference = f'<w:footnoteReference {nsdecls("w")} w:id="2"/>'
    document.add_paragraph("Something").add_run()._r.append(parse_xml(reference))
    document.sections[0].header.paragraphs[0].text = RIGHT
    document.sections[0].footer.paragraphs[0].text = WRONG
    notes = f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p><w:r><w:t>{WRONG}</w:t></w:r>'
    notes = f"{notes}</w:p></w:footnote></w:footnotes>".encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, notes, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    assert sorted(told(path, saved(document))) == [
        ("$125 million", "agrees", 1),
        ("$135 million", "out_of_range", 1),
        ("$135 million", "out_of_range", 2),
    ]
    raw = drafts.commented(path.read_bytes(), Checked(drafts.read(path)[0]))
    assert not anchors(raw)


MARKED = [
    "**$125** million",
    "_$125 million_",
    "***$125 million***",
    "[$125](x.html) million",
    '[$125 million](x.html "of 2011")',
    "$125&nbsp;million",
    "$125~million",
    "$1\u200b25\u2060 mil\u00adlion\u200e",
    "~~$135 million~~ $125 million",
    "<del>$135 million</del> $125 million",
    "<!-- $135\nmillion --> $125 million",
    "$125<sup>a</sup> million",
    "$125<sup>1, 2</sup> million",
]


@pytest.mark.parametrize("words", MARKED)
def test_the_signs_of_markdown_and_what_it_hides_are_no_words(words: str) -> None:
    found = of_text(f"Core resources rose to {words} in 2011.")
    assert [(said, verdict) for said, verdict, _ in found] == [("$125 million", "agrees")]


@pytest.mark.parametrize(
    "words", ["5*3*2 is 30", "of 40~46 per cent", "as stated[3](#n3)", "a snake_case_1 name"]
)
def test_what_only_looks_like_the_signs_of_markdown_is_kept(words: str) -> None:
    assert [one.text for one in passages(words)] == [words]


def test_what_is_hidden_within_lines_moves_no_line() -> None:
    text = f"<!--\n\n-->\n\n> ~~a\nb~~\n\n**{WRONG}**\n"
    assert of_text(text) == [("$135 million", "out_of_range", 8)]


HIDDEN = [
    "<sup>a</sup>",
    "<sup>1, 2</sup>",
    "<sup><a href='#1'>[1]</a></sup>",
    "<del>5</del>",
    "<span hidden>5</span>",
    "<span style='color:red; display: none'>5<b>6</b></span>",
    "<!-- 5 -->",
]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_marks_of_notes_and_what_a_page_hides_are_no_words(tmp_path: Path, hidden: str) -> None:
    page = f"<p>Core resources rose to $125{hidden} million in 2011.<p>{WRONG}"
    assert told(tmp_path / "draft.html", page.encode()) == [
        ("$125 million", "agrees", 1),
        ("$135 million", "out_of_range", 1),
    ]


def raised(run: docx.text.run.Run) -> None:
    run.font.superscript = True


def vanished(run: docx.text.run.Run) -> None:
    run.font.hidden = True


def struck(run: docx.text.run.Run) -> None:
    run.font.strike = True


def moved(run: docx.text.run.Run) -> None:
    within = parse_xml(f'<w:moveFrom {nsdecls("w")} w:id="9" w:author="A"/>')
    run._r.addprevious(within)
    within.append(run._r)


@pytest.mark.parametrize(
    ("words", "change"),
    [("a", raised), ("1, 2", raised), ("5", vanished), ("5", struck), ("5", moved)],
)
def test_marks_of_notes_and_what_word_hides_are_no_words(
    tmp_path: Path, words: str, change: Callable
) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Core resources rose to $125")
    change(paragraph.add_run(words))
    paragraph.add_run(" million in 2011.")
    assert told(tmp_path / "draft.docx", saved(document)) == [("$125 million", "agrees", 1)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("核⼼资源增⾄1.35亿美元。", "1.35亿美元"),
        ("核心资源增至1.35億美元。", "1.35億美元"),
        ("核心资源增至13500萬美元。", "13500萬美元"),
        ("核心资源增至\u200b１.３\u2060５亿美元。", "1.35亿美元"),
    ],
)
def test_characters_that_look_like_others_are_read_as_them(text: str, said: str) -> None:
    [one] = check([Passage(text)])
    assert (one.said, one.verdict) == (said, "out_of_range")
    assert (
        text[one.start] == text[text.index("至" if "至" in text else "⾄") + 1 :].strip("\u200b")[0]
    )
    assert text[: one.end].endswith("元")


def test_what_is_marked_holds_the_signs_that_show_nothing() -> None:
    shown = Checked([Passage("Core\u200b resources: $1\u200b35 million.")])._repr_html_()
    assert ">$1\u200b35 million</mark>." in shown


CHINESE = "核心资源增至1.35亿美元，这是一个关于核心资源的说明。"
ENCODED = [
    ("draft.txt", CHINESE.encode("utf-32"), ""),
    ("draft.txt", CHINESE.encode("utf-16"), ""),
    ("draft.txt", "核心資源增至1.35億美元，這是一個關於核心的說明。".encode("big5"), "BIG5"),
    ("draft.html", CHINESE.encode("gb18030"), "GB18030"),
    (
        "draft.html",
        f"<meta charset='windows-1252'><p>“{WRONG}” – naïve".encode("cp1252"),
        "windows-1252",
    ),
]


@pytest.mark.parametrize(("name", "raw", "encoding"), ENCODED)
def test_a_text_is_read_in_its_encoding(
    tmp_path: Path, name: str, raw: bytes, encoding: str
) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    found, note = drafts.read(path)
    assert "135" in str(found).replace(".", "")
    assert note == (f"{path}: is read as {encoding}, not UTF-8" if encoding else "")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_told_whatever_ends_them(tmp_path: Path, end: str) -> None:
    raw = f"Core resources{end}{end}{WRONG}{end}".encode()
    assert told(tmp_path / "draft.txt", raw) == [("$135 million", "out_of_range", 3)]


def test_quoted_lines_are_one_paragraph() -> None:
    text = "Before.\n> Core resources rose to\n> $135\n> million in 2011.\n>\n> - Others\n> ## More"
    assert [one.line for one in passages(text)] == [1, 2, 6, 7]
    assert of_text(text) == [("$135 million", "out_of_range", 3)]


@pytest.mark.parametrize(
    "before", ["<div>" * 1900, f"<p>{'a ' * 6_000_000}</p>"], ids=["deep", "long"]
)
def test_a_page_is_read_to_its_end_in_time(tmp_path: Path, before: str) -> None:
    begun = time.process_time()
    path = tmp_path / "draft.html"
    path.write_text(f"{before}<p>{WRONG}</p>", encoding="utf-8")
    found: list[Finding] = check(drafts.read(path)[0][-1:])
    assert [one.said for one in found] == ["$135 million"]
    assert time.process_time() - begun < 10


def test_a_text_with_both_sides_of_a_merge_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "draft.md"
    sides = ("<<<<<<< HEAD", WRONG, "=======", "Another.", ">>>>>>> theirs")
    path.write_text("\n".join(["A heading", "=======", "", *sides]), encoding="utf-8")
    with pytest.raises(drafts.DraftError, match="line 4 has a conflict of a merge"):
        drafts.read(path)


def test_a_page_that_is_nested_too_deep_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "draft.html"
    path.write_text(f"<p>Words{'<div>' * 5000}<p>{WRONG}</p>", encoding="utf-8")
    with pytest.raises(drafts.DraftError, match="is nested too deep"):
        drafts.read(path)


@pytest.mark.parametrize("options", [["--html", "mine.md"], ["--html", "a", "--docx", "./a"]])
def test_a_text_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("mine.md", "mine.docx"):
        Path(name).write_text("Core resources rose to $125 million.", encoding="utf-8")
    assert __main__.main(["draft", "mine.md", *options]) == 1
    assert Path("mine.md").read_text(encoding="utf-8").startswith("Core")
