"""README and docs name every command and every public name, and none that is not there."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib
import pandas as pd
import pytest
from IPython.utils.capture import capture_output

import briefing
from briefing import __main__
from briefing.sources import tables

matplotlib.use("agg")
import matplotlib.pyplot as plt

DRAWS = ("bars", "bridge", "dots", "links", "matrix", "save", "spans", "stacked", "tiles")
DOCS = {
    name: (tables.ROOT / name).read_text(encoding="utf-8")
    for name in ("README.md", "CONTRIBUTING.md", "docs/cheatsheet.md", "docs/proof.md")
}
TOLD = "\n".join(DOCS.values())
TARGETS = re.findall(
    r"^([a-z]+):", (tables.ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
)


def commands(capsys: pytest.CaptureFixture) -> set[str]:
    with pytest.raises(SystemExit):
        __main__.main(["--help"])
    [listed] = re.findall(r"\{([a-z,]+)\}", capsys.readouterr().out.partition("positional")[0])
    return set(listed.split(","))


def test_every_command_is_named_and_none_that_is_not_there(
    capsys: pytest.CaptureFixture,
) -> None:
    named = set(re.findall(r"-m briefing ([a-z]+)", TOLD)) | set(re.findall(r"make ([a-z]+)", TOLD))
    assert commands(capsys) <= named
    assert set(re.findall(r"-m briefing ([a-z]+)", TOLD)) <= commands(capsys)
    assert set(re.findall(r"`make ([a-z]+)`", TOLD)) <= set(TARGETS)


def test_every_public_name_is_named_and_none_that_is_not_there() -> None:
    code = set(re.findall(r"`([A-Za-z_]+)`", DOCS["CONTRIBUTING.md"]))
    assert set(briefing.__all__) <= code
    called = set(re.findall(r"briefing\.([a-z_]+)\(", TOLD))
    assert called and called <= set(briefing.__all__)
    assert all(getattr(briefing, name).__doc__ for name in called)


@pytest.mark.parametrize("name", DOCS)
def test_what_is_linked_to_is_there(name: str) -> None:
    linked = re.findall(r"\]\(([^)#:]+)\)", DOCS[name])
    assert not [to for to in linked if not (tables.ROOT / name).parent.joinpath(to).exists()]


def test_every_picture_of_the_docs_is_shown() -> None:
    pictures = {path.name for path in (tables.ROOT / "docs").glob("*.png")}
    assert pictures == set(re.findall(r"([a-z-]+\.png)\)", TOLD))


def example(name: str) -> str:
    """What the docstring of a public name gives as an example."""
    [found] = re.findall(r"Example: `(.+)`\.$", inspect.getdoc(getattr(briefing, name)), re.M)
    return found


EXPLAINED = [
    name
    for name in briefing.__all__
    if callable(getattr(briefing, name)) and not name.endswith("Error")
]


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """What examples speak of, in a folder beside data/."""
    (tmp_path / "data").symlink_to(tables.DATA)
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    spoken = briefing.figures().loc[["csw-oral-statements"], ["label", "quantity"]]
    frame = pd.concat([spoken, spoken.assign(label="Again", quantity=spoken["quantity"] * 2)])
    frame["other"] = frame["quantity"] * 3
    events = tables.shared()["events"].query("period == '2012'")
    events = events.assign(label=events["label_en"], when=briefing.periods(events))
    fig, ax = plt.subplots()
    briefing.bars(ax, frame, "label", "quantity")
    yield {
        "briefing": briefing,
        "pd": pd,
        "ax": plt.figure().add_subplot(),
        "actor_id": "un-women",
        "events": events,
        "fig": fig,
        "figure_id": spoken.index[0],
        "folder": tables.DATA,
        "frame": frame,
        "high": frame["quantity"].iloc[1],
        "low": frame["quantity"].iloc[0],
        "quantity": frame["quantity"].iloc[0],
        "roles": pd.DataFrame({"who": ["CSW"], "where": ["Board"], "role": ["member"]}),
        "rows": tables.shared()["participation"].head(),
        "symbol": "A/RES/64/289",
        "title": "Statements",
    }
    plt.close("all")


@pytest.mark.parametrize("name", EXPLAINED)
def test_the_example_of_every_public_name_works(name: str, names: dict[str, Any]) -> None:
    code = example(name)
    assert f"briefing.{name}" in code
    with capture_output() as captured:
        given = eval(code, names)
    assert given is not None or captured.outputs or captured.stdout or code[9:].startswith(DRAWS)
