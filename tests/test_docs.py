"""README and docs name every command and every public name, and none that is not there."""

import re

import pytest

import briefing
from briefing import __main__
from briefing.sources import tables

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
