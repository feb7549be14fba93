"""Which qualifier a free text puts before or behind a number: about, more than, nearly."""

import re

QUALIFIERS = {
    "nearly": "nearly|almost|close to|just under|just below|approaching|a little under"
    "|将近|接近|几乎|(?<![最附])近|不到|不足",
    "at_least": "at least|no fewer than|no less than|not less than|minimum of|>=|≥"
    "|至少|不少于|不低于",
    "up_to": "at most|no more than|not more than|up to|maximum of|as many as"
    "|最多|至多|不超过|不多于",
    "less_than": "less than|fewer than|under|below|少于|低于",
    "more_than": "more than|over|above|in excess of|exceed(?:ed|ing|s)?|upwards? of|just over"
    "|slightly more than|well over|greater than|surpass(?:ed|ing)?|>|超过|逾|多于|高于|突破|超",
    "about": "about|around|approximately|approx\\.?|roughly|some|circa|ca\\.|an estimated|estimated"
    "|~|≈|in the region of|in the order of|or so|大约|大概|差不多|约为|约有|约|估计",
}
# Between 至少 and a number may stand what is done: 至少各捐了.
DONE = "(?:(?<=至少|大约|大概)[^\\W0-9a-z_约近超]{0,5})?"
BEFORE = [
    (
        q,
        re.compile(
            f"(?:(?<![a-z])(?:{w})|(?:{w})(?<![a-z]))[有为达]?{DONE}\\s*(?:an?\\s|the\\s)?$"
        ),
    )
    for q, w in QUALIFIERS.items()
]
OR_MORE = r"(?:or|and)\s(?:more|higher|above)\b|以上|或更多|或更高"
AFTER = [
    ("at_least", re.compile(rf"[^,.;，。；]{{0,12}}?\s?(?:{OR_MORE})")),
    ("more_than", re.compile(r"\s?(?:\+|plus\b|[个名家人]?有余)(?!\s?[0-9(])")),
    ("about", re.compile(r"[^,.;，。；]{0,4}?\s?(?:or\sso\b|左右|上下)")),
]


def qualifier(before: str, after: str) -> str:
    """What stands right before or behind a number says of it, as figures.csv has it, or up_to."""
    for name, pattern in BEFORE:
        if pattern.search(before):
            return name
    return next((name for name, pattern in AFTER if pattern.match(after)), "unqualified")
