"""Bad inputs other than data/, each with all that is told of it."""

import base64
from collections.abc import Callable

from briefing.core import labels
from briefing.core.figures import figure
from briefing.core.sentences import say
from briefing.core.wording import text
from briefing.sources import tables
from briefing.sources.printed import read_printed

LANGUAGE = "zh"

# The bytes of a text of the report; None where there is none.
REPORTS: dict[str, tuple[bytes | None, str]] = {
    "is not there": (
        None,
        "REPORT: cannot be read (No such file or directory), expected the report's text in UTF-8",
    ),
    "is not UTF-8": (b"1\xff", "REPORT, row N: is not UTF-8, expected the report's text in UTF-8"),
    "is in UTF-16": (
        "报告".encode("utf-16"),
        "REPORT: is UTF-16, called Unicode Text in Windows, expected the report's text in UTF-8",
    ),
    "is in GB18030": (
        "秘书长的报告".encode("gb18030"),
        "REPORT, row N: is not UTF-8 (it looks like GB18030), expected the report's text in UTF-8",
    ),
    "has characters that cannot be read": (
        "1. ③个国家中的1,600人\n占(cid:7)\ue000。\n".encode(),
        "REPORT: line 1: '③' (U+2462 CIRCLED DIGIT THREE), expected the letter, digit or sign it "
        "stands for\n"
        "REPORT: line 2: '\\ue000' (U+E000 a control or private character), expected the letter, "
        "digit or sign it stands for\n"
        "REPORT: line 1: '1,600', expected digits alone\n"
        "REPORT: line 2: '(cid:7)', expected the character that it stands for",
    ),
    "is empty": (b"", "REPORT: is empty, expected the report's text"),
    "is RTF": (rb"{\rtf1\ansi", "REPORT: is RTF, expected the report's text in UTF-8"),
    "is HTML": (b"<!DOCTYPE html>", "REPORT: is HTML, expected the report's text in UTF-8"),
    "is a PDF": (b"%PDF-1.7", "REPORT: is a PDF, expected the report's text in UTF-8"),
    "is in English": (
        b"1. An English version.\n",
        "REPORT: is not in Chinese, expected the version in that language",
    ),
    "is coded for mail": (
        b"1. =E5=88=AB=E7=9A=84=E6=8A=A5\n",
        "REPORT: '=E5=88=AB' is a code for characters, expected them as they are read: save it as "
        "plain text where it opens",
    ),
    "is in letters alone": (
        base64.encodebytes("1. 别的报告。\n".encode() * 9),
        "REPORT: 'MS4g5Yir55qE5oql5ZGK44CCCjEuIOWIq+eahOaK' is a code for characters, expected "
        "them as they are read: save it as plain text where it opens",
    ),
    "is coded as in a program": (
        rb"1. \u522b\u7684\u62a5",
        r"REPORT: '\\u522b\\u7684' is a code for characters, expected them as they are read: save "
        "it as plain text where it opens",
    ),
    "is another report": (
        "1. 别的报告。\n".encode(),
        "REPORT: is another text, expected one with a paragraph that is recorded",
    ),
    "has no paragraph": (
        "别的报告。\n".encode(),
        "REPORT: no paragraph was found, expected the text of the report",
    ),
    "has a heading that is no number": (
        "十十. 导言\n\n1. 别的报告。\n".encode(),
        "REPORT: is another text, expected one with a paragraph that is recorded",
    ),
}

# What is put in the place of something in the Chinese PO file.
CATALOGS: dict[str, tuple[tuple[bytes, bytes], str]] = {
    "is not UTF-8": (
        ("约".encode(), b"\xff"),
        "zh, notebooks.po, row N: is not UTF-8, expected UTF-8",
    ),
    "has a line without quotation marks": (
        ('msgstr "约'.encode(), "msgstr 约".encode()),
        "zh, notebooks.po, row N: 'msgstr 约 {number}\"' cannot be read, expected msgid or "
        "msgstr and quoted words",
    ),
    "has a quotation mark too many": (
        ('msgstr "约'.encode(), 'msgstr ""约'.encode()),
        'zh, notebooks.po, row N: \'msgstr ""约 {number}"\' cannot be read, expected msgid or '
        "msgstr and quoted words",
    ),
    "has a keyword that is none": (
        (b'msgid "about {number}"', b'msgit "about {number}"'),
        "zh, notebooks.po, row N: 'msgit \"about {number}\"' cannot be read, expected "
        "msgid or msgstr and quoted words",
    ),
    "has a plural": (
        (b'msgid "about {number}"', b'msgid_plural "x"\nmsgid "about {number}"'),
        "zh, notebooks.po, row N: 'msgid_plural \"x\"' cannot be read, expected msgid "
        "or msgstr and quoted words",
    ),
    "has another placeholder": (
        ("约 {number}".encode(), "约 {nummer}".encode()),
        "zh, notebooks.po, row N: the translation of 'about {number}' has other "
        "placeholders, expected {number}",
    ),
    "has a placeholder too few": (
        ("约 {number}".encode(), "约".encode()),
        "zh, notebooks.po, row N: the translation of 'about {number}' has other "
        "placeholders, expected {number}",
    ),
    "has a lone brace": (
        ("约 {number}".encode(), "约 {number".encode()),
        "zh, notebooks.po, row N: the translation of 'about {number}' has other "
        "placeholders, expected {number}",
    ),
    "has a message twice": (
        (b'msgid "about {number}"', b'msgid "about {number}"\nmsgstr ""\n\nmsgid "about {number}"'),
        "zh, notebooks.po, row N: a message stands more than once, expected each once",
    ),
    "is of another language": (
        (b"Language: zh", b"Language: fr"),
        "zh, notebooks.po, row N: is of language 'fr', expected 'zh'",
    ),
    "has a conflict of a merge": (
        (b'msgid "about {number}"', b"<<<<<<< HEAD\nmsgid"),
        "zh, notebooks.po, row N: '<<<<<<< HEAD' cannot be read, expected msgid or "
        "msgstr and quoted words\n"
        "zh, notebooks.po, row N: 'msgid' cannot be read, expected msgid or msgstr "
        "and quoted words",
    ),
}

RELATIONS: dict[str, str] = {
    "__import__('os').system('true') = 1": (
        "\"__import__('os').system('true') = 1\": \"__import__('os').system('true')\" is "
        "not allowed in a relation, expected what the codebook names"
    ),
    "open('/etc/passwd') = 1": (
        "\"open('/etc/passwd') = 1\": \"open('/etc/passwd')\" is not allowed in a "
        "relation, expected what the codebook names"
    ),
    "eval('1') = 1": (
        "\"eval('1') = 1\": \"eval('1')\" is not allowed in a relation, expected what "
        "the codebook names"
    ),
    "(lambda: 1)() = 1": (
        "'(lambda: 1)() = 1': '(lambda: 1)()' is not allowed in a relation, expected "
        "what the codebook names"
    ),
    "[core-resources-2011].formula = 1": (
        "'[core-resources-2011].formula = 1': "
        "\"figure('core-resources-2011').formula\" is not allowed in a relation, "
        "expected what the codebook names"
    ),
    "figure('core-resources-2011').__class__ = 1": (
        "\"figure('core-resources-2011').__class__ = 1\": "
        "\"figure('core-resources-2011').__class__\" is not allowed in a relation, "
        "expected what the codebook names"
    ),
    "[x for x in (1, 2)] = 1": (
        "'[x for x in (1, 2)] = 1': '[x for x in (1, 2)]' is not allowed in a "
        "relation, expected what the codebook names"
    ),
    "1 if 1 else 2 = 1": "'1 if 1 else 2 = 1' is no relation, expected A = B, A <= B or A < B",
    "2 ** 9999 = 1": (
        "'2 ** 9999 = 1': '2 ** 9999' is not allowed in a relation, expected what "
        "the codebook names"
    ),
    "'a' = 'a'": (
        "\"'a' = 'a'\": \"'a'\" is not allowed in a relation, expected what the codebook names"
    ),
    "True = 1": (
        "'True = 1': 'True' is not allowed in a relation, expected what the codebook names"
    ),
    "1j = 1": ("'1j = 1': '1j' is not allowed in a relation, expected what the codebook names"),
    "1e999 = 1": "'1e999 = 1': a number is too large, expected a smaller one",
    "1 = 1 = 1": "'1 = 1 = 1' is no relation, expected A = B, A <= B or A < B",
    "1 + 1": "'1 + 1' is no relation, expected A = B, A <= B or A < B",
    "1 >= 1": "'1 >= 1' is no relation, expected A = B, A <= B or A < B",
    "1 +": "'1 +' cannot be read, expected A = B, A <= B or A < B",
    "": "'' cannot be read, expected A = B, A <= B or A < B",
    "1 \0 = 1": "'1 \\x00 = 1' cannot be read, expected A = B, A <= B or A < B",
    "core-resources-2011 = 1": (
        "'core-resources-2011 = 1': 'core' is not allowed in a relation, expected "
        "what the codebook names"
    ),
    "count(no-table) = 1": (
        "'count(no-table) = 1': datapackage.json: no table 'no-table', expected "
        "figures, figure_errata, indicators, units, paragraphs, sections, actors, "
        "participation, events, components, documents, citations, numerals, relations, errata, "
        "terms, wordings"
    ),
    "count(events, nothing=1) = 1": (
        "'count(events, nothing=1) = 1': 'nothing' is not in events, expected "
        "event_id, theme, status, period, part, printed, label_en, label_zh, place_id, "
        "paragraph_id"
    ),
    "count(paragraphs, order=1) = 1": (
        "'count(paragraphs, order=1) = 1': 'order' is not in paragraphs, expected "
        "paragraph_id, section_id, topic_en, topic_zh, sha256"
    ),
    "count(events, **events) = 1": (
        "'count(events, **events) = 1': count() is given other than expected, count(table, values)"
    ),
    "count() = 1": (
        "'count() = 1': datapackage.json: no table '', expected figures, figure_errata, "
        "indicators, units, paragraphs, sections, actors, participation, events, components, "
        "documents, citations, numerals, relations, errata, terms, wordings"
    ),
    "start(no-event) = 1": (
        "'start(no-event) = 1': no event 'no-event', expected an event_id of events.csv"
    ),
    "[no-figure] = 1": (
        "'[no-figure] = 1': no figure 'no-figure'; the closest are rio-relays, "
        "rio-impressions, focus-areas"
    ),
    "[core-resources-2011] = [csw-ngos]": (
        "'[core-resources-2011] = [csw-ngos]' compares usd with ngo, expected one unit"
    ),
    "[core-resources-2011] + [csw-ngos] = 1": (
        "'[core-resources-2011] + [csw-ngos] = 1': cannot add core-resources-2011 (usd) and "
        "csw-ngos (ngo): the units differ"
    ),
    "1 / 0 = 1": "'1 / 0 = 1': 0 may be zero, expected another divisor",
    "share(1) = 1": "'share(1) = 1': share() is given other than expected, share(part, whole)",
    "growth([csw-ngos], [core-resources-2011]) = 1": (
        "'growth([csw-ngos], [core-resources-2011]) = 1': cannot take the growth of "
        "csw-ngos (ngo) and core-resources-2011 (usd): the units differ"
    ),
    "per_year([donor-contribution-spain]) = 1": (
        "'per_year([donor-contribution-spain]) = 1': donor-contribution-spain (usd): the report "
        "states no period, expected e.g. 2012/2013: take it as it stands, without .per_year()"
    ),
}

# As they are typed. TEXT stands for a file of words in Chinese that are no report, FOLDER for a
# folder that holds something.
COMMANDS: dict[str, str] = {
    "": "the following arguments are required: command",
    "brief": (
        "argument command: invalid choice: 'brief' (choose from 'briefings', "
        "'handouts', 'notebooks', 'messages', 'codebook', 'check', "
        "'changes', 'verify', 'show', 'draft')"
    ),
    "briefings --quick": "unrecognized arguments: --quick",
    "verify": "the following arguments are required: report",
    "verify FOLDER": "FOLDER: cannot be read (Is a directory), expected the report's text in UTF-8",
    "show": "the following arguments are required: figure_id",
    "show core-resource-2011": (
        "no figure 'core-resource-2011'; the closest are core-resources-2011, "
        "core-support-threshold-2011, core-increase-2011, core-increase-rate-2011, "
        "core-contributors, non-core-resources-2011"
    ),
    "show ''": "no figure ''; the closest are none",
    "show csw-ngos --report nowhere.txt": (
        "nowhere.txt: cannot be read (No such file or directory), expected the report's text in "
        "UTF-8"
    ),
    "messages en": "en is the language of the notebooks, expected another, such as fr",
    "messages klingon": "'klingon' is no language that CLDR knows, expected a code such as fr",
    "messages ../fr": "'../fr' is no language that CLDR knows, expected a code such as fr",
}

# What a notebook asks for.
NAMES: dict[str, tuple[Callable[[], object], str]] = {
    'figure("core-resource-2011")': (
        lambda: figure("core-resource-2011"),
        "no figure 'core-resource-2011'; the closest are core-resources-2011, "
        "core-support-threshold-2011, core-increase-2011, core-increase-rate-2011, "
        "core-contributors, non-core-resources-2011",
    ),
    'paragraphs(["75"])': (
        lambda: labels.paragraphs(["75"]),
        "paragraphs.csv holds no paragraph_id '75', expected one from there",
    ),
    'paragraphs(["box-99"])': (
        lambda: labels.paragraphs(["box-99"]),
        "paragraphs.csv holds no paragraph_id 'box-99', expected one from there",
    ),
    'label("units", "yen")': (
        lambda: labels.label("units", "yen"),
        "units.csv holds no unit_id 'yen', expected one from there",
    ),
    'actor("nobody")': (
        lambda: labels.actor("nobody"),
        "actors.csv holds no actor_id 'nobody', expected one from there",
    ),
    'shared()["themes"]': (
        lambda: tables.shared()["themes"],
        "datapackage.json: no table 'themes', expected figures, figure_errata, indicators, "
        "units, paragraphs, sections, actors, participation, events, components, documents, "
        "citations, numerals, relations, errata, terms, wordings",
    ),
    'say("{n} offices.", n=5)': (
        lambda: str(say("{n} offices.", n=5)),
        "5 cannot be said: expected a quantity, a period or words",
    ),
    'text(figure("csw-ngos"), "long")': (
        lambda: text(figure("csw-ngos"), "long"),
        "unknown form 'long' of a quantity in a sentence, "
        "expected one of bare, millions, number, part, range, value",
    ),
    'figure("csw-ngos") + figure("core-resources-2011")': (
        lambda: figure("csw-ngos") + figure("core-resources-2011"),
        "cannot add csw-ngos (ngo) and core-resources-2011 (usd): the units differ",
    ),
    'read_printed("1,600家")': (
        lambda: read_printed("1,600家"),
        "'1,600家' is not a printed figure: expected e.g. 1.25亿美元",
    ),
    'read_printed("零分之一")': (
        lambda: read_printed("零分之一"),
        "'零分之一' holds a numeral or qualifiers that cannot be read, expected e.g. 三分之二",
    ),
}
