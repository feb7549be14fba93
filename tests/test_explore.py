"""Figures are found, shown whole, compared and taken along, and the README's lines work."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from pptx import Presentation

import briefing
from briefing import Quantity, figure, say
from briefing.core.language import languages, speaking
from briefing.notebook import blocks, navigation
from briefing.notebook.canvas import ChartError
from briefing.sources import tables

matplotlib.use("agg")
DOUBTED = "core-increase-2011"


@pytest.fixture(scope="module")
def shell() -> InteractiveShell:
    """What a notebook's cell is run by."""
    return InteractiveShell.instance()


def shown(result: object) -> dict[str, str]:
    return result._repr_mimebundle_()


def test_figures_are_all_figures_with_their_labels() -> None:
    found = briefing.figures()
    assert list(found.index) == list(tables.shared()["figures"]["figure_id"])
    core = found.loc["core-resources-2011"]
    assert (core["label"], core["subject"], core["theme"]) == (
        "Core resources",
        "UN-Women",
        "funding",
    )
    assert (core["measure"], core["unit_id"], core["printed"]) == ("level", "usd", "1.25亿美元")
    assert core["quantity"] == figure("core-resources-2011")


def test_figures_speak_the_current_language() -> None:
    with speaking("zh"):
        core = briefing.figures().loc["core-resources-2011"]
    assert (core["label"], core["subject"]) == ("核心资源", "妇女署")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("RIO posters", {"rio-posters"}),
        ("翻了三番", {"web-activity-growth-2011"}),
        ("金额 zzz", set()),
        ("funding 60%", {"core-increase-rate-2011"}),
    ],
)
def test_words_of_any_language_find_a_figure(language: str, words: str, expected: set) -> None:
    with speaking(language):
        assert set(briefing.figures(words).index) == expected


@pytest.mark.parametrize("language", languages())
def test_a_quantity_alone_in_a_cell_explains_itself(language: str) -> None:
    with speaking(language):
        bundle, again = shown(figure(DOUBTED)), shown(figure(DOUBTED))
        name = briefing.label("indicators", "core-increase")
    assert bundle == again
    for kind in ("text/plain", "text/html"):
        assert name in bundle[kind] and "7800万美元" in bundle[kind]
        assert {"en": "77.5 million", "zh": "7\xa0750\xa0万"}[language] in bundle[kind]
    plain = bundle["text/plain"]
    assert plain.count("‡") == 2, "the number is marked, and its doubt told"
    closed = "(?<=</summary>).*?(?=</details>)"  # what a click opens
    told = re.sub(closed, "", bundle["text/html"], flags=re.DOTALL)
    bare = re.sub("<[^>]*>", "", told.replace("</div>", "\n")).splitlines()
    assert bare == re.sub(r" \[.*\]$", "", plain, flags=re.MULTILINE).splitlines()


def test_a_computed_quantity_alone_in_a_cell_tells_from_what() -> None:
    plain = shown(figure("core-resources-2011") + figure("non-core-resources-2011"))["text/plain"]
    assert plain.startswith("about $228 million [para. 64]\nCore resources and non-core")


def test_a_figure_of_any_kind_can_be_shown_and_has_its_card() -> None:
    for figure_id in tables.shared()["figures"]["figure_id"][::7]:
        assert figure_id in shown(briefing.card(figure_id))["text/plain"]
        assert ": printed " in shown(figure(figure_id))["text/plain"]


def test_a_card_has_relations_with_verdicts_doubts_and_notebooks() -> None:
    plain = shown(briefing.card(DOUBTED))["text/plain"]
    relations = tables.shared()["relations"]["expression"]
    assert plain.count("Relation | ") == relations.str.contains(f"[{DOUBTED}]", regex=False).sum()
    assert "rose by the amount and by the rate printed. Contradicts. | para. 64" in plain
    assert "Read as an increase from $78 million to $125 million" in plain
    [used] = re.findall(r"Used in \| (.*) \|", plain)
    assert {"Overview", "Funding", "Audit"} <= set(re.split(", | and ", used))


def test_a_card_of_a_sum_has_what_it_comes_from_and_one_of_a_figure_is_the_figures() -> None:
    before = figure("core-resources-2011") - figure(DOUBTED).adopted
    plain = shown(briefing.card(before))["text/plain"]
    assert "\nNumber | about $78 million‡" in plain
    assert "computed as 1.25亿美元 − (reading adopted of 7800万美元)" in plain
    assert "\nFigure | Core resources, UN-Women, 2011: $125 million" in plain
    assert "\nFigure | Increase in core resources, UN-Women, 2011: $78 million‡" in plain
    assert "\nOpen questions | ‡ The report says that core resources rose by $78 million" in plain
    of_figure = briefing.card(figure("csw-ngos"))
    assert shown(of_figure) == shown(briefing.card("csw-ngos"))


def test_claims_count_cells_from_the_top_of_a_notebook() -> None:
    for claim in briefing.claims().query("figure_id == @DOUBTED").itertuples():
        cells = navigation.english(navigation.NOTEBOOKS / f"{claim.notebook}.ipynb")
        assert DOUBTED in cells[claim.cell - 1][1]


def test_an_unknown_figure_is_refused_and_the_closest_named() -> None:
    for ask in (figure, figure.__getitem__, briefing.card):
        with pytest.raises(KeyError, match="the closest are core-resources-2011"):
            ask("core-resource-2011")


@pytest.mark.parametrize("line", ['figure["core-i', 'briefing.figure["core-i'])
def test_the_tab_key_completes_a_figure(shell: InteractiveShell, line: str) -> None:
    shell.push({"briefing": briefing, "figure": figure})
    with provisionalcompleter():
        completed = {match.text for match in shell.Completer.completions(line, len(line))}
    assert completed == {"core-increase-2011", "core-increase-rate-2011"}


def compared(*chosen: str | Quantity) -> list:
    with capture_output() as captured:
        briefing.compare(chosen)
    return captured.outputs


@pytest.mark.usefixtures("shell")
def test_figures_of_one_unit_and_like_periods_are_drawn() -> None:
    chart, picture, table = compared("non-core-resources-2011", "core-resources-2011")
    assert chart.data["text/plain"].startswith("Core resources is the largest: $125 million")
    assert set(picture.data) == {"image/svg+xml", "image/png", "text/plain"}
    assert "Non-core resources: $103 million" in picture.data["text/plain"]
    assert "1.03亿美元" in table.data["text/html"]


@pytest.mark.usefixtures("shell")
@pytest.mark.parametrize(
    ("figure_ids", "reason"),
    [
        (["core-resources-2011"], "more than one figure"),
        (["core-resources-2011", "core-resources-2011"], "more than one figure"),
        (["core-resources-2011", "government-donors-2011"], "units differ.*US dollars.*donors"),
        (
            ["csw-ngo-representatives", "board-ngo-representatives"],
            "differ in length.*9 March 2012.*December 2011 to June 2012",
        ),
        (
            ["core-resources-2011", "resource-target-2012-2013-reduced"],
            r"units differ.*By the year they can be: take \.per_year\(\) of each",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused_with_its_reason(
    figure_ids: list[str], reason: str
) -> None:
    [output] = compared(*figure_ids)
    assert re.search(reason, output.data["text/plain"])


@pytest.mark.usefixtures("shell")
def test_what_the_refusal_asks_for_is_drawn() -> None:
    received = figure("core-resources-2011") + figure("non-core-resources-2011")
    target = figure("resource-target-2012-2013-reduced")
    _, picture, _ = compared(received.per_year(), target.per_year())
    assert "$350 million a year" in picture.data["text/plain"]


@pytest.mark.usefixtures("shell")
def test_a_frame_is_compared_and_an_unstated_period_is_said() -> None:
    found = briefing.figures("spain")
    with capture_output() as captured:
        briefing.compare(pd.concat([found, briefing.figures("core-resources-2011")]))
    *_, note = captured.outputs
    assert "states no period for Contribution" in note.data["text/plain"]


@pytest.mark.usefixtures("shell")
def test_no_figure_is_called_the_largest_where_bounds_overlap() -> None:
    chart, *_ = compared("donor-contribution-spain", "donor-contribution-india-uae")
    assert "wording and rounding leave open" in chart.data["text/plain"]


@pytest.mark.parametrize("language", languages())
def test_a_selection_is_read_back_from_its_csv(language: str) -> None:
    with speaking(language):
        found = briefing.figures("donor")
        back = pd.read_csv(io.StringIO(briefing.as_csv(found)), dtype=str, keep_default_na=False)
    assert len(back.columns) == len(found.columns) + 1
    assert list(back.iloc[:, 0]) == list(found.index)
    place = 1 + list(found.columns).index("value")
    assert [float(n or "nan") for n in back.iloc[:, place]] == pytest.approx(
        list(found["value"]), nan_ok=True
    )


def test_a_selection_by_two_keys_has_both_in_its_csv() -> None:
    found = briefing.figures("donor").set_index("theme", append=True)
    assert briefing.as_csv(found).startswith("Identifier,Theme,Figure,Subject,Number,")
    assert found.index.names == ["figure_id", "theme"]


def test_columns_of_one_name_are_each_shown() -> None:
    found = briefing.figures("core-resources-2011")["quantity"]
    twice = pd.concat([found, found * 2], axis=1)
    assert "125" in blocks.frame_bundle(twice)["text/plain"]
    for row in blocks.frame_bundle(twice)["text/plain"].splitlines()[1:]:
        _, once, doubled = row.split(" | ")
        assert once.split()[0] != doubled.split()[0]
    with capture_output() as captured:
        briefing.show_table(twice.iloc[:1])
    assert "125 [para. 64] | about 250 [para. 64] | para. 64" in str(captured.outputs[0].data)
    shown = blocks.frame_bundle(found.to_frame("label").rename_axis("label"))["text/plain"]
    assert shown.startswith("label | label")


def test_an_index_of_numbers_that_has_a_name_is_shown() -> None:
    """A count of rows has none; that of years looks like one to pandas."""
    years = pd.DataFrame({"n": ["a", "b"]}, index=pd.RangeIndex(2010, 2012, name="Year"))
    assert "2011" in blocks.frame_bundle(years)["text/plain"]
    assert "1" not in blocks.frame_bundle(years.reset_index(drop=True))["text/plain"]


@pytest.mark.usefixtures("shell")
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (lambda column: briefing.show_table(column), r"a Series cannot be shown, expected a frame"),
        (lambda column: briefing.as_csv(column), r"a Series is no selection, expected a frame"),
        (
            lambda column: briefing.compare([column.iloc[0], 5]),
            "5 cannot be compared, expected fig",
        ),
        (lambda _: briefing.say(5), "5 cannot be said, expected a sentence as words"),
        (lambda _: briefing.show_brief(["One"]), r"\['One'\] cannot be said, expected a sentence"),
        (lambda _: briefing.date("2012-05"), r"no period, expected e\.g\. Period\('2012-05'\)"),
    ],
)
def test_what_is_of_another_kind_is_told_in_a_sentence(
    typed: Callable[[pd.Series], object], told: str
) -> None:
    with pytest.raises(TypeError, match=told):
        typed(briefing.figures("donor")["quantity"])


def test_a_row_without_a_number_is_named_where_it_is_drawn() -> None:
    frame = briefing.figures("core-resources-2011")[["label", "quantity"]]
    frame["quantity"] = frame["quantity"].shift()
    with pytest.raises(ChartError, match=f"'{frame['label'].iloc[0]}' has no number, expected"):
        briefing.bars(plt.subplots()[1], frame, "label", "quantity")


@pytest.fixture
def drawn() -> tuple:
    """A figure, its finding and its frame, as a cell gives them."""
    streams = ["core-resources-2011", "non-core-resources-2011"]
    frame = briefing.figures("resources").loc[streams, ["label", "quantity"]]
    fig, ax = plt.subplots()
    briefing.bars(ax, frame, "label", "quantity")
    return fig, say("Together {all} came in", all=frame["quantity"].sum()), frame


def test_a_chart_is_saved_as_a_slide_that_can_be_edited(tmp_path: Path, drawn: tuple) -> None:
    briefing.save(tmp_path / "money.pptx", *drawn)
    [slide] = Presentation(tmp_path / "money.pptx").slides
    assert slide.shapes.title.text == "Together about $228 million came in"
    [chart] = [shape.chart for shape in slide.shapes if shape.has_chart]
    assert list(chart.plots[0].series[0].values) == [125e6, 103e6]
    assert "1.25亿美元" in slide.notes_slide.notes_text_frame.text


@pytest.mark.parametrize(
    ("ending", "holds"), [("png", b"PNG"), ("svg", b"<svg"), ("csv", b"125,para. 64")]
)
def test_a_chart_is_saved_as_a_picture_or_a_table(
    tmp_path: Path, drawn: tuple, ending: str, holds: bytes
) -> None:
    briefing.save(str(tmp_path / f"money.{ending}"), *drawn)
    assert holds in (tmp_path / f"money.{ending}").read_bytes()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_chart_that_lies_or_an_unknown_ending_is_not_saved(tmp_path: Path, drawn: tuple) -> None:
    fig, title, frame = drawn
    with pytest.raises(ValueError, match=r"ends in '\.doc', expected \.pptx, \.png"):
        briefing.save(tmp_path / "money.doc", *drawn)
    fig.axes[0].patches[0].set_width(1)
    with pytest.raises(ChartError, match="changed or gone"):
        briefing.save(tmp_path / "money.png", fig, title, frame)
    assert not list(tmp_path.iterdir())


README = (tables.ROOT / "README.md").read_text(encoding="utf-8")
FIRST = re.findall(r"^```python\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
RECIPES = re.findall(r"^\| [^|]+ \| (`.*) \|$", README, re.MULTILINE)


@pytest.fixture
def cell(
    shell: InteractiveShell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[[str], list[str]]:
    """Runs code as in a notebook beside data/; gives what it shows, in plain words."""
    (tmp_path / "data").symlink_to(tables.DATA)
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    shell.reset(new_session=False)

    def run(code: str) -> list[str]:
        with capture_output() as captured:
            shell.run_cell(code).raise_error()
        return [output.data["text/plain"] for output in captured.outputs]

    return run


def test_the_first_lines_of_the_readme_draw_a_chart_with_its_sources(
    cell: Callable[[str], list[str]],
) -> None:
    [first] = FIRST
    assert len([line for line in first.splitlines() if line]) < 10
    plain = cell(first)
    assert any(words.startswith("Chart. Together about $228 million") for words in plain)
    assert any("Source" in words and "para. 64" in words for words in plain)
    assert not list(Path.cwd().iterdir())


def test_every_recipe_of_the_readme_is_a_line_that_works(
    cell: Callable[[str], list[str]],
) -> None:
    cell(FIRST[0])
    codes = [code for row in RECIPES for code in re.findall("`([^`]+)`", row) if code[0] != "."]
    assert len(codes) == 13
    for code in codes:
        cell(code)
    assert {path.name for path in Path.cwd().iterdir()} == {"money.csv", "money.xlsx", "money.pptx"}
