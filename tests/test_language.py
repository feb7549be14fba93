"""How quantities, dates and sentences are said."""

import re
from decimal import Decimal

import pytest

from briefing.core.figures import counted, figure
from briefing.core.labels import actor, date, document, paragraphs
from briefing.core.language import LanguageError, speaking, translate
from briefing.core.period import Period
from briefing.core.quantity import Quantity
from briefing.core.sentences import say
from briefing.core.wording import column_form, doubts, provenance, text
from briefing.notebook.blocks import MIME, bundle, number, sentence
from briefing.sources import tables

SAID = {
    "core-resources-2011": "$125 million",
    "institutional-budget-2012-2013": "$140.8 million",
    "regular-allotment-2011": "$6,957,100",
    "resource-target-annual": "$500 million a year",
    "donor-contribution-spain": "at least $25 million",
    "donor-contribution-norway-uk": "about $15 million‡",
    "donor-contribution-australia-canada": "nearly $10 million‡",
    "donor-contribution-india-uae": "at least $1 million",
    "turnout-women-egypt-2011": "about 46%‡",
    "multi-year-share": "about 1/3",
    "web-activity-growth-2011": "8 times‡",
    "time-fully-operational": "18 months",
    "web-visits-2011": "more than 220,000",
    "focus-areas": "6",
    "rio-relays": "several thousand",
    "csw-ngo-representatives": "2,084",
}


@pytest.mark.parametrize(("figure_id", "said"), SAID.items())
def test_figures_are_said_with_qualifier_and_unit(figure_id: str, said: str) -> None:
    assert text(figure(figure_id)) == said


def test_forms_of_a_quantity() -> None:
    spain, core = figure("donor-contribution-spain"), figure("core-resources-2011")
    assert text(spain, "number") == "at least 25 million"
    assert text(spain, "value") == "$25 million"
    assert text(spain, "range") == "$25 million or more"
    assert text(figure("web-visits-2011"), "range") == "above 220,000"
    assert text(spain, "millions") == "at least 25"
    assert text(figure("regular-overpayment-2011"), "bare") == "843,535"
    assert text(figure("rio-relay-countries"), "range") == "84 or more"
    assert text(figure("web-activity-growth-2011").adopted) == "3 times‡"
    assert text(core, "range") == "between $124.5 million and $125.5 million"
    assert text(figure("csw-ngos"), "range") == "435"
    assert text(figure("resource-target-annual"), "range") == "$500 million a year"
    with pytest.raises(ValueError, match="unknown form"):
        text(core, "rounded")


def test_computed_numbers_show_no_more_places_than_their_range_supports() -> None:
    core, before = figure("core-resources-2011"), figure("core-increase-2011")
    assert text(core.growth_from(before)) == "about 60%‡"
    donors = figure("multi-year-share") * figure("core-contributors")
    assert text(donors) == "about 39"
    assert text(donors, "range") == "between 37 and 40"


def test_what_is_rounded_is_called_so() -> None:
    mean = figure("csw-ngo-representatives") / figure("csw-ngos")
    assert text(mean) == "about 4.8"
    assert text(mean, "range") == "about 4.8"
    rare = figure("csw-oral-statements") / figure("csw-ngo-representatives")
    assert text(rare) == "about 0.0058"
    whole = figure("csw-ngo-representatives") / Quantity.constant(2)
    assert text(whole, "range") == "1,042"
    assert text(figure("csw-ngos") * Quantity.constant("0.5"), "range") == "about 218"


def test_ranges_are_rounded_outward() -> None:
    third = Quantity(Decimal(1) / 3, None, Decimal(1) / 3, "usd", "up_to", derived=True)
    assert text(third, "range") == "$0.34 or less"
    trained = figure("women-trained-marketing-ethiopia") + figure("women-trained-business-ethiopia")
    assert text(trained) == "at least 8,600"
    rest = figure("core-resources-2011") - figure("donor-contribution-spain")
    assert text(rest) == "at most $100.5 million"


def test_shares_multiply_as_fractions() -> None:
    women = figure("women-staff-share") * figure("posts-recruited-2011")
    assert text(women) == "about 91"


def test_what_is_computed_from_several_is_said_by_its_range() -> None:
    relays = figure("rio-relays") * Quantity.constant(2)
    assert text(relays) == "between 4,000 and 20,000"


def test_a_number_carries_its_words_and_where_it_is_from() -> None:
    core, non_core = figure("core-resources-2011"), figure("non-core-resources-2011")
    assert number(core)["said"] == "$125 million"
    assert number(core)["origin"] == "printed"
    assert number(core + non_core)["said"] == "about $228 million"
    assert number(core + non_core)["origin"] == "computed"
    assert number(core + non_core)["figures"] == ["core-resources-2011", "non-core-resources-2011"]
    assert number(core)["source"] == "para. 64"
    doubtful = number(figure("core-increase-2011"))
    [doubt] = doubtful["doubts"]
    assert "166 per cent" in doubt and doubt not in doubtful["provenance"]
    unmarked = number(figure("core-increase-2011"), marked=False)
    assert unmarked["doubts"] == [] and doubt in unmarked["provenance"]


def test_provenance_tells_paragraph_printed_form_range_and_erratum() -> None:
    increase = provenance(figure("core-increase-2011"))
    assert "7800万美元 (para. 64)" in increase
    assert "range assumed here: between $77.5 million and $78.5 million" in increase
    [doubt] = doubts(figure("core-increase-2011"))
    assert "166 per cent" in doubt
    assert "Read as an increase from $78 million to $125 million" in doubt
    read = provenance(figure("core-increase-2011").adopted)
    assert "reading adopted of 7800万美元 (para. 64); range assumed here: between $46" in read
    total = figure("core-resources-2011") + figure("non-core-resources-2011")
    assert provenance(total) == (
        "Core resources and non-core resources together: 1.25亿美元 + 1.03亿美元 (para. 64); "
        "range assumed here: between $227 million and $229 million"
    )
    share = provenance(figure("core-resources-2011").share_of(total))
    assert share.startswith("Core resources and non-core resources: computed as 1.25亿美元 ÷ (")
    groups = provenance(figure("gender-theme-groups"))
    assert groups.startswith("Countries with a gender theme group")
    assert groups.endswith(": printed 45个国家 (para. 18)")
    gift = provenance(figure("donor-contribution-spain"))
    assert gift.startswith("Contribution of a donor, Spain: printed 2500万美元以上 (para. 65)")
    members = tables.shared()["participation"].query("in_id == 'h4-plus' and role == 'member'")
    assert "entries counted: 6 (para. 21)" in provenance(counted(members, "entity"))


def test_figures_of_a_serious_or_moderate_erratum_are_marked_and_no_others() -> None:
    tables_ = tables.shared()
    touched = tables_["figure_errata"].merge(tables_["errata"], on="erratum_id")
    doubtful = set(touched[touched["severity"] != "minor"]["figure_id"])
    assert doubtful < set(touched["figure_id"])
    for figure_id in tables_["figures"]["figure_id"]:
        quantity = figure(figure_id)
        assert ("‡" in text(quantity)) == (figure_id in doubtful), figure_id
        assert len(doubts(quantity)) == (figure_id in doubtful)


def test_a_sentence_is_filled_and_each_number_links_to_its_source() -> None:
    core = figure("core-resources-2011")
    said = say("Core resources reached {core} in {core.period}.", core=core)
    assert str(said) == "Core resources reached $125 million in 2011."
    shown = said._repr_mimebundle_()
    before, found, after = shown[MIME]["parts"]
    assert (before, after) == ("Core resources reached ", " in 2011.")
    assert found["figures"] == ["core-resources-2011"]
    assert "1.25亿美元" in shown["text/html"]
    assert shown["text/plain"] == "Core resources reached $125 million [para. 64] in 2011."


def test_a_bare_number_cannot_be_said() -> None:
    with pytest.raises(TypeError, match="expected a quantity, a period or words"):
        say("Core resources reached {core}.", core=125)


def test_words_and_templates_are_escaped() -> None:
    hostile = say("A < B {x}", x='"><script>alert(1)</script>')
    shown = bundle(sentence(hostile))["text/html"]
    assert "<script>" not in shown
    assert "A &lt; B" in shown
    printed = Quantity(Decimal(1), None, None, "usd", formula='"><script><svg>', derived=True)
    shown = printed._repr_mimebundle_()["text/html"]
    assert "<script>" not in shown
    assert "<svg>" not in shown


@pytest.mark.parametrize(
    ("edtf", "said"),
    {
        "2011": "2011",
        "2012-05": "May 2012",
        "2011-01-01": "1 January 2011",
        "2012/2013": "2012-2013",
        "2012-02-27/2012-03-09": "27 February to 9 March 2012",
        "2011-06/2012": "June 2011 to 2012",
    }.items(),
)
def test_dates_keep_their_precision(edtf: str, said: str) -> None:
    assert date(Period(edtf)).replace("\u2009", " ") == said


PARTS = {
    ("2011", "early"): ("early 2011", "2011年初"),
    ("2011", "mid"): ("mid-2011", "2011年年中"),
    ("2011", "late"): ("late 2011", "2011年后期"),
    ("2012", "first_half"): ("first half of 2012", "2012年上半年"),
    ("2012", "second_half"): ("second half of 2012", "2012年下半年"),
    ("2011-09", "before"): ("before September 2011", "2011年9月前"),
    ("2011-06", "since"): ("since June 2011", "2011年6月以来"),
    ("2012", "by_end"): ("by the end of 2012", "2012年底前"),
}


@pytest.mark.parametrize(("period", "said"), PARTS.items())
def test_a_part_of_a_period_stays_words(period: tuple[str, str], said: tuple[str, str]) -> None:
    assert date(Period(*period)) == said[0]
    with speaking("zh"):
        assert re.sub(r"\s", "", date(Period(*period))) == said[1]


def test_documents_are_named_as_in_a_sentence() -> None:
    assert document("A/RES/64/289") == "resolution 64/289"
    assert document("decision 2011/5") == "decision 2011/5"
    assert document("UNW/2011/11") == "UNW/2011/11"
    with speaking("zh"):
        assert re.sub(r"\s", "", document("A/RES/64/289")) == "第64/289号决议"


def test_paragraphs_are_named_in_the_order_of_the_report() -> None:
    assert paragraphs(["64"]) == "para. 64"
    assert paragraphs(["66", "box-7", "18", "65", "64", "box-note"]) == (
        "paras. 18, 64-66; box, para. 7; note to the box"
    )


def test_a_sentence_cites_paragraphs_by_their_ids() -> None:
    assert str(say("It grew ({paras[64]}; {paras[65 63]}).")) == (
        "It grew (para.\u00a064; paras.\u00a063, 65)."
    )
    with pytest.raises(LookupError, match="'75'"):
        say("It grew ({paras[75]}).")


def test_a_sentence_knows_the_paragraphs_that_it_refers_to() -> None:
    inner = say("It grew ({paras[65 63]})")
    assert say("{inner}, and again ({paras[box-7]}).", inner=inner).cited == ["65", "63", "box-7"]
    assert say("It grew.").cited == []


def test_actors_have_names_and_short_names() -> None:
    assert actor("turkiye") == "Türkiye"
    assert actor("fao", short=True) == "FAO"
    assert actor("microsoft", short=True) == "Microsoft"


IN_CHINESE = {
    "core-resources-2011": "1.25 亿美元",
    "institutional-budget-2012-2013": "1.408 亿美元",
    "regular-allotment-2011": "6 957 100 美元",
    "donor-contribution-spain": "至少 2 500 万美元",
    "donor-contribution-norway-uk": "约 1 500 万美元‡",
    "hashtag-accounts-csw": "200 多万‡",
    "undaf-countries": "约 20",
    "media-outlets-contacted": "1 600 多",
    "rio-relay-countries": "至少 84",
    "time-fully-operational": "18 个月",
    "turnout-women-egypt-2011": "约 46%‡",
}


@pytest.mark.parametrize(("figure_id", "said"), IN_CHINESE.items())
def test_figures_are_said_in_chinese(figure_id: str, said: str) -> None:
    with speaking("zh"):
        assert text(figure(figure_id)).replace("\u00a0", " ") == said


def test_a_column_of_large_amounts_is_in_the_unit_that_its_language_has() -> None:
    spain, core = figure("donor-contribution-spain"), figure("core-resources-2011")
    assert column_form([spain, core]) == ("millions", "$ million")
    with speaking("zh"):
        assert column_form([spain, core]) == ("millions", "美元")
        assert [text(it, "millions").replace("\u00a0", " ") for it in (spain, core)] == [
            "至少 2 500 万",
            "1.25 亿",
        ]


def test_a_count_below_ten_is_a_word_in_chinese_and_brings_no_space() -> None:
    with speaking("zh"):
        events, nations = figure("rio-side-events"), figure("evidence-pilot-countries")
        years = figure("time-since-establishment")
        assert str(say("{side_events} major side events", side_events=events)) == "两次重要会外活动"
        assert (
            str(say("{pilots} pilot countries at first", pilots=nations)) == "先在六个试点国家开展"
        )
        assert str(say("Resources, {before}", before=years)) == "两年资源"


def test_dates_paragraphs_and_names_are_said_in_chinese() -> None:
    with speaking("zh"):
        assert date(Period("2011-11-29/2011-12-01")).replace("\u00a0", " ") == (
            "2011 年 11 月 29 日至 12 月 1 日"
        )
        assert paragraphs(["64", "18"]).replace("\u00a0", " ") == "第 18、64 段"
        assert actor("fao", short=True) == "粮农组织"
        assert actor("spain") == "西班牙"
        range_ = text(figure("core-resources-2011"), "range").replace("\u00a0", " ")
        assert range_ == "1.245 亿至 1.255 亿美元"


def test_a_message_without_a_translation_is_refused() -> None:
    assert translate("Nobody says this.") == "Nobody says this."
    with (
        speaking("zh"),
        pytest.raises(LanguageError, match="no translation of 'Nobody"),
    ):
        translate("Nobody says this.")
