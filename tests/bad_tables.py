"""Bad tables: what is done to data/figures.csv, and all that is told of it."""

from collections.abc import Callable

Edit = Callable[[str], bytes]
PERIOD = "2012-02-27/2012-03-09"
CODED = "inferred,actual,unqualified,435,435,435,ngo,27,435个非政府组织,"
OWN_WORD = "is a program's own word, expected what stood there, or an empty cell"
EXCEL = "in Excel, save as CSV UTF-8 (Comma delimited)"
AROUND = "quotation marks or spaces stand around the columns, or capitals in them, expected "
AROUND += "figure_id,indicator_id,subject_id,period,period_basis,status,qualifier,value,lower,"
AROUND += "upper,unit_id,paragraph_id,printed,note"
ROW = f"csw-ngos,csw-ngos,csw-56,{PERIOD},{CODED}"


def swap(old: str, new: str) -> Edit:
    """Put something in the place of what stands in the file."""

    def edit(text: str) -> bytes:
        assert old in text, f"{old!r} is not in the file"
        return text.replace(old, new, 1).encode()

    return edit


TABLES: dict[str, tuple[Edit, str]] = {
    "value that the printed form does not give": (
        swap(",125000000,", ",130000000,"),
        "figures.csv, row N, column value: '130000000' does not follow from '1.25亿美元' with the "
        "status actual, expected 125000000",
    ),
    "range that the printed form does not give": (
        swap(",60,59.5,60.5,", ",60,60.5,60.5,"),
        "figures.csv, row N, column lower: '60.5' does not follow from '60%' with the status "
        "actual, expected 59.5",
    ),
    "range of a target": (
        swap(",700000000,700000000,700000000,", ",700000000,650000000,750000000,"),
        "figures.csv, row N, column lower: '650000000' does not follow from '7亿美元' with the "
        "status target, expected 700000000\n"
        "figures.csv, row N, column upper: '750000000' does not follow from '7亿美元' with the "
        "status target, expected 700000000",
    ),
    "open end that is closed": (
        swap(",84,84,,country", ",84,84,90,country"),
        "figures.csv, row N, column upper: '90' does not follow from '至少84个国家' with the "
        "status actual, expected an empty cell",
    ),
    "qualifier that is not printed": (
        swap(",unqualified,435", ",about,435"),
        "figures.csv, row N, column qualifier: 'about' does not follow from '435个非政府组织' with "
        "the status actual, expected unqualified",
    ),
    "printed form that cannot be read": (
        swap("435个非政府组织", "435余个非政府组织"),
        "figures.csv, row N, column printed: '435余个非政府组织' is not a printed figure: expected "
        "e.g. 1.25亿美元",
    ),
    "unit of another indicator": (
        swap(",435,435,435,ngo,", ",435,435,435,donor,"),
        "figures.csv, row N, column unit_id: 'donor' is not the unit of csw-ngos, expected ngo",
    ),
    "period without its basis": (
        swap(f"{PERIOD},inferred,", f"{PERIOD},,"),
        f"figures.csv, row N, column period_basis: '' stands beside the period '{PERIOD}', "
        "expected both or neither",
    ),
    "missing column": (
        swap(",status", ""),
        "figures.csv, row N, column status: the column is missing, expected it",
    ),
    "doubled header": (
        swap(",upper,", ",lower,"),
        "figures.csv, row N, column lower: the column stands more than once, "
        "expected once\n"
        "figures.csv, row N, column upper: the column is missing, expected it",
    ),
    "unknown column": (
        swap(",note", ",remark"),
        "figures.csv, row N, column note: the column is missing, expected it\n"
        "figures.csv, row N: unknown column 'remark', expected figure_id, "
        "indicator_id, subject_id, period, period_basis, status, qualifier, value, lower, upper, "
        "unit_id, paragraph_id, printed, note",
    ),
    "columns out of order": (
        swap("lower,upper", "upper,lower"),
        "figures.csv, row N: the columns are out of order, expected figure_id, "
        "indicator_id, subject_id, period, period_basis, status, qualifier, value, lower, upper, "
        "unit_id, paragraph_id, printed, note",
    ),
    "extra field": (swap(ROW, ROW + ","), "figures.csv, row N: 15 fields, expected 14"),
    "missing field": (
        swap("2084名代表,\n", "2084名代表\n"),
        "figures.csv, row N: 13 fields, expected 14",
    ),
    "date that does not exist": (
        swap("2012-06-13", "2012-02-31"),
        "figures.csv, row N, column period: '2012-02-31' is no date or span, expected e.g. 2012-05",
    ),
    "span that ends too early": (
        swap(PERIOD, "2012-03-09/2012-02-27"),
        "figures.csv, row N, column period: '2012-03-09/2012-02-27' is no date or "
        "span, expected e.g. 2012-05",
    ),
    "digits that are not kept": (
        swap("unqualified,435,", "unqualified,435.00000000000000001,"),
        "figures.csv, row N, column value: '435.00000000000000001' has more digits "
        "than are kept, expected fewer",
    ),
    "negative zero": (
        swap("unqualified,435,", "unqualified,-0,"),
        "figures.csv, row N, column value: '-0' has more digits than are kept, expected fewer",
    ),
    "semicolons for commas": (
        lambda text: text.replace(",", ";").encode(),
        f"figures.csv, row N: semicolons stand between the columns, expected commas: {EXCEL}",
    ),
    "plus sign": (
        swap("unqualified,435,", "unqualified,+435,"),
        "figures.csv, row N, column value: '+435' is not a plain decimal, expected "
        "one such as 1600 or 140.8",
    ),
    "variation selector": (
        swap("435个", "435\ufe0f个"),
        "figures.csv, row N, column printed: '435️个非政府组织' holds an invisible "
        "character or an unusual space, expected none",
    ),
    "empty row": (
        swap(ROW, "\n" + ROW),
        "figures.csv, row N: is empty, expected it gone: in Excel, delete the row, not only what "
        "stood in it",
    ),
    "paragraph in another's place": (
        swap(",27,435个非政府组织,", ",28,435个非政府组织,"),
        "numerals.csv, row N, column figure_id: 'csw-ngos' is '435个' in paragraph 27, in "
        "figures.csv '435个非政府组织' in paragraph 28, expected one place",
    ),
    "cell beside the table": (
        lambda text: (text.replace("\n", ",,\n")[:-1] + "x\n").encode(),
        "figures.csv, row N: 'x' stands in a column without a name, expected none: delete this "
        "column",
    ),
    "column of row numbers": (
        lambda text: "".join(
            f"{number or ''},{row}" for number, row in enumerate(text.splitlines(True))
        ).encode(),
        "figures.csv, row N: '1' stands in a column without a name, expected none: delete this "
        "column",
    ),
    "semicolons at the ends": (
        lambda text: text.replace("\n", ";\n").encode(),
        "figures.csv, row N: a semicolon ends the row, expected none at the end of any row: "
        f"{EXCEL}",
    ),
    "title above the header": (
        lambda text: b"Table 1,,,\n,,,\n" + text.encode(),
        "figures.csv, row N: stands above the header, expected the header first: delete what is "
        "above",
    ),
    "word of Sheets": (
        swap("2084名代表,", "2084名代表,Loading..."),
        f"figures.csv, row N, column note: 'Loading...' {OWN_WORD}",
    ),
    "word of a German Excel": (
        swap("2084名代表,", "2084名代表,#WERT!"),
        f"figures.csv, row N, column note: '#WERT!' {OWN_WORD}",
    ),
    "duplicate key": (
        swap("csw-ngo-representatives,csw-ngo-rep", "csw-ngos,csw-ngo-rep"),
        "figures.csv, row N, column figure_id: the key 'csw-ngos' stands a second "
        "time, expected once\n"
        "numerals.csv, row N, column figure_id: 'csw-ngo-representatives' is not in "
        "figures.csv, expected a figure_id from there",
    ),
    "orphan key": (
        swap("unqualified,435,435,435,ngo,27", "unqualified,435,435,435,ngo,99"),
        "figures.csv, row N, column paragraph_id: '99' is not in paragraphs.csv, "
        "expected a paragraph_id from there",
    ),
    "text in a number": (
        swap("unqualified,435,", "unqualified,plenty,"),
        "figures.csv, row N, column value: 'plenty' is not a plain decimal, expected "
        "one such as 1600 or 140.8",
    ),
    "thousands comma": (
        swap("unqualified,435,", 'unqualified,"1,600",'),
        "figures.csv, row N, column value: '1,600' is not a plain decimal, expected "
        "one such as 1600 or 140.8",
    ),
    "full-width digit": (
        swap("unqualified,435,", "unqualified,43５,"),
        "figures.csv, row N, column value: '43５' is not a plain decimal, expected "
        "one such as 1600 or 140.8",
    ),
    "Arabic-Indic digit": (
        swap("unqualified,435,", "unqualified,43٥,"),
        "figures.csv, row N, column value: '43٥' is not a plain decimal, expected "
        "one such as 1600 or 140.8",
    ),
    "true minus sign": (
        swap("unqualified,435,", "unqualified,−435,"),
        "figures.csv, row N, column value: '−435' is not a plain decimal, expected "
        "one such as 1600 or 140.8",
    ),
    "exponent": (
        swap("unqualified,435,", "unqualified,4e2,"),
        "figures.csv, row N, column value: '4e2' is not a plain decimal, expected "
        "one such as 1600 or 140.8",
    ),
    "infinity": (
        swap("unqualified,435,", "unqualified,inf,"),
        "figures.csv, row N, column value: 'inf' is not a plain decimal, expected "
        "one such as 1600 or 140.8",
    ),
    "beyond floating point": (
        swap("unqualified,435,", "unqualified,90071992547409920,"),
        "figures.csv, row N, column value: '90071992547409920' is too large, "
        "expected at most 9007199254740992",
    ),
    "key NA": (
        swap("csw-ngos,csw-ngos,", "NA,csw-ngos,"),
        f"figures.csv, row N, column figure_id: 'NA' {OWN_WORD}\n"
        "numerals.csv, row N, column figure_id: 'csw-ngos' is not in figures.csv, "
        "expected a figure_id from there",
    ),
    "key None": (
        swap("csw-ngos,csw-ngos,", "None,csw-ngos,"),
        f"figures.csv, row N, column figure_id: 'None' {OWN_WORD}\n"
        "numerals.csv, row N, column figure_id: 'csw-ngos' is not in figures.csv, "
        "expected a figure_id from there",
    ),
    "empty key": (
        swap("csw-ngos,csw-ngos,", ",csw-ngos,"),
        "figures.csv, row N, column figure_id: '' is empty, expected a value\n"
        "numerals.csv, row N, column figure_id: 'csw-ngos' is not in figures.csv, "
        "expected a figure_id from there",
    ),
    "trailing space": (
        swap(",unqualified,435", ",unqualified ,435"),
        "figures.csv, row N, column qualifier: 'unqualified ' begins or ends with a space, "
        "expected none",
    ),
    "zero-width mark": (
        swap(",unqualified,435", ",unquali\u200bfied,435"),
        "figures.csv, row N, column qualifier: 'unquali\\u200bfied' holds an invisible "
        "character or an unusual space, expected none",
    ),
    "right-to-left mark": (
        swap("435个", "\u202e435个"),
        "figures.csv, row N, column printed: '\\u202e435个非政府组织' holds an invisible "
        "character or an unusual space, expected none",
    ),
    "non-breaking space": (
        swap("435个", "435\xa0个"),
        "figures.csv, row N, column printed: '435\\xa0个非政府组织' holds an invisible "
        "character or an unusual space, expected none",
    ),
    "line separator": (
        swap("435个", "435\u2028个"),
        "figures.csv, row N, column printed: '435\\u2028个非政府组织' holds an invisible "
        "character or an unusual space, expected none",
    ),
    "ideographic space": (
        swap("435个", "435\u3000个"),
        "figures.csv, row N, column printed: '435\\u3000个非政府组织' holds an invisible "
        "character or an unusual space, expected none",
    ),
    "line break in a cell": (
        swap("435个非政府组织,", '"435个\n非政府组织",'),
        "figures.csv, row N, column printed: '435个\\n非政府组织' holds an invisible "
        "character or an unusual space, expected none",
    ),
    "not in normal form C": (
        swap("The countries", "The\u0301 countries"),
        "figures.csv, row N, column note: 'Thé countries are not listed; one number "
        "for several kinds of support.' is not in Unicode's normal form C, expected "
        "that form",
    ),
    "unknown word": (
        swap(",unqualified,435", ",precise,435"),
        "figures.csv, row N, column qualifier: 'precise' is unknown, expected one of "
        "unqualified, about, more_than, nearly, at_least, several",
    ),
    "date out of range": (
        swap("2012-02-27/2012", "2012-13-27/2012"),
        "figures.csv, row N, column period: '2012-13-27/2012-03-09' is no date or "
        "span, expected e.g. 2012-05",
    ),
    "full-width year": (
        swap("2012-02-27/2012", "２０１２-02-27/2012"),
        "figures.csv, row N, column period: '２０１２-02-27/2012-03-09' is no date or "
        "span, expected e.g. 2012-05",
    ),
    "spreadsheet formula": (
        swap("2084名代表,", "2084名代表,=HYPERLINK(1)"),
        "figures.csv, row N, column note: '=HYPERLINK(1)' begins like a formula, expected words",
    ),
    "formula with minus": (
        swap("2084名代表,", "2084名代表,-1+2"),
        "figures.csv, row N, column note: '-1+2' begins like a formula, expected words",
    ),
    "NUL": (swap("435个", "435\0个"), "figures.csv, row N: holds a NUL character, expected none"),
    "HTML's code of a character": (
        swap("435个", "&#52;35个"),
        "figures.csv, row N, column printed: '&#52;35个非政府组织' holds HTML's code of a "
        "character, expected '435个非政府组织'",
    ),
    "a Cyrillic letter": (
        swap("2084名代表,", "2084名代表,Nоtes"),
        "figures.csv, row N, column note: 'Nоtes' holds 'о', which looks like another character, "
        "expected that one",
    ),
    "a radical": (
        swap("2084名代表,", "2084名代表,妇\u2f25"),
        "figures.csv, row N, column note: '妇\u2f25' holds '\u2f25', which looks like another "
        "character, expected that one",
    ),
    "open quotation mark": (
        swap(ROW, '"' + ROW),
        "figures.csv, row N: cannot be read as CSV (',' expected after '\"'), "
        "expected closed quotation marks",
    ),
    "nothing in the file": (
        lambda text: b"",
        "figures.csv, row N: no header with commas, expected "
        "figure_id,indicator_id,subject_id,period,period_basis,status,qualifier,value,lower,upper,"
        "unit_id,paragraph_id,printed,note",
    ),
    "GB18030": (
        lambda text: text.encode("gb18030"),
        "figures.csv, row N: is not UTF-8 (it looks like GB18030), expected UTF-8: in Excel, save "
        "as CSV UTF-8 (Comma delimited)",
    ),
    "half a character": (
        lambda text: text.encode()[:-2] + b"\xe4\n",
        "figures.csv, row N: is not UTF-8, expected UTF-8: in Excel, save as CSV UTF-8 (Comma "
        "delimited)",
    ),
    "paragraph that does not exist": (
        swap("435,ngo,27,", "435,ngo,75,"),
        "figures.csv, row N, column paragraph_id: '75' is not in paragraphs.csv, "
        "expected a paragraph_id from there",
    ),
    "paragraph id with a leading zero": (
        swap("435,ngo,27,", "435,ngo,027,"),
        "figures.csv, row N, column paragraph_id: '027' does not have the expected "
        "form summary|[1-9][0-9]*|box-[1-9][0-9]*|box-note|fn-[1-9][0-9]*\n"
        "figures.csv, row N, column paragraph_id: '027' is not in paragraphs.csv, "
        "expected a paragraph_id from there",
    ),
    "paragraph id in another form": (
        swap("435,ngo,27,", "435,ngo,para. 27,"),
        "figures.csv, row N, column paragraph_id: 'para. 27' does not have the "
        "expected form summary|[1-9][0-9]*|box-[1-9][0-9]*|box-note|fn-[1-9][0-9]*\n"
        "figures.csv, row N, column paragraph_id: 'para. 27' is not in "
        "paragraphs.csv, expected a paragraph_id from there",
    ),
    "field that never ends": (
        swap("435个", "4" * 200_000 + "个"),
        "figures.csv, row N: cannot be read as CSV (field larger than field limit "
        "(131072)), expected closed quotation marks",
    ),
    "tabs for commas": (
        lambda text: text.replace(",", "\t").encode(),
        f"figures.csv, row N: tabs stand between the columns, expected commas: {EXCEL}",
    ),
    "line for Excel": (
        lambda text: b"sep=,\n" + text.encode(),
        "figures.csv, row N: is a line for Excel alone, expected the header: delete this line",
    ),
    "empty columns at the end": (
        lambda text: text.replace("\n", ",,\n").encode(),
        "figures.csv: empty columns stand beside the others, expected none: in Excel, delete these "
        "columns, not only what stood in them",
    ),
    "rows of commas": (
        lambda text: (text + 5 * (13 * "," + "\n")).encode(),
        "figures.csv, row N: is empty, expected it gone: in Excel, delete the row, not only what "
        "stood in it (and 4 more rows so, to row N)",
    ),
    "workbook": (
        lambda text: b"PK\x03\x04" + text.encode(),
        f"figures.csv: is a workbook or a Word file, expected UTF-8: {EXCEL}",
    ),
    "workbook of old": (
        lambda text: b"\xd0\xcf\x11\xe0" + text.encode(),
        f"figures.csv: is a workbook, expected UTF-8: {EXCEL}",
    ),
    "UTF-16": (
        lambda text: text.encode("utf-16"),
        f"figures.csv: is UTF-16, called Unicode Text in Windows, expected UTF-8: {EXCEL}",
    ),
    "UTF-16 without a mark": (
        lambda text: text.encode("utf-16-le"),
        f"figures.csv: is UTF-16, called Unicode Text in Windows, expected UTF-8: {EXCEL}",
    ),
    "UTF-32": (
        lambda text: text.encode("utf-32"),
        f"figures.csv: is UTF-32, expected UTF-8: {EXCEL}",
    ),
    "Big5": (
        lambda text: text.encode("big5", "replace"),
        f"figures.csv, row N: is not UTF-8 (it looks like BIG5), expected UTF-8: {EXCEL}",
    ),
    "opened as Mac Roman": (
        lambda text: text.encode().decode("mac_roman").encode(),
        "figures.csv: was opened as MAC_ROMAN and saved as UTF-8, which garbles Chinese, expected "
        f"UTF-8: {EXCEL}",
    ),
    "opened as GB18030": (
        lambda text: text.encode().decode("gb18030", "replace").encode(),
        "figures.csv: was opened as GB18030 and saved as UTF-8, which garbles Chinese, expected "
        f"UTF-8: {EXCEL}",
    ),
    "opened as Windows-1252": (
        lambda text: text.encode().decode("cp1252", "replace").encode(),
        "figures.csv: was opened as CP1252 and saved as UTF-8, which garbles Chinese, expected "
        f"UTF-8: {EXCEL}",
    ),
    "question marks for Chinese": (
        lambda text: text.encode("ascii", "replace"),
        "figures.csv, row N: '??' has question marks for Chinese characters, expected these: "
        f"{EXCEL}",
    ),
    "curly quotation marks": (
        lambda text: "\n".join(
            ",".join(f"“{word}”" for word in line.split(",")) for line in text.splitlines()
        ).encode(),
        f"figures.csv, row N: {AROUND}",
    ),
    "a header in capitals": (
        lambda text: "".join([text[:9].upper(), text[9:]]).encode(),
        f"figures.csv, row N: {AROUND}",
    ),
    "a pointer of Git LFS": (
        lambda text: b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 15876\n",
        "figures.csv, row N: only names a file that git keeps apart, expected that file: "
        "run `git lfs pull`",
    ),
    "a figure without its numeral": (
        swap(ROW, f"csw-ngos-again,{ROW.partition(',')[2]}\n{ROW}"),
        "figures.csv, row N, column figure_id: 'csw-ngos-again' is reached from no row of "
        "numerals.csv, expected one",
    ),
    "French month": (
        swap(PERIOD, "déc-11"),
        "figures.csv, row N, column period: 'déc-11' is how a spreadsheet rewrites a date, "
        "expected e.g. 2012-05: format it as text",
    ),
    "short form of a long number": (
        swap(",125000000,", ",1.25E+08,"),
        "figures.csv, row N, column value: '1.25E+08' is how a spreadsheet shortens a long number, "
        "expected all its digits: format it so",
    ),
    "comma for a decimal point": (
        swap(",59.5,", ',"59,5",'),
        "figures.csv, row N, column lower: '59,5' is not a plain decimal, expected one such as "
        "1600 or 140.8",
    ),
    "dates of a spreadsheet": (
        lambda text: text.replace(",2011,", ",1/1/2011,").encode(),
        "figures.csv, row N, column period: '1/1/2011' is how a spreadsheet rewrites a date, "
        "expected e.g. 2012-05: format it as text (and 21 more rows so, to row N)",
    ),
    "month of a spreadsheet": (
        swap(PERIOD, "Feb-12"),
        "figures.csv, row N, column period: 'Feb-12' is how a spreadsheet rewrites a date, "
        "expected e.g. 2012-05: format it as text",
    ),
    "day counted from 1900": (
        swap(PERIOD, "40544"),
        "figures.csv, row N, column period: '40544' is how a spreadsheet rewrites a date, "
        "expected e.g. 2012-05: format it as text",
    ),
    "error of a formula": (
        swap("2084名代表,", "2084名代表,#NAME?"),
        f"figures.csv, row N, column note: '#NAME?' {OWN_WORD}",
    ),
    "TRUE of a spreadsheet": (
        swap("2084名代表,", "2084名代表,TRUE"),
        f"figures.csv, row N, column note: 'TRUE' {OWN_WORD}",
    ),
    "word that pandas takes for an empty cell": (
        swap("2084名代表,", "2084名代表,NaN"),
        f"figures.csv, row N, column note: 'NaN' {OWN_WORD}",
    ),
    "conflict of a merge": (
        swap(ROW, f"<<<<<<< HEAD\n{ROW}\n=======\n{ROW}\n>>>>>>> theirs"),
        "figures.csv, row N: has a conflict of a merge, expected one of its sides",
    ),
    "semicolons for commas, and a quotation mark": (
        lambda text: text.replace(",", ";").replace("435个", '"435个').encode(),
        f"figures.csv, row N: semicolons stand between the columns, expected commas: {EXCEL}",
    ),
    "wide formula": (
        swap("2084名代表,", "2084名代表,＝1+1"),
        "figures.csv, row N, column note: '＝1+1' begins like a formula, expected words",
    ),
}
