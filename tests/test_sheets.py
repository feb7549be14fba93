"""The sheets: tagged, in their language, with every picture described and every number noted."""

import io
import itertools
import re
import shutil
import subprocess
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import typst
from PIL import Image
from pypdf import PdfReader, mult
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from briefing.core.language import languages, speaking, translate
from briefing.notebook import navigation
from briefing.publish import document, editions, pages, sheets
from briefing.sources import tables

PATHS = {path.stem: path for path in navigation.paths()}
NAMES = list(PATHS)
BRIEFINGS = [path.stem for path in navigation.paths() if "show_brief(" in path.read_text("utf-8")]
EDITIONS = [(name, language) for language in languages() for name in [*NAMES, "volume"]]
A4 = (595, 842)  # points
FULL_WIDTH = re.compile("[\uff00-\uffef\u2026]")  # signs of Chinese text
BODY = ["-x", "0", "-y", "64", "-W", "595", "-H", "720"]  # points; between head and foot
FEWEST_LINES = 8  # on a page
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 331 {high}"><text y="20">x</text></svg>'
PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
    "rkJggg=="
)
every = pytest.mark.parametrize(("name", "language"), EDITIONS)
HOSTILE = [
    "#panic()",
    '"#panic()',
    "\\",
    '\\"#panic()',
    "]#panic()[",
    "*_`$<a>@b//",
    "$ 1 $",
    "= x",
]


@cache
def read(site: Path, name: str, language: str) -> PdfReader:
    return PdfReader(site / language / f"{name}.pdf")


def tags(pdf: PdfReader) -> list[DictionaryObject]:
    """All elements of the tag tree."""
    found, open_ = [], [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while open_:
        node = open_.pop().get_object()
        if isinstance(node, ArrayObject):
            open_ += list(node)
        elif isinstance(node, DictionaryObject):
            found.append(node)
            open_ += [node["/K"]] if "/K" in node else []
    return found


@cache
def parts(pdf: PdfReader) -> list[DictionaryObject]:
    """All dictionaries of a file, those of its streams among them."""
    found = map(pdf.get_object, range(1, pdf.trailer["/Size"]))
    return [it for it in found if isinstance(it, DictionaryObject)]


@cache
def words(file: Path, *options: str) -> list[str]:
    """The words of each page of a file that stays as it is."""
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext was found: install poppler to test the words of the sheets")
    run = subprocess.run(
        ["pdftotext", *(options or ["-layout"]), file, "-"], capture_output=True, check=True
    )
    return run.stdout.decode().split("\f")[:-1]


@every
def test_a_sheet_is_tagged_and_names_its_title_and_language(
    site: Path, name: str, language: str
) -> None:
    pdf = read(site, name, language)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].partition("-")[0] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    told = root["/Metadata"].get_data().decode()
    for named in ("pdfuaid:part>1<", "pdfaid:part>3<", "pdfaid:conformance>A<"):
        assert f"<{named}" in told
    title = pdf.xmp_metadata.dc_title["x-default"]
    assert pdf.metadata.title == title
    made = "D:" + re.sub("[-:TZ]", "", tables.descriptor()["created"])  # not now
    assert pdf.metadata["/CreationDate"].startswith(made)
    assert pdf.outline
    for page in pdf.pages:
        assert tuple(round(float(n)) for n in page.mediabox[2:]) == A4
    if name != "volume":
        with speaking(language):
            theme, _, finding = title.partition(translate("{name}: {words}")[6:-7])
            told = navigation.heading(navigation.NOTEBOOKS / f"{name}.ipynb")[0]
            assert told in (title, theme) and finding


@every
def test_a_sheet_carries_the_tables_it_was_made_from(site: Path, name: str, language: str) -> None:
    books = BRIEFINGS if name == "volume" else [name]
    code = "".join(PATHS[book].read_text(encoding="utf-8") for book in books)
    carried = {it.name: it for it in read(site, name, language).attachment_list}
    read_there = re.findall("data/([a-z_]+[.]csv)", code)
    assert {"figures.csv", "datapackage.json", *read_there} <= set(carried)
    for file, held in carried.items():
        assert held.content == (tables.DATA / file).read_bytes()
        assert held.subtype == ("/application/json" if file.endswith(".json") else "/text/csv")
        assert held.associated_file_relationship == "/Data" and len(held.description) > 10
    assert len(carried) < 12 or name in ("volume", "09-audit"), "no more than it was made from"


@every
def test_every_picture_has_the_alt_text_of_its_chart(site: Path, name: str, language: str) -> None:
    books = BRIEFINGS if name == "volume" else [name]
    stored = [(editions.folder(language) / f"{book}.ipynb").read_text() for book in books]
    charts = sum(text.count('"image/svg+xml"') for text in stored)
    figures = [tag for tag in tags(read(site, name, language)) if tag.get("/S") == "/Figure"]
    assert len(figures) == charts
    assert all(len(figure["/Alt"]) > 20 for figure in figures)


@every
def test_fonts_are_embedded_and_charts_are_vectors(site: Path, name: str, language: str) -> None:
    for item in parts(read(site, name, language)):
        if item.get("/Type") == "/FontDescriptor":
            assert "/FontFile2" in item or "/FontFile3" in item
            assert re.match(r"/[A-Z]{6}\+", item["/FontName"]), "cut to what is used"
        assert item.get("/Subtype") != "/Image"


def squeezed(text: str) -> str:
    return re.sub(r"\s|‡|\[[0-9]+\]", "", text)


@every
def test_words_are_copied_as_they_were_written(site: Path, name: str, language: str) -> None:
    found = words(site / language / f"{name}.pdf", *BODY)
    copied = "".join(found)
    spaced = unicodedata.normalize("NFKC", FULL_WIDTH.sub("", copied))
    assert spaced == FULL_WIDTH.sub("", copied), "look-alikes and ligatures"
    assert not [c for c in copied if unicodedata.category(c) in ("Cf", "Co", "Cn")]
    found_ = parts(read(site, name, language))
    streams = [it.get_data() for it in found_ if isinstance(it, StreamObject)]
    assert not [it for it in streams if b"FEFF00A0" in it], "a no-break space is not found"
    books = BRIEFINGS if name == "volume" else [name]
    with speaking(language):
        printed = [sheets.printable(pages.edition_blocks(PATHS[book])) for book in books]
    blocks = [block for book in printed for block in book]
    said = [it["parts"] for it in blocks[1:] if it["kind"] in ("heading", "paragraph", "sentence")]
    said += [it for block in blocks if block["kind"] == "brief" for it in block["sentences"]]
    sheets_ = list(map(squeezed, found))
    for told in map(squeezed, map(document.plain, said)):
        assert any(told in it for it in sheets_) or any(
            told[:place] in one and told[place:] in other  # notes stand between two sheets
            for one, other in itertools.pairwise(sheets_)
            for place in range(1, len(told))
        ), told


@every
def test_no_line_begins_with_what_closes_one(site: Path, name: str, language: str) -> None:
    lines = [
        line.strip()
        for page in words(site / language / f"{name}.pdf")
        for line in page.splitlines()
    ]
    assert not [line for line in lines if line.startswith(tuple("，；。：、）”"))]


def test_what_only_leads_to_other_pages_is_not_printed() -> None:
    link = {"href": "01-a.ipynb", "parts": ["A"]}
    leading = [{"kind": "links", "parts": [link]}, {"kind": "list", "items": [[link], [link]]}]
    other = {"kind": "list", "items": [["an href"], ["in words"]]}
    assert sheets.printable([*leading, other]) == [other]


@every
def test_no_page_is_nearly_empty_and_each_is_numbered(site: Path, name: str, language: str) -> None:
    found = words(site / language / f"{name}.pdf")
    for number, page in enumerate(found, start=1):
        lines = [line for line in page.splitlines() if line.strip()]
        assert len(lines) >= FEWEST_LINES, f"page {number}: {lines}"
        assert re.search(rf"\b{number}\b.*\b{len(found)}\b", lines[-1]), lines[-1]
        if number > 1:
            assert tables.descriptor()["report"]["symbol"] in lines[0]


def filled(page: Path) -> float:
    """The share of a page's body that is not its longest blank."""
    rows = np.array(Image.open(page)).min(axis=1)
    body = rows[int(0.08 * len(rows)) : int(0.93 * len(rows))] < 215
    inked = [-1, *np.flatnonzero(body), len(body)]
    return 1 - max(np.diff(inked)) / len(body)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", NAMES)
def test_every_sheet_of_a_briefing_but_the_last_is_at_least_half_full(
    site: Path, name: str, language: str, tmp_path: Path
) -> None:
    if not shutil.which("pdftoppm"):
        pytest.skip("no pdftoppm was found: install poppler to test how full the sheets are")
    if name in BRIEFINGS:
        source = site / language / f"{name}.pdf"
        subprocess.run(["pdftoppm", "-r", "20", "-gray", source, tmp_path / "p"], check=True)
        *pages_, _ = sorted(tmp_path.glob("*.pgm"))
        assert min(map(filled, pages_)) >= 0.5


def leads(pdf: PdfReader) -> list[tuple[int, int]]:
    """The page of each link and the page that it leads to."""
    places = {page.indirect_reference.idnum: n for n, page in enumerate(pdf.pages, start=1)}
    links = [
        (number, link.get_object())
        for number, page in enumerate(pdf.pages, start=1)
        for link in page.get("/Annots", [])
    ]
    found = [(here, link["/A"]["/D"] if "/A" in link else link["/Dest"]) for here, link in links]
    # A chapter has a name; a note has none.
    return [(here, places[it[0].idnum]) for here, it in found if isinstance(it, ArrayObject)]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", NAMES)
def test_numerals_lead_to_notes_and_from_a_front_sheet_overleaf(
    site: Path, name: str, language: str
) -> None:
    found = leads(read(site, name, language))
    assert found
    if name in BRIEFINGS:
        assert all(there > 1 for _, there in found)


@pytest.mark.parametrize("language", languages())
def test_front_sheets_are_bound_and_their_numerals_lead_to_the_end(
    site: Path, language: str
) -> None:
    found = words(site / language / "briefs.pdf")
    first = [words(site / language / f"{name}.pdf")[0] for name in BRIEFINGS]
    ends = len(first) + 1
    for bound, alone in zip(found[1:ends], first, strict=True):
        heads = [squeezed("".join(page.splitlines()[1:-1])) for page in (bound, alone)]
        assert heads[0] == heads[1], "the same sheet but for its head and its number"
    led = [(here, there) for here, there in leads(read(site, "briefs", language)) if here > 1]
    assert {here for here, _ in led} == set(range(2, ends + 1))
    assert all(there > ends for _, there in led)


def number(said: str, doubt: str = "", origin: str = "printed") -> dict[str, Any]:
    doubts = [doubt] if doubt else []
    told = {"said": said, "provenance": f"of {said}", "figures": [said], "source": ""}
    return told | {"doubts": doubts, "origin": origin}


def sentence(*parts: Any) -> dict[str, Any]:
    return {"kind": "sentence", "parts": list(parts)}


def table(*numbers: dict[str, Any], summary: str = "") -> dict[str, Any]:
    rows = [[[f"Row {place}"], [number]] for place, number in enumerate(numbers)]
    heads = {"heads": ["What", "How many"], "numeric": [False, True]}
    return {"kind": "table", **heads, "rows": rows, "summary": summary}


def chart(*numbers: dict[str, Any], high: int = 150) -> dict[str, Any]:
    words = {"title": ["Of ", number("9", "odd")], "alt": "Nine.", "source": "Source: para. 1"}
    data = table(*numbers, summary="Data")
    return {"kind": "chart", **words, "svg": SVG.format(high=high), "data": data}


def front(sentences: int = 3, high: int = 150) -> list[dict[str, Any]]:
    """A briefing with a front sheet, and a sentence overleaf."""
    brief = {"kind": "brief", "sentences": [["Briefly, ", number("7"), "."]] * sentences}
    key = {"kind": "key_figures", "items": [{"name": "Key", "number": number("7")}]}
    return [brief, chart(number("7"), high=high), key, sentence("Overleaf.")]


def body(*blocks: dict[str, Any]) -> str:
    with speaking("en"):
        return sheets.body(list(blocks), "x")


def sheet(*blocks: dict[str, Any]) -> bytes:
    with speaking("en"):
        chapter = pages.Chapter("x", "Title", "Finding.", sheets.body(list(blocks), "x"))
        return sheets.printed(pages.sheet([chapter], pages.furnished("Title", "x", "")))


@pytest.mark.parametrize("high", [150, 600])
def test_a_front_sheet_is_one_side_that_ends_with_its_key_figures(
    tmp_path: Path, high: int
) -> None:
    (tmp_path / "x.pdf").write_bytes(sheet(*front(high=high)))
    first, second = words(tmp_path / "x.pdf")
    assert "Key" in first and "Overleaf" not in first
    assert "Overleaf" in second


def test_key_figures_stand_beside_the_picture_of_a_front_sheet_with_their_paragraph() -> None:
    (brief, picture, key, last), found = front(), []
    key["items"] = [{"name": "Key", "number": number("7") | {"source": "para. 64"}}] * 2
    pdf = PdfReader(io.BytesIO(sheet(brief, picture, key, last)))
    pdf.pages[0].extract_text(
        visitor_text=lambda text, page, at, *_: found.append((text, mult(at, page)[4:]))
    )
    assert "Key, para. 64" in " ".join("".join(text for text, _ in found).split())
    (_, (name_x, name_y)), _ = (it for it in found if "Key" in it[0])
    [(_, (source_x, source_y))] = (it for it in found if "Source:" in it[0])
    assert name_x > source_x + 331 and name_y > source_y


@pytest.mark.parametrize(
    ("blocks", "fault"), [(front(sentences=60), "one side"), (front(high=2000), "no room")]
)
def test_a_front_sheet_that_does_not_fit_is_refused(blocks: list, fault: str) -> None:
    with pytest.raises(editions.NotebookError, match=f"^x.ipynb: its front sheet .*{fault}.*"):
        sheet(*blocks)


def numerals(written: str) -> list[str]:
    return re.findall(r'#numeral\("x", ([0-9]+)\)', written)


def test_each_distinct_number_has_one_note_by_its_first_appearance() -> None:
    seven, eight, nine = number("7"), number("8"), number("9", "Odd.")
    unmarked = nine | {"provenance": "of 9\nOdd.", "doubts": []}
    key = {"kind": "key_figures", "items": [{"name": "Key", "number": unmarked}]}
    written = body(sentence(seven, " and ", nine), table(eight), key, sentence(eight, seven))
    notes = re.findall(r'#noted\("x", ([0-9]+)\)\[#"(.*?)"\]', written)
    assert notes == [("1", "of 7"), ("2", "of 9 ‡ Odd."), ("3", "of 8")]
    assert numerals(written) == ["2", "1"]


def test_notes_stand_for_sources_under_their_heading() -> None:
    heading = {"kind": "heading", "level": 2, "parts": ["Sources"]}
    sources = table(number("6")) | {"kind": "sources", "ids": ["six"]}
    written = body(sentence(number("7")), heading, sources, sentence(number("7")))
    assert "Sources" not in written and "of 6" not in written
    assert numerals(written) == ["1"]


LISTED = {"kind": "items", "ordered": False, "items": [[{"kind": "paragraph", "parts": ["End."]}]]}


@pytest.mark.parametrize("last", [sentence("End."), LISTED, {"kind": "rule"}])
def test_the_notes_of_a_front_sheet_stand_under_the_last_words(last: dict[str, Any]) -> None:
    written = body(*front(), last)
    assert numerals(written) == ["1"] * 4
    ended = r'#ended\[.+?\]\[#at-end\("x", 1\)\[#"of 7"\]\]$'
    assert re.search(ended, written)
    pdf = PdfReader(io.BytesIO(sheet(*front(), last)))
    assert {(1, 2)} == set(leads(pdf)) - {(2, 2)}


def test_no_sheet_has_notes_alone(tmp_path: Path) -> None:
    some = [sentence("Word, ", number(str(place)), ".") for place in range(100, 116)]
    many = [[number(str(place))] for place in range(200, 216)]
    brief, *others = front()
    for rest in ([*some, LISTED], [*some, *some[:9], LISTED]):  # the last words end a sheet
        made = sheet(brief | {"sentences": many}, *others, *rest)
        file = tmp_path / f"{len(rest)}.pdf"
        file.write_bytes(made)
        *_, last = words(file, *BODY)
        assert last.index("End.") < last.index("of 200")


CAREFUL = {"kind": "heading", "level": 2, "parts": ["Read with care"]}
LIMITS = {"kind": "heading", "level": 2, "parts": ["Not shown"]}


def test_a_front_sheet_ends_with_a_line_of_care() -> None:
    told = sentence("Of ", number("7"), " some are odd. Two. " + "And so on, at length" * 20 + ".")
    of_another = sentence("Of ", number("6"), " some are odd.")
    for rest, care in [
        ([CAREFUL, told, LIMITS, LISTED], '#"Read with care: "#"Of "#box[#said("printed")[#"7"]'),
        ([CAREFUL, of_another, LIMITS, LISTED], '#"Not shown: "#"End."'),
        ([LIMITS, LISTED], '#"Not shown: "#"End."'),
        ([told], ""),
    ]:
        written = body(*front(), *rest)
        assert f'#front-ends("x.ipynb")[{care}' in written
    assert '#" some are odd."#" Two."]' in body(*front(), CAREFUL, told), "whole sentences"
    brief, _, *others = front()
    doubted = chart(number("7", "Odd."))
    assert '#front-ends("x.ipynb")[]' in body(brief, doubted, *others, CAREFUL, told), "told there"


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", BRIEFINGS)
def test_every_front_sheet_says_what_care_is_due(site: Path, name: str, language: str) -> None:
    first = squeezed(words(site / language / f"{name}.pdf")[0])
    with speaking(language):
        blocks = pages.edition_blocks(PATHS[name])
        headings = [document.plain(it["parts"]) for it in blocks if it["kind"] == "heading"]
        due = [translate("{name}: {words}").format(name=it, words="") for it in headings[-3:-1]]
    [lead, *_] = [it for it in blocks if it["kind"] in ("chart", "table")]
    doubts = [doubt for it in document.doubtful(lead) for doubt in it["doubts"]]
    assert any(squeezed(it) in first for it in due + doubts)


def test_the_mark_of_a_number_has_room_in_its_column(tmp_path: Path) -> None:
    noted = [number(str(place)) for place in range(100, 116)]  # so that its note has two digits
    listed = table(number("12"), number("3", "Odd."))
    listed["rows"] = [[what, many, ["Beside"]] for what, many in listed["rows"]]
    listed |= {"heads": ["What", "How many", "Where"], "numeric": [False, True, False]}
    (tmp_path / "x.pdf").write_bytes(sheet(sentence(*noted), listed))
    [found] = words(tmp_path / "x.pdf")
    assert re.search(r"3\S*\[17\] +Beside", found), "it does not lie on what stands beside it"


def test_a_doubt_is_explained_once_and_only_doubtful_numbers_have_notes_in_a_table() -> None:
    doubtful = number("7", "Seven is odd.")
    written = body(table(doubtful, number("8")), chart(number("8"), doubtful), sentence(doubtful))
    assert written.count("Seven is odd.") == written.count("of 7") == 1
    assert numerals(written) == ["1"] * 3  # in the table, under the chart, in the sentence
    assert "of 8" not in written


def test_a_number_says_whether_it_is_printed_and_a_title_has_no_marks() -> None:
    assert '#said("printed")[#"7"]' in body(sentence(number("7")))
    assert '#said("counted")[#"7"]' in body(sentence(number("7", origin="counted")))
    assert '[#"Of 9"]' in body(chart())


def test_code_links_and_folded_tables_are_left_out() -> None:
    code, links = {"kind": "code", "source": "x"}, {"kind": "links", "parts": ["x"]}
    assert body(code, table(number("7"), summary="Folded"), links) == ""


def test_the_reports_own_words_name_their_language() -> None:
    assert '#"In 7"#text(lang: "zh", "亿美元")' in body(sentence("In 7亿美元"))


def test_decimals_stand_under_one_another() -> None:
    written = body(table(number("7"), number("7.25"), number("7.5%")))
    assert re.findall(r'#hide\[#"(.+?)"\]', written) == [".25"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_set_as_they_are_in_every_block(hostile: str, tmp_path: Path) -> None:
    one = number(hostile, hostile)
    inline = [hostile, one, {"strong": [one]}, {"code": hostile}, {"break": True}]
    inline += [{"href": hostile, "parts": [{"emphasis": [hostile]}]}]
    words_ = {"kind": "paragraph", "parts": inline}
    nested = {"kind": "items", "ordered": True, "items": [[words_], []]}
    named = {"title": inline, "alt": hostile, "source": hostile}
    (tmp_path / "x.pdf").write_bytes(
        sheet(
            {"kind": "brief", "sentences": [inline]},
            chart(one) | named,
            {"kind": "key_figures", "items": [{"name": hostile, "number": one}]},
            {"kind": "heading", "level": 5, "parts": inline},
            table(one),
            table(),
            {"kind": "items", "ordered": False, "items": [[words_, nested]]},
            {"kind": "list", "items": [inline]},
            {"kind": "quote", "blocks": [words_]},
            {"kind": "rule"},
            {"kind": "verbatim", "text": hostile},
            {"kind": "picture", "png": PNG, "alt": hostile},
        )
    )
    found = " ".join(words(tmp_path / "x.pdf"))
    assert hostile in found


def test_a_picture_without_words_is_refused() -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>"
    source = f'#set document(title: "x")\n#image(bytes({sheets.quoted(svg)}), format: "svg")'
    with pytest.raises(typst.TypstError, match="alt"):
        sheets.printed(source)
