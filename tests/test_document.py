"""A notebook becomes blocks: its own words by markdown, its outputs as they are stored."""

import copy
import re
from typing import Any

import nbformat
import pytest

from briefing.core import labels
from briefing.core.language import languages, speaking
from briefing.notebook.blocks import MIME
from briefing.publish import document
from briefing.publish.editions import NotebookError

Block = dict[str, Any]
MARKDOWN = """\
# Words of `code <b>`, *soft* and **strong** &lt;

One line
and the next\\
and a [link](07-governance.ipynb#Sources).

- first
  1. inner

> quoted

---

```
x < 1
```
"""
DATA = {"kind": "table", "heads": ["N"], "numeric": [True], "rows": [], "summary": "Data"}
CHART = {"kind": "chart", "title": ["T"], "alt": "A", "source": "S", "size": [1, 1], "panels": []}


def markdown(source: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_markdown_cell(source)


def code(*outputs: nbformat.NotebookNode, source: str = "1") -> nbformat.NotebookNode:
    return nbformat.v4.new_code_cell(source, outputs=list(outputs))


def shown(**data: Any) -> nbformat.NotebookNode:
    """An output; `text_plain` is text/plain."""
    named = {name.replace("_", "/", 1): value for name, value in data.items()}
    return nbformat.v4.new_output("display_data", named)


def block(content: Block) -> nbformat.NotebookNode:
    data = {MIME: content, "text/html": "<p>", "text/plain": "x"}
    return nbformat.v4.new_output("display_data", data)


def printed(words: str, name: str = "stdout") -> nbformat.NotebookNode:
    return nbformat.v4.new_output("stream", name=name, text=words)


def chart() -> list[nbformat.NotebookNode]:
    picture = {"image/svg+xml": "<svg />", "image/png": "", "text/plain": "A"}
    return [block(CHART), nbformat.v4.new_output("display_data", picture), block(DATA)]


def blocks(*cells: nbformat.NotebookNode) -> list[Block]:
    notebook = nbformat.v4.new_notebook(cells=list(cells))
    return document.blocks(copy.deepcopy(notebook), "01-own.ipynb")


def test_markdown_becomes_blocks() -> None:
    link = {"href": "07-governance.ipynb#Sources", "parts": ["link"]}
    inner = {"kind": "items", "ordered": True, "items": [[paragraph("inner")]]}
    assert blocks(markdown(MARKDOWN)) == [
        {
            "kind": "heading",
            "level": 1,
            "parts": [
                *("Words of ", {"code": "code <b>"}, ", ", {"emphasis": ["soft"]}, " and "),
                *({"strong": ["strong"]}, " <"),
            ],
        },
        paragraph("One line and the next", {"break": True}, "and a ", link, "."),
        {"kind": "items", "ordered": False, "items": [[paragraph("first"), inner]]},
        {"kind": "quote", "blocks": [paragraph("quoted")]},
        {"kind": "rule"},
        {"kind": "verbatim", "text": "x < 1"},
    ]


def paragraph(*parts: Any) -> Block:
    return {"kind": "paragraph", "parts": list(parts)}


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", "x <b onclick=y>z</b>", "<div>\nx\n</div>"],
)
def test_markup_within_markdown_is_words(hostile: str) -> None:
    assert blocks(markdown(hostile)) == [paragraph(hostile)]


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("https://example.org/?a=1&b=2", True),
        ("mailto:a@example.org", True),
        ("#Sources", True),
        ("01-x.ipynb", True),
        ("../zh/01-x.html#a", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)//x.html", False),
        ("java&#9;script:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("setup.exe", False),
    ],
)
def test_a_link_leads_to_where_a_page_may_lead(href: str, kept: bool) -> None:
    expected = {"href": href, "parts": ["x"]} if kept else "x"
    assert blocks(markdown(f"[x]({href})")) == [paragraph(expected)]


def test_code_cells_in_a_row_are_one() -> None:
    cells = [code(source="a"), code(printed("p\n"), source="b"), code(source="c"), markdown("")]
    assert blocks(*cells) == [
        {"kind": "code", "source": "a\n\nb"},
        {"kind": "verbatim", "text": "p"},
        {"kind": "code", "source": "c"},
    ]


def test_what_a_terminal_takes_for_colours_is_no_word() -> None:
    [_, shown] = blocks(code(printed("\x1b[31mred\x1b[0m a\0b\n")))
    assert shown == {"kind": "verbatim", "text": "red ab"}


def test_a_chart_is_put_together_from_its_three_outputs() -> None:
    sentence = {"kind": "sentence", "parts": ["x"]}
    drawn = CHART | {"svg": "<svg />", "data": DATA}
    assert blocks(code(*chart(), block(sentence), *chart()))[1:] == [
        drawn,
        sentence,
        drawn,
    ]


def test_what_a_person_shows_is_shown() -> None:
    outputs = [
        shown(text_plain="42"),
        shown(text_markdown="*m*", text_plain="x"),
        shown(image_png="iVBO", text_plain="<Figure>"),
    ]
    assert blocks(code(*outputs))[1:] == [
        {"kind": "verbatim", "text": "42"},
        paragraph({"emphasis": ["m"]}),
        {"kind": "picture", "png": "iVBO", "alt": "A picture without a description"},
    ]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (code(printed("w", "stderr")), "warns on stderr, .* mend what it warns of"),
        (code(shown(text_html="<b>", text_plain="x")), "shows text/html, .* show it by briefing"),
        (code(shown(text_latex="$x$", text_plain="x")), "shows text/latex, "),
        (code(nbformat.v4.new_output("error", ename="E", evalue="")), "shows error, "),
        (markdown("![x](https://example.org/x.png)"), "a picture in markdown, .* in a code cell"),
        (nbformat.v4.new_raw_cell("x"), "is a raw cell, .* change its type"),
    ],
)
def test_what_cannot_be_shown_is_told_with_notebook_cell_and_remedy(
    cell: nbformat.NotebookNode, told: str
) -> None:
    with pytest.raises(NotebookError, match=f"^01-own.ipynb, cell 2: .*{told}"):
        blocks(markdown("x"), cell)


def test_numbers_of_a_column_are_aligned_on_the_decimal_sign() -> None:
    said = ["9%", "12.25%", "about 1,000.5%", None]
    rows = [[[{"said": words}] if words else [], ["1.5"]] for words in said]
    table = {"kind": "table", "heads": ["N", "W"], "numeric": [True, False], "rows": rows}
    with speaking("en"):
        assert document.pads(table) == [(".25", ""), ("", ""), ("5", ""), ("", "")]
        mixed = [["9%"], ["12.25%"], ["$1.5 million"], ["3"]]
        rows = [[[{"said": words}] for words in row] for row in mixed]
        only = table | {"numeric": [True], "rows": rows}
        assert document.pads(only) == [(".25",), ("",), ("",), ("",)], "each unit by itself"
        assert document.pads(table | {"rows": []}) == []


def test_key_figures_go_ahead_of_a_lead_picture_and_of_no_table() -> None:
    one, code, key = {"kind": "brief"}, {"kind": "code"}, {"kind": "key_figures", "items": [1]}
    table, last = {"kind": "table"}, {"kind": "chart"}
    led = document.led([one, code, CHART, code, key, last])
    assert led == [one, code, key | {"beside": True}, CHART, code, last]
    as_it_was = [one, table, key, last]
    assert document.led(as_it_was) == as_it_was


@pytest.mark.parametrize(
    "words", ["UN-Women", "$228 million", "妇女地位委员会", "埃塞俄比亚", "约三分之一", "三倍"]
)
def test_no_line_of_a_headline_ends_in_a_name_of_data_or_an_amount(words: str) -> None:
    assert re.search(document.whole(), f"在{words}和")[0] == words


def test_a_language_that_is_begun_keeps_no_headline_from_being_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(labels, "languages", lambda: [*languages(), "fr"])
    assert labels.unbroken.__wrapped__() == labels.unbroken()


def test_a_notebook_that_says_something_in_brief_is_a_briefing() -> None:
    assert document.is_briefing([{"kind": "text"}, {"kind": "brief"}])
    assert not document.is_briefing([{"kind": "text"}])


def test_what_follows_title_and_finding_is_the_rest() -> None:
    heading, finding, rest = (
        {"kind": kind, "parts": [kind]} for kind in ("heading", "paragraph", "sentence")
    )
    assert document.below_title([heading, finding, rest]) == [rest]
    assert document.below_title([heading, rest]) == [rest]


def test_what_is_doubtful_in_a_chart_is_found_in_order() -> None:
    sure, first, last = ({"said": words, "doubts": words[1:]} for words in ("1", "2‡", "3‡"))
    rows = [[["A"], [last]], [["B"], [sure]]]
    assert document.doubtful({"title": [first], "rows": rows}) == [first, last]


def test_what_marks_mean_is_told_after_the_brief_and_where_the_first_doubt_stands() -> None:
    doubtful = {"said": "9", "doubts": ["unclear"]}
    brief, sure, first, second = (
        {"kind": kind, "parts": [part]}
        for kind, part in (("brief", "a"), ("table", "b"), ("table", doubtful), ("table", doubtful))
    )
    origins = {"kind": "legend", "origins": True, "doubts": False}
    doubts = {"kind": "legend", "origins": False, "doubts": True}
    keyed = list(document.keyed([sure, brief, sure, first, second]))
    assert keyed == [sure, brief, origins, sure, first, doubts, second]


def test_a_number_answers_by_its_figures_or_else_by_where_it_was_counted() -> None:
    assert document.address({"figures": ["b", "a"], "source": "para. 1"}) == "a+b"
    counted = {document.address({"figures": [], "source": it}) for it in ("para. 1", "para. 2")}
    assert len(counted) == 2 and all(it.startswith("counted-") for it in counted)


@pytest.mark.parametrize(
    ("words", "closed"),
    [("。之后", "。"), ("）；", "）；"), ("，", "，"), ("之后。", ""), ({"said": "1"}, "")],
)
def test_what_closes_a_number_is_what_words_after_it_begin_with(words: Any, closed: str) -> None:
    assert document.closing(words) == closed


def test_a_note_is_told_once_and_so_is_a_doubt() -> None:
    notes = document.Notes(after=2)
    first = {"provenance": "first (para. 1)\nOften misused.", "doubts": ["Too large."]}
    second = {"provenance": "second (para. 2)", "doubts": ["Too large."]}
    told = [notes.of(number) for number in (first, second, first)]
    assert told == [
        (3, "first (para. 1)  ‡ Often misused.  ‡ Too large."),
        (4, "second (para. 2)  ‡ explained above"),
        (3, ""),
    ]
