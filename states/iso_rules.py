"""The rules that the map of a management standard is held to, with their messages."""

from states.problem import Rule, Severity


def _rule(code: str, vi: str, en: str, why_vi: str, why_en: str) -> Rule:
    severity = Severity.WARNING if code.startswith("W") else Severity.ERROR
    return Rule(code, severity, vi, en, why_vi, why_en)


RULES: tuple[Rule, ...] = (
    _rule(
        "E-ISO-001",
        "Trong {kind}, mã {id} được dùng hai lần.",
        "In {kind} the id {id} is used twice.",
        "Mỗi điều khoản, loại bằng chứng, nguồn và nguyên nhân có một mã riêng. Hãy bỏ hoặc đổi một trong hai.",
        "Clauses, kinds of evidence, sources and causes have an id each. Drop or rename one of the two.",
    ),
    _rule(
        "E-ISO-002",
        "Không có điều khoản {clause}; hãy khai báo trong clauses.",
        "There is no clause {clause}; list it in clauses.",
        "Bằng chứng chỉ tới điều khoản không có thì không ai tìm thấy. Hãy sửa số hoặc bổ sung điều khoản.",
        "Evidence for a clause that is not listed would never be found. Correct the number, or list the clause.",
    ),
    _rule(
        "E-ISO-003",
        "Không có loại bản ghi {record}; hiện có: {known}.",
        "There is no type of record {record}; known: {known}.",
        "Danh sách loại bản ghi là của định dạng nhật ký và không đổi. Hãy sửa tên.",
        "The types of records belong to the format of the trail. Correct the name.",
    ),
    _rule(
        "E-ISO-004",
        "Không có loại sự kiện {event}; hiện có: {known}.",
        "There is no kind of event {event}; known: {known}.",
        "Sự kiện gõ sai tên sẽ không bao giờ được đếm. Hãy sửa tên.",
        "An event that is misspelt would never be counted. Correct the name.",
    ),
    _rule(
        "E-ISO-005",
        "Loại bằng chứng {id} phải nêu record, event hoặc cả hai.",
        "The kind of evidence {id} must name a record, an event, or both.",
        "Phải nói rõ bản ghi nào là bằng chứng. Hãy thêm một trong hai khóa.",
        "It has to say which records it means. Add one of the two keys.",
    ),
    _rule(
        "E-ISO-006",
        "Tệp tên {file} phải là ấn bản {file}, không phải {edition}.",
        "The file named {file} must hold the edition {file}, not {edition}.",
        "Ấn bản được tìm theo tên tệp. Hãy đổi tên tệp hoặc sửa edition.id.",
        "An edition is found by the name of its file. Rename the file, or correct edition.id.",
    ),
    _rule(
        "E-ISO-007",
        "Không có nguồn {source}; hãy khai báo trong sources.",
        "There is no source {source}; list it in sources.",
        "Mỗi dòng phải nói căn cứ vào đâu. Hãy sửa mã hoặc bổ sung nguồn.",
        "Each line says what it rests on. Correct the id, or list the source.",
    ),
    _rule(
        "W-ISO-001",
        "Điều khoản {clause} không có loại bằng chứng nào và không ghi elsewhere.",
        "Clause {clause} has no kind of evidence, and does not say elsewhere.",
        "Người đánh giá cần biết bằng chứng ở đâu. Hãy thêm loại bằng chứng hoặc khóa elsewhere.",
        "An auditor must learn where its evidence lies. Add a kind of evidence, or the key elsewhere.",
    ),
    _rule(
        "W-ISO-002",
        "Điều khoản {clause} vừa có bằng chứng vừa ghi elsewhere.",
        "Clause {clause} has kinds of evidence and says elsewhere too.",
        "Khóa elsewhere dành cho điều khoản không có bản ghi nào. Hãy bỏ khóa đó.",
        "The key elsewhere is for clauses that no record evidences. Drop the key.",
    ),
)
