"""The command line tells faults in sentences and leaves files whole."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO

import nbformat
import pytest

from briefing import __main__
from briefing.core import audit
from briefing.notebook import navigation
from briefing.publish import editions, pages
from briefing.sources import tables


def run(
    *arguments: str, root: Path = tables.ROOT, stderr: IO | int = subprocess.PIPE
) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "briefing", *arguments]
    return subprocess.run(command, cwd=root, stdout=subprocess.PIPE, stderr=stderr, text=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project with what its commands need."""
    for part in ("briefing", "data", "notebooks", "locale"):
        shutil.copytree(tables.ROOT / part, tmp_path / part)
    shutil.copy(tables.ROOT / "requirements.txt", tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", ["notebooks", "briefings", "codebook"])
def test_a_broken_table_stops_a_command_before_it_writes(project: Path, command: str) -> None:
    figures = project / "data" / "figures.csv"
    figures.write_text(figures.read_text(encoding="utf-8").replace(",435,", ",４35,", 1))
    files = [it for it in project.rglob("*") if it.is_file() and it.suffix != ".pyc"]
    before = {path: path.read_bytes() for path in files}
    result = run(command, root=project)
    assert result.returncode == 1
    assert "column value: '４35' is not a plain decimal" in result.stderr
    assert "Traceback" not in result.stderr
    after = {path: path.read_bytes() for path in before}
    assert after == before
    assert not (project / "site").exists()


def test_a_notebook_that_does_not_run_is_named_in_a_sentence(project: Path) -> None:
    """It stands alone, as others would be run as well."""
    notebook = project / "notebooks" / "04-funding.ipynb"
    for path in (project / "notebooks").rglob("*.ipynb"):
        if path.stem != "04-funding":
            path.unlink()
    text = notebook.read_text(encoding="utf-8").replace(r"q[\"core-", r"q[\"cor-", 1)
    notebook.write_text(text, encoding="utf-8")
    result = run("notebooks", root=project)
    assert result.returncode == 1
    assert "04-funding.ipynb, cell 3: KeyError" in result.stderr
    assert "Traceback" not in result.stderr
    assert notebook.read_text(encoding="utf-8") == text


def test_a_notebook_of_ones_own_is_on_a_page_in_one_round(project: Path) -> None:
    """In the language it is written in; only it is written, and nothing need be translated.

    How far a command is cannot be told here, which is no fault.
    """
    cells = [
        nbformat.v4.new_markdown_cell("# Mine: a page\n\nOne number.", id="title"),
        nbformat.v4.new_code_cell(
            'import briefing\nbriefing.say("{n} came.", n=briefing.figure("csw-ngos"))', id="code"
        ),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": editions.KERNELSPEC})
    nbformat.write(notebook, project / "notebooks" / "11-mine.ipynb")
    with open("/dev/full", "w") as full:
        result = run("briefings", "11-mine", "--edition", "en", root=project, stderr=full)
    assert result.returncode == 0
    written = {path.name for path in (project / "site").rglob("*") if path.is_file()}
    assert written == {"11-mine.html", "11-mine.pdf"}
    page = (project / "site" / "en" / "11-mine.html").read_text(encoding="utf-8")
    assert ">435</a> came." in page and "435个" in page


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["12-none"], "no notebook '12-none', expected one of 00-overview, 01-coordination"),
        (["--edition", "fr"], "no edition 'fr', expected one of en, zh"),
    ],
)
def test_an_edition_or_a_notebook_that_is_not_there_is_told(
    capsys: pytest.CaptureFixture, arguments: list[str], told: str
) -> None:
    assert __main__.main(["briefings", *arguments]) == 1
    assert told in capsys.readouterr().err


def test_show_prints_all_that_is_known(capsys: pytest.CaptureFixture, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    numbered = "".join(f"{number}. 句。\n" for number in range(1, 64))
    report.write_text(numbered + "64. 第一句。增幅达 7 800\n\n万美元(60%)。\n", encoding="utf-8")
    assert __main__.main(["show", "core-increase-2011", "--report", str(report)]) == 0
    said = capsys.readouterr().out
    assert "Increase in core resources: $78 million‡" in said
    assert "7800万美元 (para. 64)" in said
    assert "Read as an increase" in said
    assert "status: actual" in said
    assert "(contradicts)" in said
    assert "sentence: 增幅达7800万美元(60%)。" in said


def test_show_says_that_a_text_holds_no_such_sentence(
    capsys: pytest.CaptureFixture, tmp_path: Path
) -> None:
    report = tmp_path / "report.txt"
    for text in ("1. 句。\n", "".join(f"{number}. 句。\n" for number in range(1, 65))):
        report.write_text(text, encoding="utf-8")
        assert __main__.main(["show", "core-increase-2011", "--report", str(report)]) == 0
        told = "sentence: none was found, expected 7800万美元 in paragraph 64"
        assert told in capsys.readouterr().out


def test_a_reader_that_has_read_enough_is_no_fault_to_be_traced() -> None:
    command = [sys.executable, "-m", "briefing", "show", "core-increase-2011"]
    show = subprocess.Popen(
        command, cwd=tables.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    show.stdout.close()
    assert (show.stderr.read(), show.wait()) == (b"", 1)
    show.stderr.close()


@pytest.mark.parametrize(
    ("output", "told"),
    [
        (">&-", ""),
        (
            ">/dev/full",
            "what is said, or a temporary file, cannot be written (No space left on device)\n",
        ),
    ],
)
def test_an_output_that_cannot_be_written_is_told(output: str, told: str) -> None:
    command = f'"{sys.executable}" -m briefing show core-increase-2011 {output}'
    show = subprocess.run(
        command, shell=True, cwd=tables.ROOT, stderr=subprocess.PIPE, encoding="utf-8"
    )
    assert (show.stderr, show.returncode) == (told, int(bool(told)))


def test_what_cannot_be_told_is_not_said_instead(
    capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", None)  # as it is where it was closed
    assert __main__.main(["show", "none-such"]) == 1
    assert capsys.readouterr().out == ""
    sys.stderr.close()


def test_codebook_writes_what_stands_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = shutil.copytree(tables.DATA, tmp_path / "data")
    monkeypatch.setattr(tables, "DATA", copy)
    text = (copy / "README.md").read_text(encoding="utf-8")
    (copy / "README.md").write_text(text[:-500], encoding="utf-8")
    assert __main__.main(["codebook"]) == 0
    assert (copy / "README.md").read_text(encoding="utf-8") == text


def test_the_hooks_run_what_is_run_anyway() -> None:
    """Hooks need no network, and check no more and no less than `make test` does."""
    hooks = (tables.ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    entries = re.findall(r"entry: \.venv/bin/python -m (.+)", hooks)
    assert entries == ["ruff check .", "ruff format --check .", "briefing check"]
    assert re.findall("repo: (.+)", hooks) == ["local"]
    assert hooks.count("language: system") == hooks.count("- id: ") == len(entries)
    make = (tables.ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(f"$(RUN) {entry}\n" in make for entry in entries[:2])


def test_a_text_that_is_not_the_report_is_named(
    capsys: pytest.CaptureFixture, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Words.", encoding="utf-8")
    assert __main__.main(["show", "csw-ngos", "--report", str(other)]) == 1
    told = "no paragraph was found, expected the text of the report"
    assert capsys.readouterr().err == f"{other}: {told}\n"


@pytest.mark.parametrize("command", ["briefings", "handouts"])
def test_nothing_is_written_that_figures_contradict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture, command: str
) -> None:
    monkeypatch.setattr(pages, "SITE", tmp_path)
    monkeypatch.setattr(audit, "faults", lambda: iter(["relations.csv, row 2: is contradicted"]))
    assert __main__.main([command]) == 1
    assert capsys.readouterr().err == "relations.csv, row 2: is contradicted\n"
    assert not [*tmp_path.rglob("*.html"), *tmp_path.rglob("*.docx")]


@pytest.mark.parametrize("stale", ["codebook", "04-funding", "csw-ngos"])
def test_check_finds_what_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture, stale: str
) -> None:
    notebooks = shutil.copytree(navigation.NOTEBOOKS, tmp_path / "notebooks")
    data = shutil.copytree(tables.DATA, tmp_path / "data")
    monkeypatch.setattr(tables, "ROOT", tmp_path)
    monkeypatch.setattr(navigation, "NOTEBOOKS", notebooks)
    monkeypatch.setattr(tables, "DATA", data)
    monkeypatch.setattr(
        editions,
        "changed",
        lambda path, language: (
            ["its cells", "data/a.csv#b", *["data/c.csv"] * (language == "zh")]
            if stale in path.stem
            else []
        ),
    )
    if stale == "codebook":
        codebook = data / "README.md"
        codebook.write_text(codebook.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    figures = tables.rows("figures")
    if stale in figures:
        monkeypatch.setitem(figures, stale, figures[stale] | {"printed": "434个非政府组织"})
    assert __main__.main(["check"]) == 1
    told = capsys.readouterr().err.splitlines()
    if stale in figures:
        assert [line.split(", expected")[0] for line in told] == [
            "data/numerals.csv, row 135, column printed: '435个' is not in '434个非政府组织' "
            "(data/figures.csv, row 21, column printed: csw-ngos)"
        ]
    elif stale == "codebook":
        assert told == ["data/README.md is stale: run `python -m briefing codebook`."]
    else:
        run = "run `python -m briefing notebooks`."
        assert told == [
            f"its cells, data/a.csv#b changed; 2 are stale (04-funding, zh/04-funding): {run}",
            f"data/c.csv changed; 1 are stale (zh/04-funding): {run}",
        ]
