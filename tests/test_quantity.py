"""Reading printed figures, and arithmetic that carries ranges, units and sources along."""

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest

from briefing.core.figures import counted, figure
from briefing.core.period import Period
from briefing.core.quantity import Quantity, UnitError, between
from briefing.core.wording import formula
from briefing.sources import tables
from briefing.sources.printed import read_printed

PRINTED = {
    "435个非政府组织": ("unqualified", "435", "435", "435"),
    "2084名代表": ("unqualified", "2084", "2084", "2084"),
    "1.25亿美元": ("unqualified", "125000000", "124500000", "125500000"),
    "1.408亿美元": ("unqualified", "140800000", "140750000", "140850000"),
    "7800万美元": ("unqualified", "78000000", "77500000", "78500000"),
    "5亿美元": ("unqualified", "500000000", "450000000", "550000000"),
    "40%": ("unqualified", "40", "39.5", "40.5"),
    "大约46%": ("about", "46", "43.7", "48.3"),
    "约1500万美元": ("about", "15000000", "14250000", "15750000"),
    "大约20个国家": ("about", "20", "15", "25"),
    "近4000名妇女": ("nearly", "4000", "3600", "4000"),
    "近100条": ("nearly", "100", "90", "100"),
    "5000多名妇女": ("more_than", "5000", "5000", None),
    "200多万独特追随者": ("more_than", "2000000", "2000000", None),
    "2500万美元以上": ("at_least", "25000000", "25000000", None),
    "至少84个国家": ("at_least", "84", "84", None),
    "100万美元或更多": ("at_least", "1000000", "1000000", None),
    "数千次": ("several", None, "2000", "10000"),
    "数万人": ("several", None, "20000", "100000"),
    "两次重要会外活动": ("unqualified", "2", "2", "2"),
    "二十一个成员": ("unqualified", "21", "21", "21"),
    "大约三分之一": ("about", "0.333333", "0.316667", "0.35"),
    "翻了三番": ("unqualified", "8", "8", "8"),
    "至少翻了两番": ("at_least", "4", "4", None),
    "两百个国家": ("unqualified", "200", "200", "200"),
    "大约40%": ("about", "40", "38", "42"),
    "40.5%": ("unqualified", "40.5", "40.45", "40.55"),
    "约1233人": ("about", "1233", "1171.35", "1294.65"),
    "8个“一体行动”试点国家": ("unqualified", "8", "8", "8"),
    "40个平面媒体、电视及广播伙伴": ("unqualified", "40", "40", "40"),
    "一百零五个国家": ("unqualified", "105", "105", "105"),
    "三分之二以上": ("at_least", "0.666667", "0.666667", None),
    "近三分之一": ("nearly", "0.333333", "0.3", "0.333333"),
}


@pytest.mark.parametrize(("printed", "expected"), PRINTED.items())
def test_printed_forms_are_read_by_the_rules_of_the_codebook(
    printed: str, expected: tuple[str | None, ...]
) -> None:
    reading = read_printed(printed)
    numbers = tuple(None if n is None else Decimal(n) for n in expected[1:])
    assert (reading.qualifier, reading.value, reading.lower, reading.upper) == (
        expected[0],
        *numbers,
    )


def test_a_target_is_set_and_has_no_range() -> None:
    target = read_printed("7亿美元", "target")
    assert target.value == target.lower == target.upper == 700_000_000
    assert read_printed("至少7亿美元", "target").upper == 700_000_000


REFUSED = {
    "nothing": ["", "约", "许多国家", "个国家"],
    "other digits": [
        "1,600家",
        "１６００家",
        "1 600家",
        "12.3.4亿",
        "40％",
        "12.4％",
        "٤٠%",
        "40﹪",
    ],
    "halves": ["两年半", "一个半月", "1年半", "半数", "一个半小时"],
    "ranges": ["三到五年", "15至20个", "十五至二十个", "3－5个", "300万至500万美元", "8到10名代表"],
    "limits": [
        "120万美元左右",
        "300万美元以下",
        "300万美元以内",
        "500人上下",
        "18个月以内",
        "50人之多",
    ],
    "limits within a counter": ["300万美元内的项目", "100人内的团体", "300万美元起的捐款"],
    "limits of speech": ["100名往上", "300万美元打底", "100人不止", "100名有奇", "100名略少"],
    "further limits": ["不到100个", "超过100个", "20人开外", "未满18个月", "至多20人", "100人以外"],
    "bare limits": [
        "5年内",
        "60日内提交",
        "18个月内",
        "5人之上",
        "5人之下",
        "5万元起",
        "5人不够",
        "5个为限",
    ],
    "qualifiers behind": ["40岁出头", "5许个", "1000人许", "5%强", "40%弱", "5个光景", "5个以后"],
    "traditional numerals": ["100餘個", "100來個", "100幾個", "100數個", "5個約"],
    "no counters": ["十两", "五十两黄金", "三番", "5番", "一些", "一系列", "一批", "5、"],
    "quotation marks": ["5“万”美元", "5“多”个", "5个“半”", "5“以下”个", "5个“以上”者", "5个“”"],
    "scales of nothing": ["5万%", "0.0亿", "0万", "约0个"],
    "remainders": ["100余个", "二百三十余人", "100来个", "十几个", "几十个", "上百个", "40个多月"],
    "two or three": ["两三个", "一两个", "三五个", "两三年", "七八十人", "二三百万"],
    "other numerals": [
        "百万美元",
        "5千万美元",
        "3亿5000万美元",
        "1.2万亿美元",
        "二〇一二年",
        "千千",
    ],
    "other shares": ["百分之四十", "千分之五", "三成", "5个百分点", "三分之四", "零分之一"],
    "two qualifiers": [
        "约100多个",
        "至少1600多家",
        "近1000万美元或更多",
        "约20国以上",
        "数千次以上",
    ],
}


@pytest.mark.parametrize("printed", [form for forms in REFUSED.values() for form in forms])
def test_a_form_that_the_codebook_does_not_describe_is_refused(printed: str) -> None:
    with pytest.raises(ValueError, match=r"is not a printed figure|cannot be read") as refused:
        read_printed(printed)
    assert repr(printed) in str(refused.value)
    assert "expected" in str(refused.value)


def test_a_target_has_a_number() -> None:
    with pytest.raises(ValueError, match=r"'数千名' .* cannot be read, expected"):
        read_printed("数千名", "target")


READ = (
    "8个“一体行动”试点国家 40个平面媒体、电视及广播伙伴 5次日内瓦会议 两次重要会外活动 6个国内许可"
)


@pytest.mark.parametrize("printed", READ.split())
def test_words_that_hold_the_signs_of_a_limit_are_words(printed: str) -> None:
    reading = read_printed(printed)
    assert reading.lower == reading.value == reading.upper


def test_the_codebook_shows_forms_as_they_are_read() -> None:
    page = (tables.DATA / "README.md").read_text(encoding="utf-8")
    table = page.partition("| printed | qualifier |")[2].partition("\n\n")[0]
    shown = 0
    for row in table.splitlines()[2:]:
        forms, qualifier, *_ = (cell.strip() for cell in row.strip("|").split("|"))
        for form in re.findall("`([^`]+)`", forms):
            reading = read_printed(form, "target" if "status target" in forms else "actual")
            assert qualifier in (reading.qualifier, "as printed", "as for digits"), form
            if "none" in row.rsplit("|", 2)[-2]:
                assert reading.lower == reading.value == reading.upper, form
            shown += 1
    assert shown > 15
    for form in re.search(r"never read as another number: (.*?), a number with", page, re.S)[
        1
    ].split(","):
        with pytest.raises(ValueError, match="expected"):
            read_printed(form.split("in full")[0].strip())


def quantity(lower: str | None, value: str, upper: str | None, unit: str = "usd") -> Quantity:
    low, high = (None if bound is None else Decimal(bound) for bound in (lower, upper))
    return Quantity(Decimal(value), low, high, unit, figures=(value,), formula=value)


def ends(result: Quantity) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    return result.lower, result.value, result.upper


def test_sums_and_differences_carry_bounds_sources_and_formula() -> None:
    a, b = quantity("9", "10", "11"), quantity("3", "4", "5")
    assert ends(a + b) == (12, 14, 16)
    assert ends(a - b) == (4, 6, 8)
    assert (a - b).figures == ("10", "4")
    assert (a - b).formula == "10 − 4"
    assert ((a - b) + a).formula == "(10 − 4) + 10"
    assert (a + b).derived
    assert (a + b).qualifier == "about"


def test_an_open_bound_stays_open_on_the_side_it_moves_to() -> None:
    a, more = quantity("9", "10", "11"), quantity("4", "4", None)
    assert ends(a + more) == (13, 14, None)
    assert (a + more).qualifier == "at_least"
    assert ends(a - more) == (None, 6, 7)
    assert (a - more).qualifier == "up_to"
    assert ends(a / more) == (0, Decimal("2.5"), Decimal("2.75"))
    assert ends(more / a) == (Decimal(4) / 11, Decimal("0.4"), None)


def test_a_figure_used_twice_is_one_number() -> None:
    non_core, more = figure("non-core-resources-2011"), figure("non-core-increase-2011")
    growth = non_core.growth_from(non_core - more)
    assert [round(end, 1) for end in ends(growth)] == [Decimal(e) for e in ("5.6", "6.2", "6.8")]
    core, printed = figure("core-resources-2011"), figure("core-increase-2011")
    low, _, high = ends(core.growth_from(core - printed))
    assert (round(low, 1), round(high, 1)) == (Decimal("161.5"), Decimal("170.7"))
    assert ends(core - core) == (0, 0, 0)
    assert ends((core + non_core).share_of(core + non_core)) == (100, 100, 100)
    again = figure("core-resources-2011")
    assert ends(core - again) == (0, 0, 0)
    other = quantity("9", "10", "11", "")
    assert ends(other * other - other) == (72, 90, 110)


def test_numbers_of_the_same_size_are_not_the_same_number() -> None:
    here = figure("institutional-budget-2012-2013")
    there = figure("institutional-budget-2012-2013-governance")
    assert ends(here - there) == (-100_000, 0, 100_000)
    both = [Quantity(Decimal(2), Decimal(1), Decimal(3), "") for _ in range(2)]
    assert ends(both[0] - both[1]) == (-2, 0, 2)
    assert ends(both[0] - both[0]) == (0, 0, 0)


def test_the_reading_adopted_is_another_number_than_what_is_printed() -> None:
    printed = figure("core-increase-2011")
    read = printed.adopted
    assert ends(read) == (46_000_000, 47_000_000, 48_000_000)
    assert (read.figures, read.unit, read.derived) == (printed.figures, "usd", True)
    assert ends(printed - read) == (29_500_000, 31_000_000, 32_500_000)
    assert ends(read) == ends(figure("core-resources-2011") - printed)
    assert figure("web-activity-growth-2011").adopted.value == 3
    with pytest.raises(KeyError, match="no reading is adopted"):
        _ = figure("csw-ngos").adopted
    with pytest.raises(KeyError, match="no reading is adopted"):
        _ = (printed * 2).adopted


def test_products_of_negative_bounds_meet_the_right_corner() -> None:
    loss, times = quantity("-3", "-2", "1"), quantity("2", "3", "4", "")
    assert ends(loss * times) == (-12, -6, 4)
    assert ends(quantity("0", "0", "0") * quantity("1", "2", None, "")) == (0, 0, 0)


def test_units_multiply_and_cancel() -> None:
    rate, years = quantity("5", "5", "5", "usd/year"), Quantity.constant(2, "year")
    assert (rate * years).unit == "usd"
    assert (quantity("6", "6", "6") / years).unit == "usd/year"
    assert (quantity("6", "6", "6") / quantity("3", "3", "3")).unit == ""
    assert (quantity("6", "6", "6") / Quantity.constant(2)).unit == "usd"
    assert (figure("multi-year-share") * figure("core-contributors")).unit == "donor"


def test_two_figures_of_one_number_are_two_keys_and_two_rows() -> None:
    names = ["merged-entities", "merged-entities-staffing"]
    one, other = map(figure, names)
    assert one <= other <= one and one != other and len({one, other, figure(names[0])}) == 2
    column = pd.Series([one, other, one])
    assert list(column.groupby(column).size()) == [2, 1]
    assert one == one.value == float(one) and (column == one.value).all()
    assert column.isin([float(one)]).all() and not (column == one.value + 1).any()
    unknown = Quantity(None, None, Decimal(5), "ngo")
    assert {unknown: "a key"}[unknown] and unknown != 5


def test_unlike_units_cannot_be_added_or_compared() -> None:
    money, people = figure("core-resources-2011"), figure("csw-ngo-representatives")
    sentence = r"\(usd\) and csw-ngo-representatives \(representative\): the units differ"
    with pytest.raises(UnitError, match=sentence):
        money + people
    with pytest.raises(UnitError):
        money.share_of(people)
    with pytest.raises(UnitError):
        figure("resource-target-annual") + figure("resource-target-2012-2013-first")
    with pytest.raises(UnitError):
        figure("posts-recruited-2011") - figure("positions-selection-2011")


def test_nothing_is_divided_by_what_may_be_zero() -> None:
    for least in ("0", "-1"):
        with pytest.raises(ZeroDivisionError):
            quantity("1", "1", "1") / quantity(least, "1", "2")
    assert ends(quantity("6", "6", "6") / quantity("-3", "-2", "-1")) == (-6, -3, -2)


def test_share_and_growth_are_percentages() -> None:
    part, whole = quantity("1", "1", "1"), quantity("4", "4", "4")
    assert ends(part.share_of(whole)) == (25, 25, 25)
    assert part.share_of(whole).unit == "percent"
    assert ends(whole.growth_from(part)) == (300, 300, 300)
    spread = quantity("4", "5", "6").growth_from(quantity("9", "10", "11"))
    low, value, high = (round(end, 1) for end in ends(spread))
    assert (low, value, high) == (Decimal("-63.6"), -50, Decimal("-33.3"))


def test_a_percentage_multiplies_as_a_fraction() -> None:
    rate, amount = quantity("60", "60", "60", "percent"), quantity("50", "50", "50")
    assert ends(rate * amount) == (30, 30, 30)
    assert (rate * amount).unit == "usd"
    assert (rate / rate).unit == ""


def test_an_amount_is_spread_over_its_period() -> None:
    annual = figure("resource-target-2012-2013-reduced").per_year()
    assert (annual.value, annual.unit) == (350_000_000, "usd/year")
    assert figure("core-resources-2011").per_year().unit == "usd/year"
    with pytest.raises(ValueError, match="cannot be spread over years"):
        figure("web-visits-2011").per_year()
    with pytest.raises(ValueError, match=r"^joint-letter-signatories .*not made of whole"):
        figure("joint-letter-signatories").per_year()
    with pytest.raises(
        ValueError, match=r"^donor-contribution-spain .*states no period.*as it stands"
    ):
        figure("donor-contribution-spain").per_year()


def test_a_range_is_a_whole_number_between_two_quantities() -> None:
    mean = figure("csw-ngo-representatives") / figure("csw-ngos")
    ngo = Quantity.constant(1, "ngo")
    largest = between(mean * ngo, figure("csw-ngo-representatives"))
    assert ends(largest) == (5, None, 2084)
    with pytest.raises(UnitError, match="take what lies between"):
        between(figure("csw-ngos"), figure("csw-ngo-representatives"))


def test_a_figure_knows_its_printed_form_and_paragraph() -> None:
    core = figure("core-resources-2011")
    assert (core.value, core.lower, core.upper) == (125_000_000, 124_500_000, 125_500_000)
    assert core.formula == "1.25亿美元 [64]"
    assert not core.derived


def test_an_unknown_figure_names_the_closest() -> None:
    with pytest.raises(KeyError, match="core-resources-2011"):
        figure("core-resource-2011")


def test_counted_rows_name_their_paragraphs() -> None:
    partners = tables.shared()["participation"].query("in_id == 'h4-plus' and role == 'member'")
    count = counted(partners, "entity")
    assert (count.value, count.formula) == (len(partners), f"#{len(partners)} [21]")


def test_rows_that_name_no_paragraph_are_not_counted() -> None:
    countries = tables.shared()["actors"].query("kind == 'country'")
    told = rf"no paragraph_id, expected .*, or Quantity\.constant\({len(countries)}, 'country'\)$"
    with pytest.raises(ValueError, match=told):
        counted(countries, "country")


def test_a_formula_is_said_without_times_one_and_idle_brackets() -> None:
    written, oral, spoken, whole = map(
        figure,
        ["csw-written-statements", "csw-oral-statements", "csw-panel-interventions", "csw-ngos"],
    )
    each = [it * Quantity.constant(1, f"ngo/{it.unit}") for it in (written, oral, spoken)]
    said = "(74份书面发言 + 12次口头发言 + 27次) ÷ 435个非政府组织 (para. 27)"
    assert formula(sum(each).share_of(whole)) == said
    assert formula(spoken * Quantity.constant("1.5")) == "27次 × 1.5 (para. 27)"
    core, other = figure("core-resources-2011"), figure("non-core-resources-2011")
    shares = core.share_of(core + other) - other.share_of(core + other)
    both = "(1.25亿美元 + 1.03亿美元)"
    assert formula(shares) == f"(1.25亿美元 ÷ {both}) − (1.03亿美元 ÷ {both}) (para. 64)"


def test_periods_know_their_first_and_their_last_day() -> None:
    days = Period("2012-02-27/2012-03-09")
    assert (str(days.start), str(days.end), days.days) == ("2012-02-27", "2012-03-09", 12)
    assert (str(Period("2012-02").end), Period("2012-02").days) == ("2012-02-29", 29)
    assert (str(Period("2012").end), Period("2012/2013").years) == ("2012-12-31", 2)


@pytest.mark.parametrize(
    ("first", "second", "meet"),
    [
        ("2012", "2012-12-31", True),
        ("2012", "2013-01-01", False),
        ("2011/2012", "2012/2013", True),
        ("2012-02-27/2012-03-09", "2012-03", True),
        ("2012-02", "2012-03", False),
    ],
)
def test_periods_overlap_where_they_share_a_day(first: str, second: str, meet: bool) -> None:
    assert Period(first).overlaps(Period(second)) == Period(second).overlaps(Period(first)) == meet


IN_ORDER = [
    ("",),
    ("2010", "late"),
    ("2011",),
    ("2011", "early"),
    ("2011", "first_half"),
    ("2011-01-01",),
    ("2011/2013",),
    ("2011", "mid"),
    ("2011-06",),
    ("2011-06", "since"),
    ("2011", "second_half"),
    ("2011-09", "before"),
    ("2011-09",),
    ("2011", "late"),
    ("2011-12-01",),
    ("2011", "by_end"),
    ("2012-01-01",),
]


def test_periods_are_ordered_by_when_they_begin_and_end() -> None:
    ordered = [Period(*one) for one in IN_ORDER]
    for first, earlier in enumerate(ordered):
        for second, later in enumerate(ordered):
            assert (earlier < later, earlier <= later) == (first < second, first <= second)
            assert (earlier == later) == (first == second)
    assert len(set(ordered)) == len(ordered)


def test_pandas_sorts_groups_and_finds_periods_with_what_is_said_beside() -> None:
    column = pd.Series([Period(*one) for one in reversed(IN_ORDER)])
    assert [(it.text, it.part) for it in column.sort_values()] == [
        (*one, "")[:2] for one in IN_ORDER
    ]
    assert list(column.groupby(column).size()) == [1] * len(IN_ORDER)
    assert column[column == Period("2011", "late")].index.tolist() == [3]
    for found in (column == "2011", column.isin(["2011"])):
        assert list(column[found]) == [Period("2011")]
    assert list(column[column >= "2012"]) == ["2012-01-01"]


def test_a_negative_amount_has_its_sign_before_the_currency() -> None:
    less = figure("non-core-resources-2011") - figure("core-resources-2011")
    assert f"{less}" == "about −$22 million" and f"{-less}" == "about $22 million"
    assert f"{less:range}" == "between −$23 million and −$21 million"


def test_a_figure_is_in_a_sum_once() -> None:
    core, other = figure("core-resources-2011"), figure("non-core-resources-2011")
    both = core + other
    for added in (
        lambda: core + core,
        lambda: both + core,
        lambda: core + both,
        lambda: both + (core + other),
    ):
        with pytest.raises(UnitError, match=r"core-resources-2011 \(usd\) is in the sum already"):
            added()
    assert (core + other - core).number == other.number


@pytest.mark.parametrize(
    "other", [True, None, pd.NA, Fraction(1, 2), float("nan"), float("inf"), "2"], ids=repr
)
@pytest.mark.parametrize("sign", ["__add__", "__radd__", "__sub__", "__mul__", "__truediv__"])
def test_what_is_no_number_is_not_computed_with(sign: str, other: object) -> None:
    with pytest.raises(TypeError, match=r"cannot be computed with, expected a quantity or a num"):
        getattr(figure("core-resources-2011"), sign)(other)


def test_a_bare_number_is_one_beside_pure_numbers() -> None:
    core, other = figure("core-resources-2011"), figure("non-core-resources-2011")
    share = core / (core + other)
    assert ends(1 - share) == ends(other / (core + other))
    assert ends(share - 1) == ends(-(1 - share)) and ends(1 + share) == ends(share + 1)
    assert ends(1 / core * core) == (1, 1, 1) and (1 / core).unit == "/usd"


@pytest.mark.parametrize(
    ("refused", "told"),
    [
        (lambda core: 5 + core, r"5, which has no unit: expected Quantity\.constant\(5, 'usd'\)"),
        (lambda core: 5 - core, r"5, which has no unit: expected Quantity\.constant\(5, 'usd'\)"),
        (lambda core: 1 - core.share_of(core), r"expected Quantity\.constant\(100, 'percent'\)"),
        (lambda core: core**2, r"\(usd\) \*\* 2: expected quantity \* quantity"),
    ],
)
def test_beside_a_unit_a_bare_number_is_refused(
    refused: Callable[[Quantity], Quantity], told: str
) -> None:
    with pytest.raises(UnitError, match=told):
        refused(figure("core-resources-2011"))


def test_shares_of_a_whole_are_told_apart_below_one() -> None:
    one, other = figure("core-resources-2011"), figure("non-core-resources-2011")
    said = [str(it / (one + other)) for it in (one, other)]
    assert said == ["about 0.55", "about 0.45"]
    assert f"{one / (one + other):range}" == "between 0.54 and 0.56"


def test_so_many_times_a_percentage_is_a_percentage() -> None:
    """Of two percentages, and of an amount, it is the part that it is."""
    share, amount = figure("women-staff-share"), figure("regular-allotment-2011")
    assert [(it.unit, it.value) for it in (share / 2, 3 * share, share * Decimal("0.5"))] == [
        ("percent", 40),
        ("percent", 240),
        ("percent", 40),
    ]
    assert ((share * share).unit, (share * share).value) == ("", Decimal("0.64"))
    assert ((share * amount).unit, (share * amount).value) == ("usd", Decimal("5565680"))
