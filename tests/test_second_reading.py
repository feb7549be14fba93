"""data/ is what two readings of the report found, the second without sight of the first."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from briefing.sources import tables

HERE = Path(__file__).resolve().parent / "second_reading"
READ = ["figures", "events", "participation", "actors", "citations", "components", "numerals"]
TIMES = {"date": "time", "year": "time"}  # a phrase and a year are cut in two ways
THEMES = ("coordination", "knowledge_hub")  # whose building blocks were read
Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def first(table: str) -> list[Row]:
    return rows(tables.DATA / f"{table}.csv")


def second(table: str) -> list[Row]:
    return rows(HERE / f"{table}.csv")


def line(cells: Iterable[str]) -> str:
    """Cells as a line of CSV."""
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="").writerow(cells)
    return written.getvalue()


def coded(table: list[Row], *columns: str) -> Counter[str]:
    return Counter(line(row[name] for name in columns) for row in table)


SETTLED = second("settled")
NAMES = {(row["printed"], row["paragraph_id"]): row["actor_id"] for row in second("names")}
TITLES = {(row["printed"], row["paragraph_id"]): row["symbol"] for row in second("titles")}


def named(known: dict[tuple[str, str], str], printed: str, paragraph_id: str) -> str:
    """The key in data/ of what the reader named as it is printed; "" where it has none."""
    return known.get((printed, paragraph_id)) or known.get((printed, ""), "")


def both(table: str) -> tuple[Counter[str], Counter[str]]:
    """What the second reader coded, and what data/ says, in the same words."""
    return READINGS[table]()


def of_columns(table: str, *columns: str) -> tuple[Counter[str], Counter[str]]:
    return coded(second(table), *columns), coded(first(table), *columns)


def of_participation() -> tuple[Counter[str], Counter[str]]:
    read = set()
    for row in second("participation"):
        place = row["paragraph_id"]
        ends = named(NAMES, row["actor"], place), named(NAMES, row["in"], place)
        if all(ends):
            read.add(line([place, *ends, row["role"], row["status"], row["period"]]))
    columns = "paragraph_id", "actor_id", "in_id", "role", "status", "period"
    return Counter(read), coded(first("participation"), *columns)


def of_actors() -> tuple[Counter[str], Counter[str]]:
    kinds: dict[str, str] = {}
    for row in second("actors"):
        actor_id = named(NAMES, row["printed"], "")
        if actor_id:
            kinds.setdefault(actor_id, row["kind"])
    found = [row for row in first("actors") if row["actor_id"] in kinds]
    return Counter(map(line, kinds.items())), coded(found, "actor_id", "kind")


def of_citations() -> tuple[Counter[str], Counter[str]]:
    read = {
        (named(TITLES, row["printed"], row["paragraph_id"]), row["paragraph_id"])
        for row in second("citations")
    }
    cited = Counter(line(pair) for pair in read if pair[0])
    return cited, coded(first("citations"), "symbol", "paragraph_id")


def of_components() -> tuple[Counter[str], Counter[str]]:
    status = {(row["paragraph_id"], row["printed"]): row["status"] for row in second("components")}
    read = [
        line([row["component_id"], place, status[place, row["printed"]]])
        for row in second("blocks")
        for place in [row["paragraph_id"]]
    ]
    ours = [row for row in first("components") if row["theme"] in THEMES]
    return Counter(read), coded(ours, "component_id", "paragraph_id", "status")


def is_whole(printed: str, phrase: str) -> bool:
    """Whether a numeral is in a phrase with its counter and all of its digits."""
    ends_open = "-" not in printed and re.search("[0-9一二三四五六七八九十百千]$", printed)
    before = "(?<![0-9])" if printed[0].isdigit() else ""
    after = "(?![年月日号段届个次名家份项位0-9十百千])" if ends_open else ""
    return printed not in phrase or bool(re.search(before + re.escape(printed) + after, phrase))


def of_numerals() -> tuple[Counter[str], Counter[str]]:
    """Each numeral of data/, in order, with the class of the reader's phrase that holds it."""
    phrases: dict[str, list[tuple[str, str]]] = {}
    for row in second("numerals"):
        phrases.setdefault(row["paragraph_id"], []).append((row["printed"], row["class"]))
    read, ours = [], []
    for row in first("numerals"):
        place, printed = row["paragraph_id"], row["printed"]
        left = phrases.get(place, [])
        held = [n for n, (phrase, _) in enumerate(left) if printed in phrase or phrase in printed]
        if held:
            del left[: held[0]]
            whole = printed if is_whole(printed, left[0][0]) else f"{printed}, cut out of a word"
            read.append(line([place, whole, TIMES.get(left[0][1], left[0][1])]))
        ours.append(line([place, printed, TIMES.get(row["class"], row["class"])]))
    return Counter(read), Counter(ours)


FIGURE = "paragraph_id", "printed", "qualifier", "value", "period", "period_basis", "status"
EVENT = "paragraph_id", "printed", "period", "part", "status"
READINGS = {
    "figures": lambda: of_columns("figures", *FIGURE),
    "events": lambda: of_columns("events", *EVENT),
    "participation": of_participation,
    "actors": of_actors,
    "citations": of_citations,
    "components": of_components,
    "numerals": of_numerals,
}


@pytest.mark.parametrize("table", READ)
def test_a_table_is_what_was_read_twice_but_for_what_was_settled(table: str) -> None:
    expected, found = both(table)
    settled = [row for row in SETTLED if row["table"] == table]
    for row in settled:
        if row["second"]:
            assert expected[row["second"]], f"{row['second']} was not read"
            expected[row["second"]] -= 1
        if row["adopted"]:
            expected[row["adopted"]] += 1
    assert found == +expected


def test_documents_are_of_the_kinds_that_were_read() -> None:
    read: dict[str, set[str]] = {}
    for row in second("citations"):
        symbol = named(TITLES, row["printed"], row["paragraph_id"])
        read.setdefault(symbol, set()).add(row["kind"])
    for row in (row for row in SETTLED if row["table"] == "documents"):
        read[row["second"].split(",")[0]].add(row["adopted"].split(",")[1])
    for document in first("documents"):
        if document["symbol"] in read:
            assert document["kind"] in read[document["symbol"]], document


def test_each_difference_and_each_name_left_out_has_a_reason() -> None:
    for row in SETTLED:
        assert row["reason"].endswith("."), row
        assert row["second"] != row["adopted"], row
    for row in second("names"):
        assert bool(row["actor_id"]) != bool(row["reason"]), row
    for row in second("titles"):
        assert bool(row["symbol"]) != bool(row["reason"]), row


def test_its_page_tells_how_much_was_read_and_settled() -> None:
    settled = Counter(row["table"] for row in SETTLED)
    counts = [(table, len(second(table)), settled[table]) for table in READ]
    page = (HERE / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+)` \| ([0-9]+) \| ([0-9]+) \|$", page, re.MULTILINE)
    assert [(table, int(read), int(differ)) for table, read, differ in told] == counts
