"""Says what of a request cannot be read: to people by the names of fields, without what a program would be told."""

from collections.abc import Iterable, Mapping
from typing import Any

from motcua.web.forms import name_of

_WRONG = {
    "missing": ("còn thiếu", "is missing"),
    "string_too_long": ("dài quá {max_length} ký tự", "has more than {max_length} characters"),
    "int_parsing": ("phải là một số nguyên", "must be a whole number"),
    "string_pattern_mismatch": ("không đúng dạng", "has not the right form"),
}
_ELSE = ("không hợp lệ", "is not valid")
_UNNAMED = ("một ô mà trang tự điền", "a field that the page fills in")


def in_words(errors: Iterable[Mapping[str, Any]]) -> tuple[str, str]:
    """Tell what is wrong, in Vietnamese and in English; nothing of what was sent is in it."""
    told = dict.fromkeys(_one(each) for each in errors)
    vi, en = ("; ".join(one[language] for one in told) for language in (0, 1))
    return (
        f"Chưa đọc được: {vi}. Hãy quay lại trang trước, sửa rồi gửi lại; nếu vẫn lỗi, hãy mở lại trang.",
        f"This cannot be read: {en}. Go back, correct it and send again; if that does not help, open the page anew.",
    )


def _one(error: Mapping[str, Any]) -> tuple[str, str]:
    name = name_of(str(error["loc"][-1])) or _UNNAMED
    wrong = _WRONG.get(error["type"], _ELSE)
    facts = {"max_length": "", **error.get("ctx", {})}
    return f"{name[0]} {wrong[0].format_map(facts)}", f"{name[1]} {wrong[1].format_map(facts)}"
