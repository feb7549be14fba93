"""A person's own text with its numbers marked, as JupyterLab and a page show it."""

import re
from collections.abc import Iterable
from html import escape, unescape

import pandas as pd

from briefing.core import draft as core
from briefing.core.draft import Finding, check
from briefing.core.judgement import WRONG
from briefing.core.language import current, translate
from briefing.core.passage import Passage

# What each verdict is called, and the colour of its mark; inline styles are what Lab keeps.
GOOD, DOUBT, BAD, OPEN = "#d9ead3", "#fce5cd", "#f4c7c3", "#e3e3e3"
VERDICTS = {
    "agrees": ("agrees", GOOD),
    "drops_qualifier": ("drops the report's qualifier", BAD),
    "too_exact": ("more exact than printed", BAD),
    "out_of_range": ("outside the range", BAD),
    "other_unit": ("other unit, period or subject", BAD),
    "reading": ("a reading, not what is printed", DOUBT),
    "doubtful": ("unclear or inconsistent in the report", DOUBT),
    "not_in_report": ("not in the report", BAD),
    "cannot_tell": ("cannot tell", OPEN),
}
HEADS = ("Line", "Number", "Verdict", "The report")
NONE = "No number of the report stands in this text."
TOLD = "{verdict}. {why}"
MARK = '<mark style="background:{};color:#111;padding:0 2px;{}" title="{}">{}</mark>'
WORSE = "border-bottom:3px double #a61c00"  # which colour alone would not tell everybody
PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{title}</title>
<style>body{{max-width:46em;margin:2em auto;padding:0 1em;font:16px/1.5 sans-serif}}
td,th{{padding:.2em .6em .2em 0;vertical-align:top;text-align:left}}
:root{{color-scheme:light dark}}</style></head>
<body><main>
<h1>{title}</h1>
{body}
</main></body></html>
"""
CODE = re.compile(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1[^\n]*|\Z)", re.MULTILINE | re.DOTALL)
# What is raised behind a word as the number, letter or sign of a note.
NOTE = r"(?:[^\w<>]*(?:[0-9]+|[A-Za-z])\b)*[^\w<>]*"
# What Markdown does not show, with a space before it, and words around which it has signs.
UNSEEN = re.compile(
    r" ?(?:<!--.*?(?:-->|\Z)|~~(?=\S)[^~]+~~|<(del|s|strike)\b[^<>]*>[^<]*</\1>)"
    rf"|<sup>{NOTE}</sup>",
    re.DOTALL,
)
SIGNS = (
    (re.compile(r"!?\[(?!\^?[0-9]+\]\(#)([^\[\]]*)\]\([^()\n]*\)"), r"\1"),
    (re.compile(r"(?<![0-9*])(\*{1,3})(?=[^\s*])([^*]+)(?<=\S)\1(?![0-9*])"), r"\2"),
    (re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])([^_]+)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"(?<=[0-9])~(?=[A-Za-z])"), " "),
)
QUOTE = re.compile(r"(?:^[ \t]*>.*\n?)+", re.MULTILINE)
QUOTED = re.compile(r"(?<=\n)[ \t]*>[ \t>]*")  # but where a quotation begins
# A heading or a row of a table is a line; any other goes on until one begins anew.
PASSAGE = re.compile(
    r"^[ \t]*[#|].*|^.*\S \|.*|^(?=.*\S).*(?:\n(?![ \t]*(?:$|[#|>]|[-*+] )|.*\S \|).*)*",
    re.MULTILINE,
)


def furniture() -> None:
    """Say all that may be said of a draft, so that it is known to be asked."""
    core.furniture()
    for message in (*HEADS, NONE, TOLD, *(name for name, _ in VERDICTS.values())):
        translate(message)


def called(finding: Finding) -> str:
    return translate(VERDICTS[finding.verdict][0])


def told_of(finding: Finding) -> str:
    """A verdict and why, as one."""
    return translate(TOLD).format(verdict=called(finding), why=finding.why)


class Checked:
    """A text and what is to be said of its numbers; shows itself marked."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self.passages = list(passages)
        self.findings: list[Finding] = check(self.passages)

    @property
    def is_wrong(self) -> bool:
        return any(finding.verdict in WRONG for finding in self.findings)

    def _rows(self) -> list[tuple[str, ...]]:
        return [(str(one.line), one.said, called(one), one.why) for one in self.findings]

    def __repr__(self) -> str:
        """The findings as a table."""
        widths = [max(map(len, column)) for column in zip(*self._rows(), strict=True)][:3]
        lines = ["  ".join([*map(str.ljust, row, widths), row[-1]]) for row in self._rows()]
        return "\n".join(lines) or translate(NONE)

    def _repr_html_(self) -> str:
        places = range(len(self.passages))
        parts = [f'<p style="white-space:pre-wrap">{self._marked(place)}</p>' for place in places]
        if self.findings:
            table = pd.DataFrame(self._rows(), columns=[translate(head) for head in HEADS])
            with pd.option_context("display.max_colwidth", None):
                written = table.to_html(index=False, border=0, justify="left")
                parts.append(written.replace("<td>", '<td style="text-align:left">'))
        return "\n".join(parts)

    def _marked(self, place: int) -> str:
        """A passage in HTML with a mark at each of its numbers."""
        text, at, marked = self.passages[place].text, 0, ""
        for one in self.findings:
            if one.passage == place:
                style = (VERDICTS[one.verdict][1], WORSE if one.verdict in WRONG else "")
                said = escape(text[one.start : one.end])
                marked += escape(text[at : one.start])
                marked += MARK.format(*style, escape(told_of(one)), said)
                at = one.end
        return marked + escape(text[at:])

    def page(self, title: str) -> str:
        """The marked text as a page of its own."""
        return PAGE.format(language=current(), title=escape(title), body=self._repr_html_())


def draft(text: str) -> Checked:
    """A text of your own with each number marked that is, or may be, of the report.

    It tells whether the number agrees, and if not what the report says; `.findings` holds the same
    as data. A file is read by `python -m briefing draft FILE`.

    Example: `briefing.draft("Core resources rose to $125 million in 2011.")`.
    """
    return Checked(passages(text))


def passages(text: str) -> list[Passage]:
    """The paragraphs of a text or of Markdown, its headings, items and rows, with their lines."""
    for unseen in (CODE, UNSEEN):
        text = unseen.sub(lambda match: "\n" * match[0].count("\n"), text)
    for pattern, shown in SIGNS:
        text = pattern.sub(shown, text)
    text = QUOTE.sub(lambda match: QUOTED.sub("", match[0]), unescape(text))
    found, line, at = [], 1, 0
    for match in PASSAGE.finditer(text):
        line, at = line + text.count("\n", at, match.start()), match.start()
        found.append(Passage(match[0], line, has_lines=True))
    return found
