"""Every number has an address: a card that says all, a row of data/, a node of linked data."""

import csv
import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
import rdflib
from rdflib import namespace
from rdflib.namespace import PROV, RDF
from rdflib.plugins.parsers.jsonld import to_rdf
from test_pages import Elements, read

from briefing.core import audit
from briefing.core.figures import figure
from briefing.core.language import languages
from briefing.publish.freshness import data_version
from briefing.sources import tables

FIGURES = tables.shared()["figures"].to_dict("records")
ROWS = list(csv.reader((tables.DATA / "figures.csv").read_text(encoding="utf-8").splitlines()))
VERSION = tables.descriptor()["version"]
SCHEMA = "https://schema.org/"
NEWER = {f"{SCHEMA}StatisticalVariable", f"{SCHEMA}observationAbout"}  # than rdflib's list of terms


@pytest.fixture(scope="module", params=languages())
def cards(request: pytest.FixtureRequest, site: Path) -> dict[str, str]:
    """The words of each entry of a language's page of cards, by id."""
    return {name: words(card) for name, card in entries(site, request.param).items()}


@pytest.fixture(scope="module")
def english(site: Path) -> dict[str, str]:
    """The HTML of each English entry, by id."""
    return entries(site, "en")


def entries(site: Path, language: str) -> dict[str, str]:
    page = read(site, "figures", language)
    return dict(re.findall(r'<article id="([^"]+)">(.*?)</article>', page, re.DOTALL))


def words(card: str) -> str:
    return " ".join(Elements(card).words.split())


def test_every_figure_has_a_card_that_leads_to_its_row(cards: dict[str, str]) -> None:
    assert [name for name in cards if name in figure] == list(figure)
    for row in FIGURES:
        card = cards[row["figure_id"]]
        [n] = re.findall(rf"(\d+)(?: of data/figures.csv, |\s行，){row['figure_id']}\b", card)
        assert ROWS[int(n) - 1][0] == row["figure_id"]
        assert card.count(row["printed"]) >= 2, "as a fact, and in the citation"


def test_a_card_holds_every_erratum_reading_and_relation(english: dict[str, str]) -> None:
    plain = {name: words(card) for name, card in english.items()}
    touched = tables.shared()["figure_errata"].merge(tables.shared()["errata"], on="erratum_id")
    for row in touched.to_dict("records"):
        assert row["reason_en"] in plain[row["figure_id"]]
        adopted = "Reading adopted here" in plain[row["figure_id"]]
        assert adopted == (row["value_adopted"] == row["value_adopted"])
    for row in audit.verdicts().to_dict("records"):
        for key in audit.FIGURE.findall(row["expression"]):
            assert f"{row['statement_en']} {row['verdict'].capitalize()}." in plain[key]


def test_a_computed_number_leads_to_each_of_its_figures(english: dict[str, str]) -> None:
    several = [name for name in english if "+" in name]
    assert len(several) > 10
    for name in several:
        links = {a["href"] for a in Elements(english[name]).of("a")}
        assert {f"#{key}" for key in name.split("+")} <= links
    assert 'href="#core-resources-2011+non-core-resources-2011"' in english["core-resources-2011"]


def test_a_card_links_to_the_places_that_show_its_figure(
    site: Path, english: dict[str, str]
) -> None:
    """The page names the figure below the heading that the link leads to."""
    links = [
        (key, a["href"])
        for key in english
        for a in Elements(english[key]).of("a")
        if re.match(r"\d\d-", a["href"])
    ]
    assert {key for key, _ in links} == set(english)
    for key, link in links[::7]:
        name, _, heading = link.partition(".html")
        shown = read(site, name, "en").partition("<main>")[2]
        if heading:
            place = f'id="{heading[1:]}"'
            shown = re.split("<h[123]", shown[shown.index(place) :])[0]
        numbers = re.findall(r'(?:#|data-card=")([^" ]+)" title="', shown)
        assert [it for it in numbers if key == it or key in it.split("+")], link


def test_the_addresses_that_readme_gives_are_there(site: Path) -> None:
    told = (tables.ROOT / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"`(site/[a-z]+/[a-z0-9-]+\.html)(?:#([a-z0-9-]+))?`", told)
    assert len(found) >= 3
    for path, key in found:
        written = (tables.ROOT / path).read_text(encoding="utf-8")
        assert not key or f'<article id="{key}">' in written


def test_all_name_one_version(cards: dict[str, str]) -> None:
    cited = (tables.ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall("^version: (.+)$", cited, re.MULTILINE) == [VERSION]
    for row in FIGURES:
        assert VERSION in cards[row["figure_id"]] and data_version() in cards[row["figure_id"]]


@pytest.fixture(scope="module")
def graph(site: Path) -> rdflib.Graph:
    document = json.loads((site / "figures.json").read_text(encoding="utf-8"))
    return to_rdf(document, rdflib.Graph(), base=f"{site.as_uri()}/")


def test_linked_data_use_terms_that_there_are(graph: rdflib.Graph) -> None:
    used = {predicate for _, predicate, _ in graph} | set(graph.objects(None, RDF.type))
    known = {rdflib.URIRef(term) for term in NEWER} | {RDF.type}
    assert {term for term in used if term not in namespace.SDO and term not in PROV} == known
    linked = {o for _, p, o in graph if isinstance(o, rdflib.URIRef) and p != RDF.type}
    ours = {node for node in linked if node.startswith("urn:")}
    assert ours and ours <= set(graph.subjects())


def test_linked_data_hold_every_figure_with_range_and_source(graph: rdflib.Graph) -> None:
    base = tables.descriptor()["id"]
    for row in FIGURES:
        node = rdflib.URIRef(f"{base}#figures/{row['figure_id']}")
        for name, column in (("value", "value"), ("minValue", "lower"), ("maxValue", "upper")):
            said = [float(it) for it in graph.objects(node, rdflib.URIRef(SCHEMA + name))]
            assert said == [row[column]] * (row[column] == row[column])
        [origin] = graph.objects(node, PROV.wasDerivedFrom)
        assert str(origin) == f"{base}#paragraphs/{row['paragraph_id']}"
        assert str(graph.value(node, PROV.value)) == row["printed"]
        for page in graph.objects(node, namespace.SDO.url):
            path, _, key = str(page).removeprefix("file://").partition("#")
            assert f'<article id="{key}">' in Path(unquote(path)).read_text(encoding="utf-8")
    adopted = rdflib.URIRef(f"{base}#figures/core-increase-2011/adopted")
    assert float(graph.value(adopted, namespace.SDO.value)) == 47_000_000
    sums = graph.subjects(PROV.wasDerivedFrom, rdflib.URIRef(f"{base}#figures/core-resources-2011"))
    assert any(str(graph.value(node, namespace.SDO.value)) == "about $228 million" for node in sums)
