"""The lock is that of pyproject.toml, whole, with a hash for every file; asked without network."""

import importlib.metadata
import re
import tomllib

import pytest
from packaging.requirements import Requirement

from briefing.sources import tables

ENTRY = re.compile(r"([^\s\\][^\\]*?) (?:\\\n    --hash=sha256:[0-9a-f]{64} ?)+\n")
USERS, TESTS = (
    (tables.ROOT / name).read_text(encoding="utf-8")
    for name in ("requirements.txt", "requirements-test.txt")
)
PROJECT = tomllib.loads((tables.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DIRECT = r"[a-z0-9-]+(\[[a-z0-9,-]+\])?"  # a name, and extras of it
GROUPS = {"kernel": PROJECT["dependencies"]} | PROJECT["optional-dependencies"]


def pins(lock: str) -> list[Requirement]:
    return [Requirement(pin) for pin in ENTRY.findall(lock)]


def name(requirement: Requirement) -> str:
    return re.sub("[-_.]+", "-", requirement.name).lower()


def applies(requirement: Requirement, extra: str = "") -> bool:
    """Whether a requirement is one of this machine's."""
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def needed(package: str, extra: str) -> list[Requirement]:
    """What a package needs here, by its own metadata."""
    described = map(Requirement, importlib.metadata.requires(package) or [])
    return [requirement for requirement in described if applies(requirement, extra)]


def reached(groups: list[str]) -> dict[str, list[Requirement]]:
    """All that groups of pyproject.toml need here, direct or not, with what is asked of each."""
    found: dict[str, list[Requirement]] = {}
    left, seen = [Requirement(text) for group in groups for text in GROUPS[group]], set()
    while left:
        requirement = left.pop()
        found.setdefault(name(requirement), []).append(requirement)
        for extra in {"", *requirement.extras}:
            if (name(requirement), extra) not in seen:
                seen.add((name(requirement), extra))
                left += needed(requirement.name, extra)
    return found


def test_every_line_of_the_lock_is_an_exact_pin_with_hashes() -> None:
    for lock in (USERS, TESTS):
        assert "".join(match.group() for match in ENTRY.finditer(lock)) == lock
    for pin in pins(USERS + TESTS):
        assert [clause.operator for clause in pin.specifier] == ["=="], pin
        assert not pin.url and "*" not in str(pin.specifier), pin


def test_the_lock_is_that_of_pyproject() -> None:
    """On this machine each lock pins all that is needed, and nothing else."""
    assert set(reached(["kernel", "render", "draft", "lab"])) == {
        name(pin) for pin in pins(USERS) if applies(pin)
    }
    here = {name(pin): pin.specifier for pin in pins(USERS + TESTS) if applies(pin)}
    wanted = reached(list(GROUPS))
    assert set(here) == set(wanted)
    for package, requirements in wanted.items():
        [clause] = here[package]
        for requirement in requirements:
            assert requirement.specifier.contains(clause.version, prereleases=True), requirement


def test_what_is_installed_is_what_the_lock_pins() -> None:
    for pin in pins(USERS + TESTS):
        if applies(pin):
            installed = importlib.metadata.version(pin.name)
            assert pin.specifier.contains(installed, prereleases=True), (pin, installed)


def test_direct_dependencies_are_sorted_and_name_no_version() -> None:
    """Versions stand in the lock alone."""
    for group in GROUPS.values():
        assert group == sorted(group)
        assert [text for text in group if not re.fullmatch(DIRECT, text)] == []


LOCKED = "\t$(RUN) pip install --quiet --no-deps --require-hashes -r "


@pytest.mark.parametrize(
    ("file", "lines"),
    [
        ("Makefile", [f"{LOCKED}requirements.txt\n", f"{LOCKED}requirements-test.txt\n"]),
        ("environment.yml", ["  - pip:\n      - -r requirements.txt\n"]),
        ("postBuild", ["exec python -m pip install --no-deps --editable .\n"]),
    ],
)
def test_whatever_installs_installs_the_lock(file: str, lines: list[str]) -> None:
    """Beside the lock pip may be given nothing else: it refuses a folder, which has no hash."""
    text = (tables.ROOT / file).read_text(encoding="utf-8")
    assert all(text.count(line) == 1 for line in lines)
    installs = (
        lines[0].partition("install ")[0] + "install " if file != "environment.yml" else "- -"
    )
    assert text.count(installs) == len(lines)


def test_each_direct_dependency_is_explained_to_who_would_replace_it() -> None:
    text = (tables.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    _, table = text.split("| --- | --- | --- |\n")
    listed = re.findall(r"^\| ([a-z0-9, -]+) \| .+ \| .+ \|$", table, re.MULTILINE)
    named = [part for entry in listed for part in entry.split(", ")]
    direct = {name(Requirement(text)) for group in GROUPS.values() for text in group}
    assert named == sorted(direct)
