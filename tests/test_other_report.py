"""Another report, invented: what the package reads of its text, and that only data/ knows which."""

import zipfile
from pathlib import Path

from briefing.sources import source, tables

TEXT = (Path(__file__).resolve().parent / "data" / "second_report.txt").read_text(encoding="utf-8")
SYMBOL = "A/68/9001"
PARAGRAPHS = ["summary", "1", "2", "3", "4", "fn-1", "fn-2", "5", "6"]
PARAGRAPHS += ["box-1", "box-2", "box-note", "7", "8", "9", "10"]
SECTIONS = {"summary": "摘要", "I": "导言", "II": "站点与人员", "II.A": "站点", "II.B": "人员"}
SECTIONS |= {"II.box": "观测员日", "III": "经费", "IV": "结论"}


def test_the_text_gives_symbol_paragraphs_sections_and_numerals() -> None:
    paragraphs, titles, within = source.split(TEXT), {}, {}
    for line in source.lines(TEXT):
        if line.paragraph_id:
            within.setdefault(line.paragraph_id, line.section_id)
        else:
            words = "".join(line.words.split())
            titles[line.section_id] = titles.get(line.section_id, "") + words
    assert source.symbol(TEXT) == SYMBOL
    assert [paragraph.paragraph_id for paragraph in paragraphs] == PARAGRAPHS
    assert titles == SECTIONS
    assert [within[name] for name in ("fn-2", "box-note", "6", "7")] == [
        *("II.A", "II.box", "II.B", "III")
    ]
    rules = source.census({})
    found = [numeral for p in paragraphs for numeral in source.numerals(p, rules)]
    assert len(found) == 56
    assert sum(numeral.guess == "figure" for numeral in found) == 34


def _text(file: Path) -> str:
    """All that a file says; of an Office file, all that its parts say."""
    if not zipfile.is_zipfile(file):
        return file.read_text(encoding="utf-8")
    with zipfile.ZipFile(file) as parts:
        return "\n".join(parts.read(name).decode("utf-8") for name in parts.namelist())


def test_nothing_but_data_knows_the_report() -> None:
    """No name that stands in data/ for this report stands in the package."""
    shared, report = tables.shared(), tables.descriptor()["report"]
    actors = shared["actors"].query("kind != 'country'")
    names = {report["symbol"], report["title"], report["title_zh"], *report["names_with_digits"]}
    names |= {*report["census"]["numerals"], *shared["documents"]["symbol"]}
    names |= {*actors["name_en"], *actors["name_zh"], *shared["sections"]["title_en"][1:]}
    names |= {name for name in shared["figures"]["figure_id"] if "-" in name}
    names |= {name for name in shared["indicators"]["theme"] if "_" in name}
    files = [p for p in (tables.ROOT / "briefing").rglob("*") if p.is_file()]
    for file in files:
        if file.suffix != ".pyc":
            text = _text(file)
            for said in ("Microsoft YaHei", "he Secretary-General's report"):  # a font; any report
                text = text.replace(said, "")
            assert not [name for name in names if name in text], file
