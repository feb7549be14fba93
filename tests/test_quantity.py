"""Reading printed figures, and arithmetic that carries bounds, units and sources along."""

from decimal import Decimal

import pytest

from briefing import tables
from briefing.printed import read_printed
from briefing.quantity import Period, Quantity, UnitError, between, counted, figure

PRINTED = {
    "435个非政府组织": ("exact", "435", "435", "435"),
    "2084名代表": ("exact", "2084", "2084", "2084"),
    "1.25亿美元": ("exact", "125000000", "124500000", "125500000"),
    "1.408亿美元": ("exact", "140800000", "140750000", "140850000"),
    "7800万美元": ("exact", "78000000", "77500000", "78500000"),
    "5亿美元": ("exact", "500000000", "450000000", "550000000"),
    "40%": ("exact", "40", "39.5", "40.5"),
    "大约46%": ("about", "46", "45.5", "46.5"),
    "约1500万美元": ("about", "15000000", "14500000", "15500000"),
    "大约20个国家": ("about", "20", "15", "25"),
    "近4000名妇女": ("nearly", "4000", "3500", "4000"),
    "近100条": ("nearly", "100", "50", "100"),
    "5000多名妇女": ("more_than", "5000", "5000", None),
    "200多万独特追随者": ("more_than", "2000000", "2000000", None),
    "2500万美元以上": ("more_than", "25000000", "25000000", None),
    "至少84个国家": ("at_least", "84", "84", None),
    "100万美元或更多": ("at_least", "1000000", "1000000", None),
    "数千次": ("several", None, "2000", "10000"),
    "数万人": ("several", None, "20000", "100000"),
    "两次重要会外活动": ("exact", "2", "2", "2"),
    "二十一个成员": ("exact", "21", "21", "21"),
    "大约三分之一": ("about", "0.333333", "0.291667", "0.416667"),
    "翻了三番": ("exact", "8", "8", "8"),
    "至少翻了两番": ("at_least", "4", "4", None),
    "一百零五个国家": ("exact", "105", "105", "105"),
    "三分之二以上": ("more_than", "0.666667", "0.666667", None),
    "近三分之一": ("nearly", "0.333333", "0.291667", "0.333333"),
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


@pytest.mark.parametrize(
    "printed", ["", "许多国家", "1,600家", "１６００家", "1 600家", "约", "12.3.4亿"]
)
def test_other_forms_are_refused(printed: str) -> None:
    with pytest.raises(ValueError, match="is not a printed figure"):
        read_printed(printed)


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


def test_unlike_units_cannot_be_added_or_compared() -> None:
    money, people = figure("core-resources-2011"), figure("csw-ngo-representatives")
    sentence = "cannot add usd and representative: the units differ"
    with pytest.raises(UnitError, match=sentence):
        money + people
    with pytest.raises(UnitError):
        money.share_of(people)
    with pytest.raises(UnitError):
        figure("resource-target-annual") + figure("resource-target-2012-2013-first")
    with pytest.raises(UnitError):
        figure("posts-recruited-2011") - figure("positions-selection-2011")


def test_nothing_is_divided_by_what_may_be_zero() -> None:
    with pytest.raises(ZeroDivisionError):
        quantity("1", "1", "1") / quantity("0", "1", "2")


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
    with pytest.raises(ValueError, match="not made of whole years"):
        figure("resource-target-2012-2013-reduced-conclusion").per_year()


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


def test_periods_know_their_first_day_and_the_day_after() -> None:
    days = Period("2012-02-27/2012-03-09")
    assert (str(days.start), str(days.end)) == ("2012-02-27", "2012-03-10")
    assert (str(Period("2011-12").start), str(Period("2011-12").end)) == (
        "2011-12-01",
        "2012-01-01",
    )
    assert (str(Period("2012").end), Period("2012/2013").years) == ("2013-01-01", 2)
