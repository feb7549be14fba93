"""What holds for every value of a kind: printed forms, damaged tables, texts, relations."""

import csv
import io
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import configuration, example, given, settings
from hypothesis import strategies as st
from test_source import EXPECTED, SECTIONS, TEXT, recorded

from briefing.core import audit
from briefing.sources import tables
from briefing.sources.agreement import verify
from briefing.sources.characters import folded
from briefing.sources.printed import SCALES, Reading, read_printed
from briefing.sources.source import SourceError, held, lines, split

configuration.set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "hypothesis")
tried = settings(derandomize=True, database=None, deadline=None, max_examples=200)

# Printed forms ---------------------------------------------------------------------------------

COUNTERS = ["个国家", "美元", "名妇女", "次", "家", ""]
WRITTEN = {  # how a qualifier is printed around a number and its counter
    "unqualified": ["{number}{scale}{counter}"],
    "about": ["约{number}{scale}{counter}", "大约{number}{scale}{counter}"],
    "nearly": ["近{number}{scale}{counter}"],
    "more_than": ["{number}多{scale}{counter}", "{number}{scale}多{counter}"],
    "at_least": [
        "至少{number}{scale}{counter}",
        "{number}{scale}{counter}或更多",
        "{number}{scale}{counter}以上",
    ],
}
SHAPES = [
    "{a}",
    "{a}分之{b}",
    "翻了{a}番",
    "数{a}",
    "{a}多{b}",
    "{a}{b}%",
    "大约{a}分之{b}",
    "至少{a}{b}",
]
NUMERALS = st.text("零〇一二两九十百千万亿05.", max_size=3)
WHOLE = st.integers(1, 9_999)
CHINESE_DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """A whole number below ten thousand as Chinese writes it: 105 is 一百零五."""
    written, gap = "", False
    for place, unit in zip((1000, 100, 10, 1), ("千", "百", "十", ""), strict=True):
        digit = number // place % 10
        if digit:
            written += ("零" if gap and written else "") + CHINESE_DIGITS[digit] + unit
        gap = not digit
    return written.removeprefix("一") if 10 <= number < 20 else written


@st.composite
def printed_numbers(draw: st.DrawFn) -> tuple[str, str, Decimal, Decimal]:
    """A printed form, how it is qualified, its value and half a step of its last digit."""
    whole, places = draw(st.integers(1, 10**7)), draw(st.integers(0, 3))
    scale = draw(st.sampled_from(["", "万", "亿"]))
    places = places if scale else 0
    qualifier = draw(st.sampled_from(sorted(WRITTEN)))
    number = Decimal(whole).scaleb(-places)
    digits = len(str(whole)) - len(str(whole).rstrip("0"))
    step = Decimal(10) ** (digits - places) * SCALES[scale]
    form = draw(st.sampled_from(WRITTEN[qualifier]))
    counter = draw(st.sampled_from(COUNTERS))
    printed = form.format(number=f"{number:f}", scale=scale, counter=counter)
    rounded = bool(scale) or qualifier == "about"
    return printed, qualifier, number * SCALES[scale], step / 2 if rounded else Decimal(0)


@tried
@given(printed_numbers())
def test_a_number_is_read_back_from_every_form_it_is_printed_in(
    drawn: tuple[str, str, Decimal, Decimal],
) -> None:
    printed, qualifier, value, half = drawn
    room = max(half, value / 20)
    ranges = {
        "unqualified": (value - half, value + half),
        "about": (value - room, value + room),
        "nearly": (value * 9 / 10, value),
        "more_than": (value, None),
        "at_least": (value, None),
    }
    reading = read_printed(printed)
    assert (reading.qualifier, reading.value) == (qualifier, value)
    for end, expected in zip((reading.lower, reading.upper), ranges[qualifier], strict=True):
        assert end == (expected if expected is None else round(expected, 6))
    target = read_printed(printed, "target")
    assert target.lower == target.value == target.upper == value


@tried
@given(WHOLE, st.sampled_from(COUNTERS))
def test_a_chinese_numeral_is_read_as_its_digits_are(number: int, counter: str) -> None:
    reading = read_printed(in_chinese(number) + counter)
    assert reading.value == reading.lower == reading.upper == number


@tried
@given(st.integers(2, 99), st.data())
def test_a_fraction_is_read_with_a_twentieth_around(denominator: int, data: st.DataObject) -> None:
    numerator = data.draw(st.integers(1, denominator - 1))
    printed = f"{in_chinese(denominator)}分之{in_chinese(numerator)}"
    alone, about = read_printed(printed), read_printed(f"大约{printed}")
    assert abs(alone.value - Decimal(numerator) / denominator) <= Decimal("0.0000005")
    assert alone.lower == alone.value == alone.upper == about.value
    for end, twentieths in ((about.lower, 19), (about.upper, 21)):
        assert abs(Fraction(end) - Fraction(numerator * twentieths, denominator * 20)) <= Fraction(
            "0.0000005"
        )


# What changes the number after which it stands, or before.
CHANGES = [
    "{}半",
    "{}余",
    "{}来",
    "{}左右",
    "{}上下",
    "{}以下",
    "{}以内",
    "{}至9",
    "{}到九",
    "{}几",
]
CHANGES += [
    "十{}",
    "不到{}",
    "超过{}",
    "{}以外",
    "{}之多",
    "{}开外",
    "{}%",
    "{}％",
    "{}千",
    "{}亿亿",
]
CHANGES += ["{}分之一", "数{}", "两{}", "{}两", "{}，5", "{} 5", "{}.", "{}点五", "{}成", "{}多余"]


@tried
@given(st.integers(1, 10**6), st.sampled_from(COUNTERS), st.sampled_from(CHANGES), st.booleans())
def test_what_changes_a_number_is_never_read_as_the_number_alone(
    number: int, counter: str, change: str, after_counter: bool
) -> None:
    alone = f"{number}{counter}"
    printed = change.format(alone) if after_counter else change.format(number) + counter
    try:
        reading = read_printed(printed)
    except ValueError as error:
        assert repr(printed) in str(error)
        return
    assert printed == f"{number}%{counter}", (printed, reading)
    assert reading.lower < reading.value < reading.upper


@tried
@given(
    st.sampled_from(["约", "大约", "近", "至少"]),
    st.integers(1, 10**6),
    st.sampled_from(COUNTERS),
    st.sampled_from(["{}多{}", "约{}{}", "至少{}{}", "{}{}以上", "{}{}或更多", "{}{}或更高"]),
)
def test_a_number_with_two_qualifiers_is_refused(
    qualifier: str, number: int, counter: str, qualified: str
) -> None:
    with pytest.raises(ValueError, match="expected"):
        read_printed(qualifier + qualified.format(number, counter))


@tried
@given(st.sampled_from(SHAPES), NUMERALS, NUMERALS)
def test_any_other_form_is_read_within_its_bounds_or_refused(shape: str, a: str, b: str) -> None:
    printed = shape.format(a=a, b=b)
    try:
        reading = read_printed(printed)
    except ValueError as error:
        assert printed in str(error)
        return
    ends = [n for n in (reading.lower, reading.value, reading.upper) if n is not None]
    assert ends == sorted(ends)


# Every sign that may stand in a printed form, of which any few are put together.
SIGNS = [
    *"0123456789零〇一二两三四五六七八九十百千万亿.%",
    "多",
    "半",
    "余",
    "来",
    "几",
    "数",
    "分之",
]
SIGNS += [
    "约",
    "大约",
    "近",
    "至少",
    "以上",
    "或更多",
    "或更高",
    "左右",
    "以下",
    "至",
    "翻了",
    "番",
    "年",
    "人",
]
SIGNS += ["美元", "个月", "个", "成", "点", "打", *"壹佰廿萬億兆①②½Ⅱ〢٣５％‰²⼆ニ,，-−"]
AFTER = ("以上", "或更多", "或更高")


def ways(reading: Reading, words: str) -> Iterator[str]:
    """Every way to print a reading's value and qualifier with words for its counter."""
    value = reading.value
    if value is None:
        units = {2: "", 20: "十", 200: "百", 2000: "千"}
        for scale, size in SCALES.items():
            for least, unit in units.items():
                if reading.lower == least * size and unit + scale:
                    yield f"数{unit}{scale}{words}"
        return
    written = []
    for scale, size in SCALES.items():
        short = value / size
        plain = f"{short.normalize():f}"
        written += [
            (plain, scale),
            *((plain + "." * ("." not in plain) + "0" * n, scale) for n in (1, 2)),
        ]
        if short == int(short) and short < 10_000:
            chinese = in_chinese(int(short)) or "零"
            liang = re.sub("^二$|二(?=[百千])", "两", chinese)
            written += [(chinese, scale), (liang, scale)]
    for digits, scale in written:
        for sign in ("", "%"):
            number = f"{digits}{scale}{sign}{words}"
            yield from {
                "unqualified": [number],
                "about": [f"约{number}", f"大约{number}"],
                "nearly": [f"近{number}"],
                "more_than": [f"{digits}多{scale}{sign}{words}", f"{digits}{scale}{sign}多{words}"],
                "at_least": [f"至少{number}", *(number + after for after in AFTER)],
            }[reading.qualifier]


@settings(tried, max_examples=500)
@given(
    st.sampled_from(["", "", "约", "近", "至少", "数"]),
    st.lists(st.sampled_from(SIGNS), min_size=1, max_size=5).map("".join),
    st.sampled_from(["", "个", "年", "美元", "人以上"]),
)
@example("", "3多亿多", "美元")
@example("", "0多多", "")
@example("", "05", "个")
def test_no_form_is_read_as_another_number(before: str, middle: str, after: str) -> None:
    """What is read can be printed from what was read; all else is refused in a sentence."""
    printed = before + middle + after
    try:
        reading = read_printed(printed)
    except ValueError as error:
        assert repr(printed) in str(error) and "\n" not in str(error)
        return
    assert not set(printed) & set("半余来几壹佰廿萬億兆①②½Ⅱ〢٣５％‰²⼆ニ,，-−"), reading
    if "分之" in printed or "番" in printed:
        return  # which have properties of their own
    ends = [(start, end) for start in range(len(printed)) for end in range(start, len(printed) + 1)]
    counters = {
        words for a, b in ends if re.fullmatch("[年人个月美元点打]*", words := printed[a:b])
    }
    assert any(printed in ways(reading, words) for words in counters), reading


# Forms that Chinese has and the codebook does not describe.
REFUSED = """
两三个 一两个 三五个 两三年 40％ 两年半 一个半月 1年半 300万美元以下 300万美元以内
300万美元左右 500人上下 18个月以内 十五至二十个 三到五年 15至20个 百万美元 5千万美元
3亿5000万美元 1.2万亿美元 百分之四十 千分之五 上百个 半数 超过100个 不到100个
一百九十万零三千九百七十一人 100余个 二百三十余人 100来个 5打 05个 5萬名 5壹个 5‰
-5% 负5% 40²个 5½个 5〢个 5٣个 5⑵个 5ニ个 伍佰名 廿个 几千名 3多亿多
"""


@pytest.mark.parametrize("printed", REFUSED.split())
def test_a_form_that_no_rule_describes_is_refused_in_a_sentence(printed: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(printed))) as caught:
        read_printed(printed)
    assert "expected" in str(caught.value) and "\n" not in str(caught.value)


# Tables ----------------------------------------------------------------------------------------

SCHEMA = {
    "fields": [
        {
            "name": "row_id",
            "type": "string",
            "constraints": {"required": True, "pattern": "[a-z]+"},
        },
        {"name": "part_of", "type": "string"},
        {"name": "value", "type": "number"},
        {"name": "order", "type": "integer", "constraints": {"required": True, "minimum": 1}},
        {"name": "period", "type": "string", "rdfType": tables.EDTF},
        {"name": "note", "type": "string"},
    ],
    "primaryKey": ["row_id"],
    "foreignKeys": [{"fields": ["part_of"], "reference": {"resource": "", "fields": ["row_id"]}}],
}
CELLS = b"""row_id,part_of,value,order,period,note
whole,,1600,1,2011,
half,whole,0.5,2,2012-05/2013,"two, or three"
long,whole,9007199254.740991,3,,
third,half,-140.8,4,2012-02-29,\xe4\xb8\x89\xe5\x88\x86\xe4\xb9\x8b\xe4\xb8\x80
"""
PIECES = [b"", b",", b'"', b"\n", b"\r", b"\r\n", b"\0", b" ", b"0", b"9" * 20, b"-", b"=", b"."]
PIECES += [b"\xff", b"\xe4\xb8", b"\xef\xbb\xbf", "٣".encode(), "\u200b".encode(), b"NA", b"\n\n"]
PIECES += [
    b".12345678901234567",
    b"whole",
    "e\u0301".encode(),
    b"\x85",
    "\u2028".encode(),
    b"1e5",
    b"half,,,,,\n",
]


@st.composite
def damaged(draw: st.DrawFn, whole: bytes, pieces: list[bytes]) -> bytes:
    """Bytes of which a few are lost, doubled, moved, or replaced with others."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(whole)))
        end = min(len(whole), start + draw(st.sampled_from([0, 0, 1, 2, 7, 40])))
        piece = draw(st.sampled_from([*pieces, whole[start:end] * 2]))
        if draw(st.integers(0, 9)) == 0:  # the end is lost
            end, piece = len(whole), b""
        whole = whole[:start] + piece + whole[end:]
    return whole


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data package of one table with a column of every kind."""
    folder = tmp_path_factory.mktemp("package")
    schema = SCHEMA | {"fields": [field | {"description": "x"} for field in SCHEMA["fields"]]}
    table = {"name": "rows", "path": "rows.csv", "description": "x", "schema": schema}
    own = {"title": "x", "description": "x", "contributors": [{"title": "x"}]}
    own |= {"report": {"symbol": "x", "language": "zh"}, "resources": [table]}
    own |= {"created": "2012-01-01T00:00:00Z"}
    (folder / "datapackage.json").write_text(json.dumps(own), encoding="utf-8")
    return folder


@tried
@given(damaged(CELLS, PIECES))
def test_a_damaged_table_gives_faults_or_what_stands_in_it(package: Path, raw: bytes) -> None:
    (package / "rows.csv").write_bytes(raw)
    try:
        table = tables.load(package)["rows"]
    except tables.DataError as error:
        assert all(fault.startswith("rows.csv") for fault in error.faults)
        assert all("expected" in fault for fault in error.faults)
        return
    head, *rows = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    while rows and not rows[-1]:
        rows.pop()
    assert head == list(table.columns)
    assert len(rows) == len(table)
    for cells, read in zip(rows, table.itertuples(index=False), strict=True):
        assert all(map(_is_meant, cells, read)), (cells, read)


def _is_meant(cell: str, read: str | float) -> bool:
    if isinstance(read, str):
        return cell == read
    return Decimal(cell) == Decimal(repr(float(read))) if cell else read != read


JUNK = [None, True, 1, "", "(", "no", [], {}, [1], ["no"], {"name": "no"}, [[]]]


@tried
@given(st.data())
def test_a_damaged_descriptor_gives_faults_or_tables(package: Path, data: st.DataObject) -> None:
    """Anywhere in it something is replaced by something else, or lost."""
    changed = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    inside: dict | list = changed
    for _ in range(data.draw(st.integers(0, 6))):
        within = inside.values() if isinstance(inside, dict) else inside
        deeper = [value for value in within if isinstance(value, dict | list) and value]
        inside = data.draw(st.sampled_from(deeper)) if deeper else inside
    place = data.draw(
        st.sampled_from(list(inside if isinstance(inside, dict) else range(len(inside))))
    )
    if data.draw(st.booleans()):
        inside[place] = data.draw(st.sampled_from(JUNK))
    else:
        del inside[place]
    folder = package / "damaged"
    folder.mkdir(exist_ok=True)
    (folder / "rows.csv").write_bytes(CELLS)
    (folder / "datapackage.json").write_text(json.dumps(changed), encoding="utf-8")
    try:
        tables.load(folder)
    except tables.DataError as error:
        assert all(re.match("(datapackage.json|rows.csv)[,:]", fault) for fault in error.faults)


# Texts of the report ---------------------------------------------------------------------------

TORN = ["", "\n", "\n\n\n", " ", "\f", "十十. 题", "7. ", "*", "_" * 12, "1\n", "十", "。", "\0"]
TORN += [
    "A/1/2",
    "\ufeff",
    "99999999999. ",
    "数千",
    "摘要",
    "www.",
    "A. 题\n",
    "\u2028",
    "一. 题\n",
]


@tried
@given(damaged(TEXT.encode(), [piece.encode() for piece in TORN]))
def test_a_damaged_text_is_split_or_refused_and_never_changed_in_silence(raw: bytes) -> None:
    text = raw.decode(errors="ignore")
    try:
        found = {paragraph.paragraph_id: paragraph.text for paragraph in split(text)}
        faults = verify(text, recorded())
    except SourceError:
        return
    if not faults:  # the same words, if in other paragraphs, as a tool lays them out
        words = Counter("".join(EXPECTED.values()))
        assert words <= Counter("".join(line.words for line in held(text)))
        body = "".join("".join(line.words.split()) for line in lines(text))
        assert Counter(body) <= words + Counter("".join(SECTIONS.values()) + "一.二.1.2.3.*")
    assert all(
        words == "".join(words.split()) and set(words) <= set(folded(text))
        for words in found.values()
    )


# Relations -------------------------------------------------------------------------------------

WORDS = ["[csw-ngos]", "[no]", "1", "2.5", "1e9", " = ", " <= ", "<", "+", "-", "*", "/", "(", ")"]
WORDS += [
    "share",
    "growth",
    "number",
    "per_year",
    "count",
    "events",
    "start",
    "end",
    "least",
    ",",
    "theme=",
]
WORDS += [
    "__import__",
    "'os'",
    ".",
    "lambda",
    ":",
    "[",
    "]",
    "True",
    "**",
    "figure",
    "\0",
    "\ud800",
    "9" * 400,
]


@tried
@given(st.lists(st.sampled_from(WORDS), max_size=12).map("".join))
def test_any_expression_has_a_verdict_or_is_refused_in_a_sentence(expression: str) -> None:
    try:
        assert audit.verdict(expression) in audit.VERDICTS
    except audit.RelationError as error:
        assert repr(expression) in str(error)
