"""What a text's bytes and characters are: what is read as it is meant, and what is named instead.

The text of a PDF, a browser or a word processor holds characters that look right and are not. What
has one meaning is folded; the rest is named by line, so that no numeral is lost in silence.
"""

import html
import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from functools import cache

HAN = re.compile("[\u4e00-\u9fff]")  # a Chinese character
CHINESE = "零〇一二两三四五六七八九十百千"
FORMAL = "壹贰叁肆柒捌玖佰仟廿卅卌"  # numerals of cheques, which stand in no other word
FORMAL_OR_WORD = "伍陆拾"
COUNTERS = "个月|美元|[个名次家份项位届场条人年月日级段号街大番封批种类组轮节座倍]"
# Control and format characters, exotic spaces, private use and the replacement character.
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u180e\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u2800\u3000\u3164\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff9-\ufffd\U000e0000-\U0010ffff]"
)
BREAKS = "\n\v\f\u2028\u2029"
# Marks that show nothing; those that turn the order of characters round are not among them.
NOTHING = re.compile(
    "[\xad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202c\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0100-\U000e01ef]"
)
DASH = re.compile(
    "(?<=[0-9A-Za-z])[‐‑‒–−](?=[0-9A-Za-z])|(?<=[0-9]) ?[-‐‑‒–−—⁃～~]{1,2} ?(?=[0-9])"
)
SOFT = re.compile("(?<=[0-9]{4})\xad(?=[0-9]{4})")  # a dash as some fonts have it
# What pages and Markdown write around words: tags, backslashes before signs, marks of bold words,
# quotes and links.
MARKUP = re.compile(
    r"</?[A-Za-z][^<>\n]*>|\\(?=[!-/:-@\[-`{-~]|$)|(?<!\*)\*\*(?!\*)|^> ?"
    r"|\[([^\[\]\n]+)\]\([^()\s]+\)",
    re.MULTILINE,
)
KEPT = "，：；！？"  # which Chinese writes wide
FORMS = ("<wide>", "<narrow>", "<small>", "<font>", "<vertical>")  # of one character
# Radicals that are whole characters, where Unicode's own forms lack them.
RADICALS = "⺒⺓⺜⺝⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⼾"
MEANT = "巳幺日月民虎西见角贝车長长门青韦页风飞食首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙户"
LIKE = dict(zip(RADICALS, MEANT, strict=True)) | dict.fromkeys("・‧•∙⋅", "·") | {"⸺": "——"}
LIKE |= dict.fromkeys("―─", "—") | dict.fromkeys("⁄∕", "/")
ROUND = "Oo○◯ОΟ"  # letters of three scripts and circles, each like a nought
UNKNOWN = r"\(cid:[0-9]+\)"  # a tool's word for a character of a font that it does not know
# What stands among numerals and may change them, and what is expected instead.
DOUBTFUL = [
    (
        r"(?<![0-9])[0-9]+(?:[,'’·٬][0-9]+)+|(?<![0-9.])[0-9]{1,3}(?:，[0-9]{3})+(?![0-9])",
        "digits alone",
    ),
    (r"(?<![0-9A-Za-z./_)-])[-‐‑‒–−][0-9]+", "no sign before digits"),
    (
        rf"[{CHINESE}][{ROUND}0]\s*[{CHINESE}]|(?<![0-9A-Za-z./])[0-9]+[{ROUND}〇零口]+[0-9]+"
        rf"|(?<![0-9A-Za-z./])[0-9]+[{ROUND}〇零口]+(?![A-Za-z\u4e00-\u9fff])",
        "a nought",
    ),
    (
        r"(?<![0-9A-Za-z./])[0-9]*[Il|丨][0-9.]*[0-9]|(?<![0-9A-Za-z./])[0-9]+[Il|丨](?![A-Za-z])",
        "the digit 1",
    ),
    (r"[□■▯◻☐☒]|/uni[0-9A-F]{4}|<[0-9A-F]{4}>", "the character that it stands for"),
    ("(?<=[0-9]{4})一(?=[0-9]{4})", "a dash"),
    (rf"[0-9{CHINESE}]\s*[萬億兆]", "万 or 亿"),
    (UNKNOWN, "the character that it stands for"),
    (
        rf"[。，；：”》)][0-9]{{1,2}}(?!{COUNTERS}|[{CHINESE}万亿多余来几至到和或及与国分])[\u4e00-\u9fff]"
        rf"|。[0-9]{{1,2}}(?=\s*\Z|\s*\n\s*(?![0-9]+(?![0-9.])|{COUNTERS})\S)",
        "a footnote's mark on a line of its own, or a space before a number",
    ),
]
SHOWN = 3  # lines or paragraphs that are named of a cause
TOLD = 10  # causes that are told
FILES = {b"%PDF": "a PDF", b"PK": "a workbook or a Word file", b"\xd0\xcf": "a workbook"}
FILES |= {b"{\\rtf": "RTF"} | dict.fromkeys((b"<html", b"<!DOCTYPE", b"<!doctype"), "HTML")
CONFLICT = "^(?:<{7}|={7}|>{7}|[|]{7})(?: .*)?\r?$"  # as git leaves it
DAMAGE = {
    CONFLICT: "has a conflict of a merge, expected one of its sides",
    "\0": "holds a NUL character, expected none",
    r"\Aversion https://git-lfs": "only names a file that git keeps apart, expected that file: "
    "run `git lfs pull`",
}
ENOUGH = 0.7  # the share of a text's bytes that tells which encoding they are in


def decode(raw: bytes) -> tuple[str | None, str]:
    """The text of a file, without a byte-order mark and with LF, or where and what it is instead.

    What is told begins with `:` or `, row`, as it follows the file's name.
    """
    for start, kind in FILES.items():
        if raw.startswith(start):
            return None, f": is {kind}"
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in raw[:2]:
        is_wide = b"\0\0" in raw[:4]
        return None, ": is UTF-32" if is_wide else ": is UTF-16, called Unicode Text in Windows"
    try:
        text = raw.decode("utf-8").lstrip("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        return None, f", row {row}: is not UTF-8{_looks(raw)}"
    if turned := _turned(text):
        return None, f": was opened as {turned} and saved as UTF-8, which garbles Chinese"
    return text, ""


def damaged(text: str) -> tuple[int, str]:
    """The first line that no program wrote so, and what is wrong with it; 0 where there is none."""
    for pattern, told in DAMAGE.items():
        if found := re.search(pattern, text, re.MULTILINE):
            return text[: found.start()].count("\n") + 1, told
    return 0, ""


def _looks(raw: bytes) -> str:
    """Which encoding of Chinese bytes look like, judged by how common the characters are."""
    for codec, common in (("gb18030", "gb2312"), ("big5", "big5")):
        with suppress(UnicodeDecodeError):
            words = "".join(HAN.findall(raw.decode(codec)))
            if words and len(words.encode(common, "ignore")) >= ENOUGH * 2 * len(words):
                return f" (it looks like {codec.upper()})"
    return ""


def _turned(text: str) -> str:
    """The encoding that UTF-8 was taken for before it was saved; "" where it was not."""
    parts = re.findall(r"[^\x00-\x7f\ufffd]{3,12}", text)[:60]
    for codec in ("gb18030", "cp1252", "latin-1", "mac_roman", "cp437", "cp850"):
        found = 0
        for part in parts:
            raw = part.encode(codec, "ignore")
            found += 3 * len(HAN.findall(raw.decode("utf-8", "ignore"))) >= ENOUGH * len(raw) > 0
        if found > len(parts) / 3:
            return codec.upper()
    return ""


def folded(text: str) -> str:
    """A text in which each character that is another's form, or shows nothing, is as it is meant.

    Lines stay where they are. Chinese punctuation stays wide. The marks of pages and of Markdown
    are left out.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = NOTHING.sub("", SOFT.sub("-", html.unescape(MARKUP.sub(r"\1", text))))
    return DASH.sub("-", text.translate({ord(sign): _meant(sign) for sign in set(text)}))


def _meant(sign: str) -> str:
    plain, kind = unicodedata.normalize("NFKC", sign), unicodedata.category(sign)
    if kind == "Zs" or sign == "\t":
        return " "
    if sign in KEPT or sign in LIKE:
        return LIKE.get(sign, sign)
    is_form = unicodedata.decomposition(sign).split(" ")[0] in FORMS
    is_word = kind[0] == "L" or (kind[0] != "N" and HAN.fullmatch(plain))
    return LIKE.get(plain, plain) if is_form or is_word else sign


def other_forms(text: str) -> list[str]:
    """The letters and digits that are another's form, or of another alphabet."""
    return [] if text.isascii() else [sign for sign in dict.fromkeys(text) if _is_other(sign)]


@cache
def _is_other(sign: str) -> bool:
    return _meant(sign).isalnum() and (_meant(sign) != sign or not _is_known(sign))


def strange(text: str) -> list[str]:
    """One sentence for each character or mark in a folded text that may be a numeral, or is none.

    Each is named with its line.
    """
    found: dict[tuple[str, str], list[int]] = {}
    known = {sign: _is_known(sign) for sign in set(text)}
    for number, line in enumerate(text.split("\n"), start=1):
        for sign in (sign for sign in line if not known[sign]):
            name = unicodedata.name(sign, "a control or private character")
            what = f"{sign!r} (U+{ord(sign):04X} {name})"
            cause = (what, "the letter, digit or sign it stands for")
            found.setdefault(cause, []).append(number)
    for pattern, expected in DOUBTFUL:
        for match in re.finditer(pattern, text):
            number = text.count("\n", 0, match.start()) + 1
            found.setdefault((repr(match.group()), expected), []).append(number)
    told = [f"{_lines(at)}: {what}, expected {other}" for (what, other), at in found.items()]
    rest = [f"{len(told) - TOLD} more of this kind, expected none"] if len(told) > TOLD else []
    return told[:TOLD] + rest


def _is_known(sign: str) -> bool:
    kind = unicodedata.category(sign)[0]
    if sign in BREAKS or HAN.match(sign) or sign == "〇":
        return True
    if UNSEEN.match(sign) or kind in "CM":
        return False
    if kind == "L":
        name = unicodedata.name(sign)
        is_han = name.startswith("CJK UNIFIED") and unicodedata.numeric(sign, None) is None
        return name.startswith("LATIN") or is_han
    if kind == "N":
        return sign.isascii()
    plain = unicodedata.normalize("NFKC", sign)
    is_numeral = plain != sign and re.search(f"[0-9{CHINESE}]", plain)
    return not is_numeral and not re.match("CJK|KANGXI", unicodedata.name(sign, ""))


def _lines(numbers: list[int]) -> str:
    return f"line{'s' if len({*numbers}) > 1 else ''} {first_few(numbers)}"


def first_few(places: Iterable[int | str]) -> str:
    """The first of some lines or paragraphs, and how many more there are."""
    names = list(dict.fromkeys(map(str, places)))
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
