"""Quantities in ordinary pandas and matplotlib: they sum, sort, compare, group, draw and print."""

import subprocess
import sys
from decimal import Decimal

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import briefing
from briefing import Quantity, UnitError, figure, say
from briefing.core.columns import QuantityArray
from briefing.core.labels import in_language
from briefing.core.language import STRICT, LanguageError, speaking
from briefing.core.quantity import FigureError
from briefing.notebook import blocks, live
from briefing.notebook.blocks import in_words, table
from briefing.sources import tables

STREAMS = ["core-resources-2011", "non-core-resources-2011"]


def bounded(lower: str, upper: str | None) -> Quantity:
    low, high = (None if end is None else Decimal(end) for end in (lower, upper))
    return Quantity(low, low, high, "usd", formula=lower)


@pytest.fixture
def money() -> pd.DataFrame:
    figures = pd.read_csv(tables.DATA / "figures.csv", index_col="figure_id")
    return briefing.quantities(figures).query("unit_id == 'usd'")


def test_rows_of_the_csv_become_labelled_quantities(money: pd.DataFrame) -> None:
    assert list(money.columns[:4]) == ["label", "subject", "quantity", "period"]
    row = money.loc["core-resources-2011"]
    assert (row["label"], row["subject"]) == ("Core resources", "UN-Women")
    assert row["quantity"] == figure("core-resources-2011")
    assert row["printed"] == "1.25亿美元"
    joined = ["label", "subject", "quantity", "theme", "measure"]
    by_column = briefing.quantities(money.drop(columns=joined).reset_index())
    pd.testing.assert_frame_equal(by_column, money)


def test_in_lab_an_amount_for_two_years_tells_them_and_one_for_a_year_does_not() -> None:
    chosen = briefing.figures().loc[["resource-target-2012-2013-reduced", *STREAMS]]
    shown = blocks.frame_bundle(chosen[["label", "quantity"]])["text/plain"]
    assert "biennium | 2012-2013: $700 million [para. 64]" in shown
    assert "Core resources | $125 million [para. 64]" in shown
    assert list(chosen["period"]) == ["2012/2013", "2011", "2011"]


def test_a_row_that_is_no_figure_is_told() -> None:
    with pytest.raises(FigureError, match="no figure 'core'; the closest are core-"):
        briefing.quantities(pd.DataFrame({"value": [1]}, index=["core"]))


def test_they_sum_with_their_sources(money: pd.DataFrame) -> None:
    received = money.loc[STREAMS, "quantity"]
    assert received.sum() == figure(STREAMS[0]) + figure(STREAMS[1]) == sum(received)
    assert received.sum().figures == tuple(STREAMS)
    assert [round(share.number, 3) for share in received / received.sum()] == [0.548, 0.452]
    grouped = money.loc[STREAMS].groupby("paragraph_id")["quantity"].sum()
    assert grouped.iloc[0].number == 228e6


def test_they_average_with_their_sources(money: pd.DataFrame) -> None:
    received = money.loc[STREAMS, "quantity"]
    for mean in (received.mean(), received.median(), np.mean(received)):
        assert (mean.number, mean.unit, sorted(mean.figures)) == (114e6, "usd", STREAMS)
        assert mean.upper - mean.lower == 1e6, "a range, too"
    grouped = money.loc[STREAMS].groupby("paragraph_id")["quantity"].mean()
    assert grouped["64"].figures == tuple(STREAMS)
    assert received.iloc[:1].median() == received.iloc[0]
    shares = briefing.figures().query("unit_id == 'percent'")["quantity"].iloc[:2]
    assert shares.mean().unit == "percent"
    assert shares.mean().number == sum(shares.astype(float)) / 2


def test_what_is_missing_stays_so(money: pd.DataFrame) -> None:
    received = money["quantity"].reindex([*STREAMS, "none"])
    assert received.isna().tolist() == (2 * received).isna().tolist() == [False, False, True]
    assert received.sum() == figure(STREAMS[0]) + figure(STREAMS[1])
    assert [step.number for step in -received.diff().dropna()] == [22e6]
    assert received.dropna().cumsum().iloc[-1] == received.sum()
    assert received.iloc[2:].sum() == 0 and pd.isna(received.iloc[2:].max())
    assert list(received.groupby(received).size()) == [1, 1]
    assert (received * pd.Series([1, np.nan, 1], received.index)).isna().tolist() == [0, 1, 1]
    gap = received.reindex([STREAMS[0], "none", STREAMS[1]])
    numbers = gap.astype(float)
    for name in ("sum", "mean", "median", "min", "max"):
        assert pd.isna(getattr(gap, name)(skipna=False)), name
    assert pd.isna(gap.sum(min_count=3)) and gap.sum(min_count=2) == received.sum()
    for name in ("cumsum", "cummax", "cummin"):
        for skipna in (True, False):
            found = getattr(gap, name)(skipna=skipna).astype(float)
            pd.testing.assert_series_equal(found, getattr(numbers, name)(skipna=skipna))


def test_a_column_stands_on_either_side_of_a_quantity(money: pd.DataFrame) -> None:
    received, core = money.loc[STREAMS, "quantity"], figure(STREAMS[0])
    total = received.sum()
    assert list(total - received) == [total - one for one in received]
    assert list(total / received) == [total / one for one in received]
    assert list(core * received) == [core * one for one in received]
    assert list(core > received) == [False, True] and list(core <= received) == [True, False]
    assert list(core * np.array([1, 2])) == [core * 1, core * 2]


def test_a_median_is_no_narrower_than_the_ends_of_what_it_is_of() -> None:
    ends = [("1e6", None), ("1233e3", "1233e3"), ("25e6", None)]
    column = pd.Series(QuantityArray([bounded(*both) for both in ends]))
    assert str(column.median()) == "at least $1,233,000"
    assert (column.median().lower, column.median().upper) == (1_233_000, None)
    assert not (column.median() - column.iloc[1]).exact, "another number than the one in the middle"
    closed = pd.Series(QuantityArray([bounded("1", "2"), bounded("3", "4"), bounded("5", "6")]))
    assert closed.median() == closed.iloc[1]


def test_what_a_column_of_quantities_does_not_do_is_told(money: pd.DataFrame) -> None:
    with pytest.raises(TypeError, match=r"std\(\) of quantities.*expected \.astype\(float\)"):
        money["quantity"].std()
    for quantile in (money["quantity"].quantile, money[["quantity"]].quantile):
        with pytest.raises(
            TypeError, match=r"quantile\(\).*expected \.median\(\), or \.astype\(fl"
        ):
            quantile(0.5)
    assert money["quantity"].astype(float).quantile(0.5) > 0
    with pytest.raises(TypeError, match=r"0 is no quantity, expected one, or \.astype\(float\)"):
        money["quantity"].reindex(["x"], fill_value=0)
    with pytest.raises(TypeError, match=r"'x' is no quantity, expected one, or \.astype\(object\)"):
        money.loc["core-resources-2011", "quantity"] = "x"
    money.loc["core-resources-2011", "quantity"] = figure("resource-target-annual")
    assert money["quantity"]["core-resources-2011"].unit == "usd/year"


def test_they_sort_compare_and_become_numbers(money: pd.DataFrame) -> None:
    quantities = money["quantity"]
    assert quantities.max().figures == ("core-resources-2011",)
    ordered = quantities.sort_values()
    assert list(ordered.astype(float)) == sorted(quantities.astype(float))
    assert list(money[quantities > 100e6].index) == STREAMS
    assert figure(STREAMS[0]) > figure(STREAMS[1]) and figure(STREAMS[1]) <= figure(STREAMS[0])
    assert figure("donor-contribution-norway-uk").overlaps(figure("donor-contribution-norway-uk"))
    assert not figure(STREAMS[0]).overlaps(figure(STREAMS[1]))


def test_where_no_value_is_stated_there_is_no_number() -> None:
    relays = briefing.figures().loc[["rio-relays", "rio-posts"], "quantity"]
    assert relays.astype(float).isna().tolist() == [True, False]
    assert np.isnan(float(relays.iloc[0])) and np.isnan(round(relays.iloc[0]))
    with pytest.raises(ValueError, match="NaN"):
        int(relays.iloc[0])
    assert (relays >= 1000).all(), "which its range tells"


def test_they_scale_and_round_and_print() -> None:
    core = figure("core-resources-2011")
    assert (2 * core).number == (core * 2).number == 250e6
    assert (core / 2).number == 62.5e6
    assert (core / 2).upper == core.upper / 2
    assert f"{core}" == str(core) == repr(core) == "$125 million"
    assert f"{core:,.0f}" == "125,000,000"
    share = core / (core + figure(STREAMS[1]))
    assert f"{share:.1%}" == f"{share.in_percent():.1%}" == "54.8%"
    with pytest.raises(ValueError, match=r"unknown form 'foo' .*, range, value, or e\.g\. ,\.0f"):
        f"{core:foo}"
    assert round(core, -7) == 120e6
    assert str(figure("gender-theme-groups")) == "45 countries"


def test_a_percentage_less_another_is_points() -> None:
    women = figure("turnout-women-egypt-2011") - figure("turnout-women-egypt-before")
    assert women.unit == "percentage-point"
    assert str(women) == "about 6‡ percentage points"


def test_points_are_hundredths_and_stay_points() -> None:
    before, women = figure("turnout-women-egypt-before"), figure("turnout-women-egypt-2011")
    points = women - before
    assert ((points / before).value, (points / before).unit) == (Decimal("0.15"), "")
    money = figure("core-resources-2011") * points
    assert (money.value, money.unit) == (7_500_000, "usd")
    for moved, value in (
        (-points, -6),
        (2 * points, 12),
        (points / 2, 3),
        (points + points / 2, 9),
    ):
        assert (moved.value, moved.unit) == (value, "percentage-point")
    for level, value in ((before + points, 46), (points + before, 46), (women - points, 40)):
        assert (level.value, level.unit) == (value, "percent")
    level = before + points
    assert (level.lower, level.upper) == (women.lower, women.upper)
    assert ((-women).value, (-women).unit) == (-46, "percent")
    with pytest.raises(UnitError, match="the units differ"):
        points - before


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (
            figure("csw-ngos"),
            r"core-resources-2011 \(usd\) and csw-ngos \(ngo\): the units differ$",
        ),
        (figure("resource-target-annual"), r"the units differ, expected \.per_year\(\) of both"),
        (5, r"5, which has no unit: expected Quantity\.constant\(5, 'usd'\)"),
    ],
)
def test_what_cannot_be_added_is_named_with_a_remedy(other: Quantity | int, told: str) -> None:
    with pytest.raises(UnitError, match=told):
        figure("core-resources-2011") + other


def test_dollars_and_people_in_one_column_are_two_named_rows() -> None:
    figures = pd.read_csv(tables.DATA / "figures.csv", index_col="figure_id")
    with pytest.raises(UnitError, match=r"cannot add [a-z0-9-]+ \(.*\) and [a-z0-9-]+ \(.*\)"):
        briefing.quantities(figures)["quantity"].sum()
    for how in ("mean", "median"):
        with pytest.raises(
            UnitError, match=r"cannot [a-z]+ [a-z0-9-]+ \(.*\) and [a-z0-9-]+ \(.*\)"
        ):
            briefing.quantities(figures)["quantity"].agg(how)
    for how in (
        "sum",
        "min",
        "max",
        "mean",
        "median",
    ):  # whose error pandas raises again in words of its own
        with pytest.raises(
            UnitError, match=r"cannot [a-z]+ [a-z0-9-]+ \(.*\) and [a-z0-9-]+ \(.*\)"
        ):
            briefing.quantities(figures).groupby("theme")["quantity"].agg(how)


def test_a_column_of_unlike_units_is_not_drawn() -> None:
    figures = briefing.figures()
    told = r"beside each other [a-z0-9-]+ \(.*\) and .*, expected rows of one unit, as of \.query\("
    for draw in (
        lambda: figures.plot.barh(y="quantity"),
        lambda: figures.plot.barh(y=figures.columns.get_loc("quantity")),
        lambda: figures["quantity"].plot.barh(),
        figures.plot,
    ):
        with pytest.raises(UnitError, match=told):
            draw()
    plt.close(figures.plot.scatter("lower", "upper").figure)


def test_matplotlib_and_pandas_draw_them(money: pd.DataFrame) -> None:
    drawn = money.loc[STREAMS]
    fig, ax = plt.subplots()
    bars = ax.barh(drawn["label"], drawn["quantity"])
    assert [bar.get_width() for bar in bars] == [125e6, 103e6]
    plt.close(fig)
    for draw in (lambda: drawn.plot.barh(y="quantity"), drawn["quantity"].plot.barh):
        plt.close("all")
        ax = draw()
        assert [bar.get_width() for bar in ax.patches] == [125e6, 103e6]
        plt.close(ax.figure)
    ax = drawn.assign(twice=drawn["quantity"] * 2).plot.scatter("quantity", "twice")
    assert ax.collections[0].get_offsets().tolist() == [[125e6, 250e6], [103e6, 206e6]]
    plt.close(ax.figure)


def test_frames_without_quantities_are_drawn_as_ever() -> None:
    plain = pd.DataFrame({"a": [1, 2, 4]})
    assert [bar.get_width() for bar in plain.plot.barh().patches] == [1, 2, 4]
    assert plain.hist().size == 1
    plt.close("all")


def test_a_sum_over_money_holds_like_with_like(money: pd.DataFrame) -> None:
    told = r"core-resources-2011 \(level\) and core-increase-2011 \(change\).*like with like"
    with pytest.raises(UnitError, match=told):
        money.loc[["core-resources-2011", "core-increase-2011"], "quantity"].sum()
    measures = pd.read_csv(tables.DATA / "indicators.csv").set_index("indicator_id")["measure"]
    gifts = money[money["indicator_id"].map(measures) == "part"]
    assert gifts["quantity"].sum().figures == tuple(gifts.index)
    before = figure("core-resources-2011") - figure("core-increase-2011").adopted
    assert (
        before + figure("non-core-increase-2011")
    ).unit == "usd"  # a computed number adds to any


def test_figure_is_a_mapping() -> None:
    assert "csw-ngos" in figure and "nothing" not in figure
    assert len(figure) == len(list(figure.keys())) == len(tables.shared()["figures"])
    assert dict(figure)["csw-ngos"] == figure["csw-ngos"] == figure("csw-ngos")


def test_an_unknown_name_is_answered_with_names_that_begin_like_it() -> None:
    with pytest.raises(FigureError) as told:
        figure("core-resource")
    assert "the closest are core-resources-2011, core-" in str(told.value)


def test_the_tab_key_completes_a_name_in_a_call() -> None:
    shell = InteractiveShell.instance()
    live.register(shell)
    shell.push({"figure": figure})
    line = 'figure("csw-ng'
    with provisionalcompleter():
        found = {completion.text for completion in shell.Completer.completions(line, len(line))}
    assert {name for name in figure if name.startswith("csw-ng")} <= found


def test_briefing_offers_its_names_and_nothing_else() -> None:
    assert dir(briefing) == briefing.__all__ == sorted(briefing.__all__)
    code = "import briefing, sys; print('matplotlib' in sys.modules)"
    draw = "frame = briefing.figures('core resources 2011').query(\"unit_id == 'usd'\")"
    width = "print(frame.plot.barh(y='quantity').patches[0].get_width())"
    script = "\n".join([code, draw, width])
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    told = done.stdout.split()
    assert told == ["False", "125000000.0"], "what draws is fetched when it is asked for, and knows"


def test_in_a_live_kernel_sentences_and_numbers_are_shown_as_they_are_typed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    core = figure("core-resources-2011")
    with speaking("zh"):
        with pytest.raises(LanguageError, match=r"no translation of '核心资源为\{core\}。'"):
            say("核心资源为{core}。", core=core)
        with pytest.raises(TypeError, match="12 cannot be said"):
            say("{name}: {words}", name="25", words=12)
        monkeypatch.delenv(STRICT)
        assert str(say("核心资源为{core}。", core=core)) == "核心资源为1.25\u00a0亿美元。"
        assert str(say("{a} und {b}", a=1234, b=0.5)) == "1\u00a0234 und 0.5"


def test_in_a_live_kernel_plain_numbers_stand_in_tables_and_key_figures(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    plain = pd.DataFrame({"Year": [2011], "Growth": [1.25]})
    with pytest.raises(TypeError, match="2011 cannot be shown"):
        briefing.show_table(plain)
    with pytest.raises(TypeError, match="'Mine' is 7, expected a quantity"):
        briefing.show_key_figures({"Mine": 7})
    monkeypatch.delenv(STRICT)
    assert table(plain)["rows"] == [[["2011"], ["1.25"], []]]
    briefing.show_key_figures({"Mine": 7})


def test_a_sentence_takes_its_numbers_from_the_names_of_its_cell() -> None:
    core = figure("core-resources-2011")  # noqa: F841, it is the sentence that uses it
    assert str(say("{core} in {core.period}")) == "$125 million in 2011"
    assert str(say("{core} and {n}", n=figure("csw-panels"))) == "$125 million and six"
    assert [str(say("{core:value}")) for _ in range(2)] == ["$125 million"] * 2
    with pytest.raises(LookupError, match=r"\{cor\} is neither given nor a name of the cell"):
        say("{cor} came in")
    with pytest.raises(
        LookupError, match=r"\{core - core\} is more than a name.*`it = core - core`"
    ):
        say("{core - core} is left")


def test_a_name_given_is_above_one_of_the_cell() -> None:
    n = figure("core-resources-2011")  # noqa: F841, which the second sentence uses
    assert str(say("Of {n}", n=figure("csw-panels"))) == "Of six" != str(say("Of {n}"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Core resources", "核心资源"),
        ("Spain", "西班牙"),
        ("Government donors", "政府捐助者"),
        ("Spain; Core resources", "西班牙；核心资源"),
        ("core-resources-2011", "core-resources-2011"),
        ("1.25亿美元", "1.25亿美元"),
        ("64", "64"),
        (64, 64),
    ],
)
def test_what_a_cell_types_is_translated_where_it_is_shown(typed: object, said: object) -> None:
    """Labels by data/, all else by the PO file; keys, printed forms and numbers stand."""
    with speaking("zh"):
        assert in_language(typed) == said
        assert in_language(in_language(typed)) == said
    assert in_language(typed) == typed


def test_a_frame_with_typed_labels_is_drawn_and_shown_in_the_language_spoken() -> None:
    frame = pd.DataFrame({"Donor": ["Spain"], "Number": [figure("donor-contribution-spain")]})
    fig, ax = plt.subplots()
    with speaking("zh"):
        briefing.bars(ax, frame, "Donor", "Number")
        assert ax.texts[0].get_text() == "西班牙"
        assert in_words(frame)["Donor"].tolist() == ["西班牙"]
    plt.close(fig)


def test_in_a_live_kernel_plain_numbers_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = pd.DataFrame({"Year": ["before", "after"], "Growth": [1.25, 3]})
    fig, ax = plt.subplots()
    with pytest.raises(TypeError, match="25 cannot be drawn: expected a quantity"):
        briefing.bars(ax, plain, "Year", "Growth")
    monkeypatch.delenv(STRICT)
    briefing.bars(ax, plain, "Year", "Growth")
    assert [bar.get_width() for bar in ax.patches] == [1.25, 3]
    with capture_output() as captured:
        briefing.show_chart(fig, "Mine", plain)
    assert "Mine" in captured.outputs[0].data["text/plain"]
