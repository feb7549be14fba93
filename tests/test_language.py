"""How quantities, dates and sentences are said."""

from decimal import Decimal

import pytest

from briefing import tables
from briefing.language import LanguageError, actor, date, paragraphs, speaking, translate
from briefing.quantity import Period, Quantity, counted, figure
from briefing.sentences import as_html, as_plain, provenance, say, text

SAID = {
    "core-resources-2011": "125 million US dollars",
    "institutional-budget-2012-2013": "140.8 million US dollars for the biennium",
    "regular-allotment-2011": "6,957,100 US dollars",
    "resource-target-annual": "500 million US dollars a year‡",
    "donor-contribution-spain": "more than 25 million US dollars",
    "donor-contribution-norway-uk": "about 15 million US dollars‡",
    "donor-contribution-australia-canada": "nearly 10 million US dollars‡",
    "donor-contribution-india-uae": "at least 1 million US dollars‡",
    "turnout-women-egypt-2011": "about 46%‡",
    "multi-year-share": "about 1/3",
    "web-activity-growth-2011": "8 times‡",
    "time-fully-operational": "18 months",
    "plan-rollout-duration": "1 year‡",
    "rio-relays": "several thousand‡",
    "csw-ngo-representatives": "2,084",
}


@pytest.mark.parametrize(("figure_id", "said"), SAID.items())
def test_figures_are_said_with_qualifier_and_unit(figure_id: str, said: str) -> None:
    assert text(figure(figure_id)) == said


def test_forms_of_a_quantity() -> None:
    spain, core = figure("donor-contribution-spain"), figure("core-resources-2011")
    assert text(spain, "number") == "more than 25 million"
    assert text(spain, "value") == "25 million US dollars"
    assert text(spain, "bounds") == "above 25 million US dollars"
    assert text(spain, "millions") == "more than 25"
    assert text(figure("regular-overpayment-2011"), "bare") == "843,535"
    assert text(figure("rio-relay-countries"), "bounds") == "84 or more"
    assert text(figure("multi-year-share"), "bounds") == "between 7/24 and 5/12"
    assert text(core, "bounds") == "between 124.5 million and 125.5 million US dollars"
    assert text(figure("csw-ngos"), "bounds") == "exactly 435"
    with pytest.raises(ValueError, match="unknown form"):
        text(core, "rounded")


def test_computed_numbers_show_no_more_places_than_their_bounds_support() -> None:
    core, before = figure("core-resources-2011"), figure("core-increase-2011")
    assert text(core.growth_from(before)) == "about 60.3%†‡"
    donors = figure("multi-year-share") * figure("core-contributors")
    assert text(donors) == "about 39†‡"
    assert text(donors, "bounds") == "between 34 and 48†‡"


def test_what_is_rounded_is_not_called_exact() -> None:
    mean = figure("csw-ngo-representatives") / figure("csw-ngos")
    assert text(mean) == "about 4.8†"
    assert text(mean, "bounds") == "about 4.8†"
    rare = figure("csw-oral-statements") / figure("csw-ngo-representatives")
    assert text(rare) == "about 0.006†‡"
    whole = figure("csw-ngo-representatives") / Quantity.constant(2)
    assert text(whole, "bounds") == "exactly 1,042†"
    assert text(figure("csw-ngos") * Quantity.constant("0.5"), "bounds") == "about 218†"


def test_bounds_are_rounded_outward() -> None:
    third = Quantity(Decimal(1) / 3, None, Decimal(1) / 3, "usd", "up_to", derived=True)
    assert text(third, "bounds") == "0.4 US dollars or less†"
    trained = figure("women-trained-marketing-ethiopia") + figure("women-trained-business-ethiopia")
    assert text(trained) == "at least 8,500†‡"
    rest = figure("core-resources-2011") - figure("donor-contribution-spain")
    assert text(rest) == "at most 100.5 million US dollars†"


def test_shares_multiply_as_fractions() -> None:
    women = figure("women-staff-share") * figure("posts-recruited-2011")
    assert text(women) == "about 91†"


def test_what_is_computed_from_several_is_said_by_its_bounds() -> None:
    relays = figure("rio-relays") * Quantity.constant(2)
    assert text(relays) == "between 4,000 and 20,000†‡"


def test_plain_text_carries_marks_and_paragraphs() -> None:
    core, non_core = figure("core-resources-2011"), figure("non-core-resources-2011")
    assert as_plain(core) == "125 million US dollars [para. 64]"
    assert as_plain(core + non_core) == "about 228 million US dollars† [para. 64]"
    assert as_plain(figure("core-increase-2011")) == "78 million US dollars‡ [para. 64]"


def test_provenance_tells_paragraph_printed_form_bounds_and_erratum() -> None:
    increase = provenance(figure("core-increase-2011"))
    assert "7800万美元 (para. 64)" in increase
    assert "qualifier: none; possible: between 77.5 million and 78.5 million US dollars" in increase
    assert "166 per cent" in increase
    assert "Reading adopted: 78 million is read as the level of the year before" in increase
    total = figure("core-resources-2011") + figure("non-core-resources-2011")
    assert "Computed: 1.25亿美元 (para. 64) + 1.03亿美元 (para. 64); possible" in provenance(total)
    assert provenance(figure("gender-theme-groups")) == "Printed: 45个国家 (para. 18); no qualifier"
    members = tables.shared()["participation"].query("in_id == 'h4-plus' and role == 'member'")
    assert "entries counted: 6 (para. 21)" in provenance(counted(members, "entity"))


def test_an_erratum_touches_whole_figures_only() -> None:
    assert "‡" in as_plain(figure("resource-target-annual"))
    assert "‡" not in as_plain(figure("core-resources-2011"))


def test_a_sentence_is_filled_and_each_number_links_to_its_source() -> None:
    core = figure("core-resources-2011")
    sentence = say("Core resources reached {core} in {core.period}.", core=core)
    assert str(sentence) == "Core resources reached 125 million US dollars in 2011."
    bundle = sentence._repr_mimebundle_()
    assert 'href="#core-resources-2011"' in bundle["text/html"]
    assert "1.25亿美元" in bundle["text/html"]
    assert bundle["text/plain"] == (
        "Core resources reached 125 million US dollars [para. 64] in 2011."
    )


def test_a_bare_number_cannot_be_said() -> None:
    with pytest.raises(TypeError, match="expected a quantity, a period or words"):
        say("Core resources reached {core}.", core=125)._repr_mimebundle_()


def test_words_and_templates_are_escaped() -> None:
    hostile = say("A < B {x}", x='"><script>alert(1)</script>').html
    assert "<script>" not in hostile
    assert "A &lt; B" in hostile
    printed = Quantity(Decimal(1), None, None, "usd", formula='"><script>', figures=('"><svg>',))
    assert "<script>" not in as_html(printed)
    assert "<svg>" not in as_html(printed)


@pytest.mark.parametrize(
    ("edtf", "said"),
    {
        "2011": "2011",
        "2012-05": "May 2012",
        "2011-01-01": "1 January 2011",
        "2012/2013": "2012–2013",
        "2012-02-27/2012-03-09": "27 Feb – 9 Mar 2012",
        "2011-06/2012": "June 2011 to 2012",
    }.items(),
)
def test_dates_keep_their_precision(edtf: str, said: str) -> None:
    assert date(Period(edtf)).replace("\u2009", " ") == said


def test_paragraphs_are_named_in_the_order_of_the_report() -> None:
    assert paragraphs(["64"]) == "para. 64"
    assert paragraphs(["66", "box-7", "18", "65", "64", "box-note"]) == (
        "paras. 18, 64–66; box, para. 7; note to the box"
    )


def test_actors_have_names_and_short_names() -> None:
    assert actor("turkiye") == "Türkiye"
    assert actor("fao", short=True) == "FAO"
    assert actor("microsoft", short=True) == "Microsoft"


IN_CHINESE = {
    "core-resources-2011": "1.25 亿美元",
    "institutional-budget-2012-2013": "两年期 1.408 亿美元",
    "regular-allotment-2011": "6 957 100 美元",
    "donor-contribution-spain": "2 500 多万美元",
    "donor-contribution-norway-uk": "约 1 500 万美元‡",
    "hashtag-accounts-csw": "200 多万‡",
    "undaf-countries": "约 20‡",
    "media-outlets-contacted": "1 600 多‡",
    "rio-relay-countries": "至少 84",
    "time-fully-operational": "18 个月",
    "turnout-women-egypt-2011": "约 46%‡",
}


@pytest.mark.parametrize(("figure_id", "said"), IN_CHINESE.items())
def test_figures_are_said_in_chinese(figure_id: str, said: str) -> None:
    with speaking("zh"):
        assert text(figure(figure_id)).replace("\u00a0", " ") == said


def test_dates_paragraphs_and_names_are_said_in_chinese() -> None:
    with speaking("zh"):
        assert date(Period("2011-11-29/2011-12-01")).replace("\u00a0", " ") == (
            "2011 年 11 月 29 日至 12 月 1 日"
        )
        assert paragraphs(["64", "18"]).replace("\u00a0", " ") == "第 18、64 段"
        assert actor("fao", short=True) == "粮农组织"
        assert actor("spain") == "西班牙"
        bounds = text(figure("core-resources-2011"), "bounds").replace("\u00a0", " ")
        assert bounds == "1.245 亿至 1.255 亿美元"


def test_a_message_without_a_translation_is_refused() -> None:
    assert translate("Nobody says this.") == "Nobody says this."
    with (
        speaking("zh"),
        pytest.raises(LanguageError, match="no translation of 'Nobody"),
    ):
        translate("Nobody says this.")
