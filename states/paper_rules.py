"""The rules that the list of who signs each paper is held to, with their messages."""

from states.problem import Rule, Severity


def _rule(code: str, vi: str, en: str, why_vi: str, why_en: str) -> Rule:
    return Rule(code, Severity.ERROR, vi, en, why_vi, why_en)


RULES: tuple[Rule, ...] = (
    _rule(
        "E-PAPER-001",
        "Mẫu {form} do cán bộ ký nhưng không nêu ai ký ({stage}).",
        "Officers sign the form {form}, and nobody is named who does ({stage}).",
        "Mẫu không nêu người ký thì không ai ký được. Hãy thêm chức vụ ký theo văn bản vào signers.",
        "A form that names no signer can be signed by nobody. List the positions that sign it in signers.",
    ),
    _rule(
        "E-PAPER-002",
        "Mẫu {form} được nêu hai lần.",
        "The form {form} stands twice.",
        "Mỗi mẫu có một mục. Hãy gộp hai mục làm một.",
        "Each form has one entry. Make one of the two.",
    ),
    _rule(
        "E-PAPER-003",
        "Không có chức vụ {position} của người; hiện có: {known}.",
        "No position {position} is held by people; known: {known}.",
        "Chỉ người giữ chức vụ đã khai báo mới ký. Hãy sửa mã theo roles/positions.yaml.",
        "Only people in a declared position sign. Correct the id after roles/positions.yaml.",
    ),
    _rule(
        "E-PAPER-004",
        "Không có căn cứ {source}; hãy khai báo trong sources.",
        "There is no source {source}; list it in sources.",
        "Ai ký là do văn bản quy định, nên mỗi dòng phải nêu căn cứ. Hãy sửa mã hoặc bổ sung căn cứ.",
        "Who signs is a matter of law, so each line says what it rests on. Correct the id, or list the source.",
    ),
    _rule(
        "E-PAPER-005",
        "Thư mục cấu hình không có tệp {file} nên không ai ký được mẫu nào: {forms}.",
        "The config folder has no file {file}, so nobody can sign any form: {forms}.",
        "Không có tệp này thì mọi giấy tờ nằm chờ ký mãi. Hãy lập tệp, nêu người ký từng mẫu theo văn bản.",
        "Without it every paper waits for a signature for ever. Write the file; name who signs each form, by the law.",
    ),
)
