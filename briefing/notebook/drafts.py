"""A person's own text with its numbers marked, as JupyterLab and a page show it."""

import html
from collections.abc import Iterable

from briefing.core import draft as core
from briefing.core.draft import WRONG, Finding, Passage, check
from briefing.core.language import current, translate

# Of a verdict: what it is called, and the colours of its mark; inline styles are what Lab keeps.
GOOD, DOUBT, BAD, OPEN = "#d9ead3", "#fce5cd", "#f4c7c3", "#e3e3e3"
COLOURS = {"agrees": GOOD, "reading": DOUBT, "doubtful": DOUBT, "cannot_tell": OPEN}
COLOURS |= dict.fromkeys(WRONG, BAD)
HEADS = ("Line", "Number", "Verdict", "The report")
NONE = "No number of the report stands in this text."
TOLD = "{verdict}. {why}"


def furniture() -> None:
    """Say all that may be said of a draft, so that it is known to be asked."""
    core.furniture()
    verdicts()
    for message in (*HEADS, NONE, TOLD):
        translate(message)


def verdicts() -> dict[str, str]:
    """What each verdict is called."""
    return {
        "agrees": translate("agrees"),
        "drops_qualifier": translate("drops the report's qualifier"),
        "too_exact": translate("more exact than printed"),
        "out_of_range": translate("outside the range"),
        "other_unit": translate("other unit, period or subject"),
        "reading": translate("a reading, not what is printed"),
        "doubtful": translate("doubtful in the report"),
        "not_in_report": translate("not in the report"),
        "cannot_tell": translate("cannot tell"),
    }


def told_of(finding: Finding) -> str:
    """A verdict and why, as one."""
    return translate(TOLD).format(verdict=verdicts()[finding.verdict], why=finding.why)


class Checked:
    """A text and what is to be said of its numbers; shows itself marked."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self.passages = list(passages)
        self.findings: list[Finding] = check(self.passages)

    @property
    def is_wrong(self) -> bool:
        return any(finding.verdict in WRONG for finding in self.findings)

    def __repr__(self) -> str:
        """The findings as a table."""
        names = verdicts()
        rows = [(str(f.line), f.said, names[f.verdict], f.why) for f in self.findings]
        widths = [max((len(row[i]) for row in rows), default=0) for i in range(3)]
        lines = [
            "  ".join([*(cell.ljust(w) for cell, w in zip(row[:3], widths, strict=True)), row[3]])
            for row in rows
        ]
        return "\n".join(lines) or translate(NONE)

    def _repr_html_(self) -> str:
        names, parts = verdicts(), []
        for place, passage in enumerate(self.passages):
            at, marked = 0, ""
            for finding in (one for one in self.findings if one.passage == place):
                told = html.escape(told_of(finding))
                style = f"background:{COLOURS[finding.verdict]};color:#111;padding:0 2px"
                if finding.verdict in WRONG:  # which colour alone would not tell everybody
                    style += ";border-bottom:3px double #a61c00"
                said = html.escape(passage.text[finding.start : finding.end])
                marked += html.escape(passage.text[at : finding.start])
                marked += f'<mark style="{style}" title="{told}">{said}</mark>'
                at = finding.end
            parts.append(
                f'<p style="white-space:pre-wrap">{marked}{html.escape(passage.text[at:])}</p>'
            )
        heads = [translate(head) for head in HEADS]
        rows = [(str(f.line), f.said, names[f.verdict], f.why) for f in self.findings]
        cells = [
            "".join(f'<td align="left">{html.escape(cell)}</td>' for cell in row) for row in rows
        ]
        head = "".join(f'<th align="left">{html.escape(name)}</th>' for name in heads)
        body = "".join(f"<tr>{row}</tr>" for row in cells)
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return "\n".join([*parts, table if rows else ""])

    def page(self, title: str) -> str:
        """The marked text as a page of its own."""
        words = html.escape(title)
        style = "body{max-width:46em;margin:2em auto;padding:0 1em;font:16px/1.5 sans-serif}"
        style += "td,th{padding:.2em .6em .2em 0;vertical-align:top}:root{color-scheme:light dark}"
        return (
            f'<!DOCTYPE html>\n<html lang="{current()}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><title>{words}</title>'
            f"<style>{style}</style></head>\n<body><main>\n<h1>{words}</h1>\n{self._repr_html_()}"
            "\n</main></body></html>\n"
        )


def draft(text: str) -> Checked:
    """A text of your own with each number marked that is, or may be, of the report.

    It tells whether the number agrees, and if not what the report says; `.findings` holds the same
    as data. A file is read by `python -m briefing draft FILE`.

    Example: `briefing.draft("Core resources rose to $125 million in 2011.")`.
    """
    return Checked(Passage(*part) for part in paragraphs(text))


def paragraphs(text: str) -> list[tuple[str, int]]:
    """The paragraphs of a text, its headings, items and rows of tables each, with their lines."""
    found: list[tuple[str, int]] = []
    lines, first, is_code = [], 1, False
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        stripped = line.strip()
        if stripped.startswith(("```", "~~~")):
            is_code = not is_code
        begins = stripped.startswith(("#", "- ", "* ", "+ ", "|", ">", "```", "~~~"))
        if lines and (not stripped or begins or is_code or lines[-1].startswith(("#", "|"))):
            found.append(("\n".join(lines), first))
            lines = []
        if stripped and not is_code and not stripped.startswith(("```", "~~~")):
            first = first if lines else number
            lines.append(line)
    return found
