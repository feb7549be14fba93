"""Figures as linked data: JSON-LD, in the words of schema.org and, for their sources, of PROV."""

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from briefing.core.language import ENGLISH, languages
from briefing.sources import tables

if TYPE_CHECKING:
    from briefing.publish.cards import Entry

LINKS = ("isBasedOn", "isPartOf", "license", "observationAbout", "url", "variableMeasured")
CONTEXT = {
    "@vocab": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "from": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "member": {"@id": "prov:hadMember", "@type": "@id"},
} | {name: {"@type": "@id"} for name in LINKS}
ENDS = {"value": "value", "minValue": "lower", "maxValue": "upper"}
Node = dict[str, Any]


def linked(shown: dict[str, "Entry"], inputs: str) -> str:
    """Figures, readings adopted and what is computed of them, with their sources, as JSON-LD.

    shown: what the pages of an edition show. inputs: the digest of all that it is made from. Values
    are in base units; an open end is left out. Links to cards begin at the folder of the file.
    """
    descriptor, data = tables.descriptor(), tables.shared()
    report, spoken = descriptor["report"], descriptor["report"]["language"]
    observed = [*_figures(data), *_adopted(data), *_computed(shown)]
    dataset = {
        "@id": descriptor["id"],
        "@type": ["Dataset", "prov:Collection"],
        **{name: descriptor[name] for name in ("name", "description", "version", "keywords")},
        "alternateName": descriptor["title"],
        "license": descriptor["licenses"][0]["path"],
        "creator": {"@type": "Organization", "name": descriptor["contributors"][0]["title"]},
        "identifier": inputs,
        "isBasedOn": report["url"],
        "member": [node["@id"] for node in observed],
    }
    source = {
        "@id": report["url"],
        "@type": ["Report", "prov:Entity"],
        "name": [_in(ENGLISH, report["title"]), _in(spoken, report[f"title_{spoken}"])],
        "reportNumber": report["symbol"],
        "inLanguage": spoken,
    }
    kind = ["CreativeWork", "prov:Entity"]
    paragraphs = [
        {"@id": f"data:paragraphs/{key}", "@type": kind, "position": key, "isPartOf": report["url"]}
        for key in data["figures"]["paragraph_id"].unique()
    ]
    measured = _named(data["indicators"], "indicators", "StatisticalVariable", "label")
    used = data["actors"]["actor_id"].isin(data["figures"]["subject_id"])
    subjects = _named(data["actors"][used], "actors", "Thing", "name")
    nodes = [dataset, source, *paragraphs, *measured, *subjects, *observed]
    context = CONTEXT | {"data": f"{descriptor['id']}#"}
    return json.dumps({"@context": context, "@graph": nodes}, ensure_ascii=False, indent=1) + "\n"


def _in(language: str, words: str) -> Node:
    return {"@value": words, "@language": language}


def _both(row: Node, column: str) -> list[Node]:
    """A label in every language that data/ has it in."""
    begin = f"{column}_"
    return [_in(it.removeprefix(begin), row[it]) for it in row if it.startswith(begin)]


def _named(table: pd.DataFrame, name: str, kind: str, label: str) -> list[Node]:
    return [
        {"@id": f"data:{name}/{row[table.columns[0]]}", "@type": kind, "name": _both(row, label)}
        for row in table.to_dict("records")
    ]


def _figures(data: tables.Tables) -> list[Node]:
    units = data["units"].set_index("unit_id")["label_en"]
    return [
        _observation(f"figures/{row['figure_id']}", row["figure_id"])
        | _range(row)
        | {
            "unitText": units[row["unit_id"]],
            "variableMeasured": f"data:indicators/{row['indicator_id']}",
            "observationAbout": f"data:actors/{row['subject_id']}",
            **({"observationDate": row["period"]} if row["period"] else {}),
            "additionalProperty": [
                {"@type": "PropertyValue", "name": name, "value": row[name]}
                for name in ("status", "qualifier", "period_basis")
                if row[name]
            ],
            "prov:value": _in(tables.report()["language"], row["printed"]),
            "from": f"data:paragraphs/{row['paragraph_id']}",
        }
        for row in data["figures"].to_dict("records")
    ]


def _adopted(data: tables.Tables) -> list[Node]:
    adopted = data["figure_errata"].dropna(subset="value_adopted").merge(data["errata"])
    return [
        _observation(f"figures/{key}/adopted", key)
        | _range(row, "_adopted")
        | {"description": _both(row, "reading"), "from": f"data:figures/{key}"}
        for key, row in zip(adopted["figure_id"], adopted.to_dict("records"), strict=True)
    ]


def _computed(shown: dict[str, "Entry"]) -> list[Node]:
    """What pages compute from figures, in the words that they say it in."""
    return [
        _observation(f"computed/{where}/{place}", where)
        | {"value": words, "description": origin}
        | {"from": [f"data:figures/{key}" for key in entry.figures]}
        for where, entry in shown.items()
        if entry.figures
        for place, (origin, words) in enumerate(entry.told.items(), start=1)
    ]


def _observation(key: str, card: str) -> Node:
    cards = [f"{language}/figures.html#{card}" for language in languages()]
    return {"@id": f"data:{key}", "@type": ["Observation", "prov:Entity"], "url": cards}


def _range(row: Node, suffix: str = "") -> Node:
    found = {name: row[column + suffix] for name, column in ENDS.items()}
    return {it: int(end) if end.is_integer() else end for it, end in found.items() if pd.notna(end)}
