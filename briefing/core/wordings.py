"""With which words a text of one's own speaks of a figure, as wordings.csv has them."""

import re
from dataclasses import dataclass, replace
from functools import cache, cached_property

from babel import Locale

from briefing.core import audit
from briefing.core.figures import figure
from briefing.core.labels import label
from briefing.core.numerals import plain
from briefing.core.quantity import Quantity
from briefing.core.wording import label_of
from briefing.sources import tables
from briefing.sources.characters import HAN

NAMES = ("name_en", "name_zh")


@dataclass(frozen=True, eq=False)
class Known:
    """A figure of the report, or what is computed from figures, and the words for it."""

    name: str
    quantity: Quantity
    kind: str
    counted: tuple[str, ...]
    subject: tuple[frozenset[str], ...]
    further: tuple[str, ...]
    against: tuple[str, ...]
    is_base: bool  # a level before the one that the report tells
    measure: str

    @cached_property
    def words(self) -> set[str]:
        return {*self.further, *(word for group in self.subject for word in group)}

    @cached_property
    def places(self) -> set[str]:
        """The countries that it is of; empty where it is of none."""
        return {word for word in self.words if place_names().fullmatch(word)}

    @cached_property
    def elsewhere(self) -> list[frozenset[str]]:
        """The groups of its subject that hold words for it in any country."""
        return [group for group in self.subject if not group & self.places]

    @property
    def is_of_subject(self) -> bool:
        row = tables.rows("figures").get(self.name)
        return row is not None and row["subject_id"] == subject_id()

    @property
    def label(self) -> str:
        """What it is, in the current language."""
        return label("wordings", self.name) if self.quantity.derived else label_of(self.name)

    @cached_property
    def is_read(self) -> bool:
        """Whether another reading of it, or of what it comes from, is adopted."""
        errata = tables.shared()["figure_errata"].dropna(subset="value_adopted")
        return bool(errata["figure_id"].isin(self.quantity.figures).any())

    @cached_property
    def readings(self) -> list[Quantity]:
        """What is printed, and what it is read as where that is another."""
        is_printed = self.is_read and not self.quantity.derived
        return [self.quantity, *([self.quantity.adopted] if is_printed else [])]

    @cached_property
    def years(self) -> set[int]:
        """The years that its period covers."""
        if self.quantity.derived:
            return set()
        parts = [int(part[:4]) for part in self.quantity.period.parts if part]
        return set(range(parts[0], parts[-1] + 1)) if parts else set()


@cache
def known() -> list[Known]:
    """Every figure, and what is computed from them, with the words for each."""
    wordings, found = tables.rows("wordings"), []
    for name, row in tables.rows("figures").items():
        of = row["indicator_id"]
        words = [wordings[key] for key in dict.fromkeys((of, name)) if key in wordings]
        if words[-1]["subject"]:  # a figure's own words stand for those of its indicator
            words = words[-1:]
        measure = tables.rows("indicators")[of]["measure"]
        found.append(_with_words(name, figure(name), words, measure))
    for name, row in wordings.items():
        if row["expression"]:
            made, _, _ = audit.sides(f"{row['expression']} = 0")
            made = replace(made, unit=row["unit_id"], derived=True)
            found.append(_with_words(name, made, [row], ""))
    return found


@cache
def all_words() -> list[str]:
    """The words of which one stands near a number that is of a figure."""
    return sorted({word for one in known() for group in one.subject for word in group})


def _with_words(name: str, quantity: Quantity, rows: list[dict[str, str]], measure: str) -> Known:
    def words(column: str) -> tuple[str, ...]:
        return tuple(word for row in rows for word in row[column].split("/") if word)

    groups = [group for row in rows for group in row["subject"].split("; ") if group]
    unit = tables.rows("units")[quantity.unit]["kind"]
    kind = unit if unit in ("money", "time") else "count"
    kind = {"percent": "percent", "share": "percent", "factor": "factor"}.get(quantity.unit, kind)
    return Known(
        name,
        quantity,
        kind,
        words("counted"),
        tuple(frozenset(group.split("/")) for group in groups),
        words("further"),
        words("against"),
        "from" in words("further"),
        measure,
    )


@cache
def nouns() -> re.Pattern[str]:
    """The nouns that figures count, the longest first."""
    words = {word for one in known() if one.kind == "count" for word in one.counted}
    longest = sorted(map(re.escape, words), key=len, reverse=True)
    return re.compile("|".join(w if HAN.match(w) else rf"(?<![\w-]){w}\b" for w in longest))


def subject_id() -> str:
    """What the report is about: the one that most figures are of."""
    return tables.shared()["figures"]["subject_id"].mode()[0]


@cache
def subject_names() -> list[str]:
    """The names of what the report is about: of the one that most figures are of."""
    actor = tables.rows("actors")[subject_id()]
    names = re.split("[()（）]", f"{actor['name_en']}({actor['name_zh']})")
    short = [plain(name).strip() for name in names if name.strip()]
    return [*short, *(name.replace("-", " ") for name in short)]


@cache
def place_names() -> re.Pattern[str]:
    """The names of all countries."""
    territories = [item for tag in ("en", "zh") for item in Locale(tag).territories.items()]
    names = {plain(name) for code, name in territories if code.isalpha()}
    longest = sorted({*names, *own_places()} - {""}, key=len, reverse=True)
    words = [re.escape(n) if HAN.match(n) else rf"\b{re.escape(n)}\b" for n in longest]
    return re.compile("|".join(words))


@cache
def own_places() -> set[str]:
    """The names of the countries that the report names, with those of their committees."""
    kinds = {"country": "", "national_committee": " national committee for"}
    rows = [row for row in tables.rows("actors").values() if row["kind"] in kinds]
    names = [(plain(row[name]), kinds[row["kind"]]) for row in rows for name in NAMES]
    names = [name.partition(kind)[0] if kind else name for name, kind in names]
    return {name.removesuffix("委员会") for name in names if "国家委员会" not in name}


@cache
def other_names() -> re.Pattern[str]:
    """The names of other organizations, which may be what a sentence is about."""
    kinds, subject = ("un_entity", "international_organization"), subject_id()
    names = {
        name.strip()
        for key, row in tables.rows("actors").items()
        if row["kind"] in kinds and key != subject
        for name in re.split("[()（）]", f"{row['name_en']}({row['name_zh']})")
    }
    return re.compile(
        rf"\b(?:{'|'.join(map(re.escape, filter(None, names)))}|UN[A-Z]{{2,}}"
        "|(?:开发|难民|人居)署|项目厅)"
    )
