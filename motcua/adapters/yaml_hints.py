"""What the parser's complaints mean to the person who wrote the file, in two languages."""

from motcua.adapters.yaml_events import SyntaxFault
from motcua.adapters.yaml_text import Finding

# Part of the library's complaint; where to point: at the start of the thing or at the fault itself.
_HINTS: tuple[tuple[str, bool, str, str], ...] = (
    (
        "'\\t' that cannot start",
        False,
        "có ký tự tab ở chỗ thụt dòng, hãy thụt dòng bằng dấu cách",
        "there is a tab where the line is indented; indent with spaces",
    ),
    (
        "that cannot start any token",
        False,
        "ký tự này không thể mở đầu một giá trị, hãy đặt giá trị trong dấu nháy",
        "a value cannot begin with this character; put the value in quotes",
    ),
    (
        "mapping values are not allowed",
        False,
        "dấu hai chấm không đúng chỗ: kiểm tra thụt dòng, hoặc đặt giá trị có dấu hai chấm trong nháy",
        "this colon is out of place: check the indentation, or put a value that holds a colon in quotes",
    ),
    (
        "mapping keys are not allowed",
        False,
        "khóa không được đứng ở đây, hãy kiểm tra thụt dòng",
        "a key cannot stand here; check the indentation",
    ),
    (
        "sequence entries are not allowed",
        False,
        "mục danh sách không được đứng ở đây, hãy xuống dòng sau khóa rồi mới ghi dấu gạch",
        "a list item cannot stand here; begin a new line after the key, then write the dash",
    ),
    (
        "could not find expected ':'",
        True,
        "dòng này thiếu dấu hai chấm sau khóa, hoặc thụt dòng sai",
        "a colon is missing after the key on this line, or its indentation is wrong",
    ),
    (
        "while scanning a quoted scalar",
        True,
        "dấu nháy mở ở đây không có dấu nháy đóng",
        "the quote opened here is never closed",
    ),
    (
        "double-quoted scalar",
        False,
        "dấu gạch chéo ngược này không hợp lệ trong dấu nháy kép, hãy dùng nháy đơn hoặc viết \\\\",
        "this backslash means nothing in double quotes; use single quotes, or write \\\\",
    ),
    (
        "while parsing a flow",
        True,
        "dấu ngoặc mở ở đây thiếu dấu phẩy giữa các mục hoặc thiếu dấu đóng",
        "the bracket opened here lacks a comma between its items, or its closing bracket",
    ),
    (
        "block scalar",
        False,
        "đoạn văn sau dấu | hoặc > viết sai: xuống dòng rồi thụt dòng đều nhau",
        "the text after | or > is not well formed: begin a new line and indent all of it alike",
    ),
    (
        "<block end>",
        False,
        "dòng này thụt không khớp với các dòng trước cùng cấp",
        "this line is not indented like the lines before it on the same level",
    ),
    (
        "undefined tag handle",
        False,
        "nhãn kiểu bắt đầu bằng ! không được dùng, hãy đặt văn bản trong dấu nháy",
        "type tags beginning with ! are not used; put the text in quotes",
    ),
    (
        "document start",
        False,
        "phần này nằm ngoài tài liệu, hãy kiểm tra thụt dòng của dòng này và dòng trước",
        "this stands outside the document; check the indentation of this line and the one before",
    ),
)
_ELSE = (
    "không đọc được chỗ này theo cú pháp YAML, hãy kiểm tra thụt dòng, dấu hai chấm và dấu nháy",
    "this cannot be read as YAML; check the indentation, the colons and the quotes",
)


def explained(fault: SyntaxFault) -> Finding:
    """Return the finding for a syntax fault, with advice and the most useful place to look."""
    complaint = f"{fault.context or ''} {fault.problem or ''}"
    mark = fault.problem_mark or fault.context_mark
    vi, en = _ELSE
    for part, at_start, hint_vi, hint_en in _HINTS:
        if part in complaint:
            vi, en = hint_vi, hint_en
            mark = (fault.context_mark if at_start else None) or mark
            break
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Finding("E-YAML-007", line, column, {"hint_vi": vi, "hint_en": en})
