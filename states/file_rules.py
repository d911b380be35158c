"""The rules for files as such and for guard expressions, with their messages."""

from states.problem import Rule, Severity


def _rule(code: str, vi: str, en: str, why_vi: str, why_en: str) -> Rule:
    return Rule(code, Severity.ERROR, vi, en, why_vi, why_en)


_YAML_RULES = (
    _rule(
        "E-YAML-001",
        "Không đọc được tệp: {reason}.",
        "The file cannot be read: {reason}.",
        "Tệp phải tồn tại, là tệp thường và người chạy lệnh có quyền đọc. Kiểm tra đường dẫn và quyền.",
        "The file must exist, be a regular file and be readable to you. Check its path and permissions.",
    ),
    _rule(
        "E-YAML-002",
        "Tệp lớn hơn {limit} KiB.",
        "The file is larger than {limit} KiB.",
        "Tệp cấu hình do người viết và người đọc duyệt; tệp quá lớn là dấu hiệu nhầm lẫn. Hãy tách tệp.",
        "Config is written and reviewed by people; a huge file is a mistake or an attack. Split it.",
    ),
    _rule(
        "E-YAML-003",
        "Tệp không phải UTF-8: byte {byte} không hợp lệ.",
        "The file is not UTF-8: byte {byte} is invalid.",
        "Mọi tệp dùng UTF-8 để tiếng Việt hiển thị đúng ở mọi nơi. Hãy lưu lại tệp với mã UTF-8.",
        "All files are UTF-8, so that Vietnamese reads alike everywhere. Save the file as UTF-8.",
    ),
    _rule(
        "E-YAML-004",
        "Tệp bắt đầu bằng dấu BOM hoặc dùng UTF-16/UTF-32.",
        "The file begins with a byte order mark, or is UTF-16 or UTF-32.",
        "BOM là ký tự ẩn làm khóa đầu tiên bị sai. Hãy lưu tệp dạng «UTF-8 không có BOM».",
        "The mark is an unseen character in front of the first key. Save the file as UTF-8 without it.",
    ),
    _rule(
        "E-YAML-005",
        "Có ký tự điều khiển {char}.",
        "There is a control character, {char}.",
        "Ký tự điều khiển không nhìn thấy được và làm hỏng giấy tờ, cơ sở dữ liệu. Hãy xóa ký tự đó.",
        "Control characters are not seen and break papers and databases. Delete the character.",
    ),
    _rule(
        "E-YAML-006",
        "Có ký tự ẩn {char} (độ rộng bằng không hoặc đổi chiều chữ).",
        "There is an unseen character, {char} (zero width, or turning the direction of text).",
        "Ký tự ẩn khiến hai tên trông giống nhau mà khác nhau. Hãy xóa rồi gõ lại chỗ đó.",
        "Unseen characters make two names look alike and differ. Delete it and type the place anew.",
    ),
    _rule(
        "E-YAML-007",
        "Sai cú pháp: {hint_vi}.",
        "Syntax: {hint_en}.",
        "Tệp phải đúng cú pháp YAML 1.2. Sửa chỗ được chỉ ra rồi kiểm tra lại: lỗi sau đó mới hiện được.",
        "The file must be YAML 1.2. Mend the place shown and check again: only then can later faults show.",
    ),
    _rule(
        "E-YAML-008",
        "Lồng nhau quá {limit} cấp.",
        "Nested deeper than {limit} levels.",
        "Không cấu hình nào cần lồng sâu như vậy; lồng sâu có thể làm treo chương trình. Hãy làm phẳng.",
        "No config needs such depth, and depth can stop a program. Flatten the file.",
    ),
    _rule(
        "E-YAML-009",
        "Tệp có hơn {limit} khóa và giá trị.",
        "The file holds more than {limit} keys and values.",
        "Giới hạn này giữ cho việc kiểm tra luôn nhanh. Hãy tách tệp hoặc bỏ phần thừa.",
        "The limit keeps checking quick. Split the file or drop what is not needed.",
    ),
    _rule(
        "E-YAML-010",
        "Không dùng nhãn neo «&{name}».",
        'The anchor "&{name}" is not allowed.',
        "Neo và tham chiếu che mất nội dung thật và có thể phình to vô hạn. Hãy viết đủ giá trị.",
        "Anchors and aliases hide what a file says and can grow without end. Write the value out.",
    ),
    _rule(
        "E-YAML-011",
        "Không dùng tham chiếu «*{name}»; nếu là văn bản, hãy đặt trong dấu nháy.",
        'The alias "*{name}" is not allowed; if it is text, put it in quotes.',
        "Neo và tham chiếu che mất nội dung thật và có thể phình to vô hạn. Hãy viết đủ giá trị.",
        "Anchors and aliases hide what a file says and can grow without end. Write the value out.",
    ),
    _rule(
        "E-YAML-012",
        "Không dùng nhãn kiểu «{tag}»; nếu là văn bản, hãy đặt trong dấu nháy.",
        'The type tag "{tag}" is not allowed; if it is text, put it in quotes.',
        "Nhãn kiểu có thể tạo đối tượng tùy ý. Kiểu của mỗi giá trị do lược đồ quy định.",
        "Tags can make arbitrary objects. The schema says what type each value has.",
    ),
    _rule(
        "E-YAML-013",
        "Không dùng khóa gộp «<<».",
        'The merge key "<<" is not allowed.',
        "Gộp khóa che mất giá trị thật. Hãy viết đủ các khóa.",
        "Merging hides which value holds. Write the keys out.",
    ),
    _rule(
        "E-YAML-014",
        "Khóa «{key}» đã có ở dòng {first}.",
        'The key "{key}" stands already on line {first}.',
        "Khóa trùng thì một giá trị sẽ mất mà không ai hay. Bỏ một khóa; so sánh sau chuẩn hóa NFC.",
        "Of two equal keys one value would vanish unseen. Drop one. Keys are compared in NFC.",
    ),
    _rule(
        "E-YAML-016",
        "Chữ «{text}» dùng dấu tổ hợp rời (chưa chuẩn hóa NFC).",
        'The text "{text}" uses loose combining marks (it is not in NFC).',
        "Dấu rời và dấu dựng sẵn trông giống nhau mà khác nhau. Hãy gõ lại bằng bảng mã Unicode dựng sẵn.",
        "Loose and composed marks look alike and differ. Type the text with composed Unicode (NFC).",
    ),
    _rule(
        "E-YAML-017",
        "Khóa phải là văn bản; nếu là số hay từ như true, hãy đặt trong dấu nháy.",
        "A key must be text; put a number or a word such as true in quotes.",
        "Khóa không phải văn bản bị các chương trình hiểu khác nhau.",
        "Programs disagree about keys that are not text.",
    ),
    _rule(
        "E-YAML-018",
        "Tệp có hơn một tài liệu (dấu «---» thứ hai).",
        'The file holds more than one document (a second "---").',
        "Mỗi tệp một tài liệu, để mã băm của tệp là mã băm của nội dung. Hãy tách thành các tệp.",
        "One document to a file, so that the hash of the file is that of its content. Split it.",
    ),
    _rule(
        "E-YAML-019",
        "Không dùng chỉ thị bắt đầu bằng «%».",
        'Directives, lines beginning with "%", are not allowed.',
        "Chỉ thị làm đổi cách hiểu cả tệp. Mọi tệp đều theo YAML 1.2; hãy bỏ dòng này.",
        "A directive changes how the whole file is read. All files are YAML 1.2; drop the line.",
    ),
    _rule(
        "E-YAML-020",
        "Tệp trống.",
        "The file is empty.",
        "Tệp không có nội dung nào ngoài chú thích. Hãy xóa tệp hoặc viết nội dung.",
        "The file says nothing beside comments. Delete it or write its content.",
    ),
    _rule(
        "E-YAML-021",
        "Không đọc được tệp ({kind}).",
        "The file cannot be understood ({kind}).",
        "Bộ đọc gặp trường hợp chưa có mã riêng. Hãy tìm chỗ viết lạ, và báo lại để lỗi này có mã.",
        "The reader met a case without a code of its own. Look for unusual writing, and report it.",
    ),
)
_GUARD_RULES = (
    _rule(
        "E-GUARD-001",
        "Điều kiện dài quá {limit} ký tự.",
        "The guard is longer than {limit} characters.",
        "Điều kiện dài thì không ai duyệt nổi. Hãy tách thành nhiều nhánh «choose» hoặc thêm dữ kiện.",
        "Nobody can review a guard that long. Split it into branches of choose, or declare a fact.",
    ),
    _rule(
        "E-GUARD-002",
        "Điều kiện lồng quá {limit} cấp (cột {column}).",
        "The guard nests deeper than {limit} levels (column {column}).",
        "Lồng sâu có thể làm dừng chương trình và không ai đọc được. Hãy bỏ bớt ngoặc và not.",
        "Depth can stop a program, and nobody can read it. Drop brackets and nots.",
    ),
    _rule(
        "E-GUARD-003",
        "Điều kiện viết sai cú pháp ở cột {column}.",
        "The guard is not well formed at column {column}.",
        "Kiểm tra ngoặc, dấu nháy và các từ and, or, not, in. Ví dụ: docs_complete and rounds < 1.",
        "Check brackets, quotes and the words and, or, not, in. Such as: docs_complete and rounds < 1.",
    ),
    _rule(
        "E-GUARD-004",
        "Điều kiện không được dùng «{what}» (cột {column}).",
        'The guard may not use "{what}" (column {column}).',
        "Chỉ được dùng and, or, not, so sánh, in [..], số nguyên, «văn bản», true, false và dữ kiện.",
        "Guards have and, or, not, comparisons, in [..], whole numbers, quoted text, true, false, and facts.",
    ),
    _rule(
        "E-GUARD-005",
        "Dữ kiện «{name}» chưa khai báo (cột {column}). Đã khai báo: {known}.",
        'The fact "{name}" is not declared (column {column}). Declared: {known}.',
        "Điều kiện chỉ đọc dữ kiện đã khai báo trong quy trình. Hãy khai báo dữ kiện hoặc sửa tên.",
        "Guards read only facts that the procedure declares. Declare the fact or mend its name.",
    ),
    _rule(
        "E-GUARD-006",
        "Không so sánh được «{left}» ({left_type}) với «{right}» ({right_type}).",
        '"{left}" ({left_type}) cannot be compared with "{right}" ({right_type}).',
        "Hai vế phải cùng kiểu: boolean, integer hoặc text. Văn bản phải đặt trong dấu nháy.",
        "Both sides must be of one type: boolean, integer or text. Text stands in quotes.",
    ),
    _rule(
        "E-GUARD-007",
        "«{value}» không thuộc các giá trị của «{name}»: {values}.",
        '"{value}" is not among the values of "{name}": {values}.',
        "So với giá trị không bao giờ có thì điều kiện không bao giờ đúng. Sửa giá trị hoặc khai báo.",
        "Compared with a value that never occurs, a guard never holds. Mend the value or declare it.",
    ),
    _rule(
        "E-GUARD-008",
        "«{part}» là {type}, cần một điều kiện đúng/sai.",
        '"{part}" is {type}; a condition is needed here.',
        "Chỉ dữ kiện boolean được đứng một mình; với integer và text hãy viết phép so sánh.",
        "Only boolean facts stand alone; write a comparison for integer and text.",
    ),
    _rule(
        "E-GUARD-009",
        "«{literal}» không phải số nguyên hợp lệ (cột {column}).",
        '"{literal}" is no whole number that guards accept (column {column}).',
        "Chỉ dùng số nguyên, tối đa 15 chữ số, không có số 0 ở đầu: số lẻ so sánh không chính xác.",
        "Guards take whole numbers of at most 15 digits without leading zeros; fractions compare inexactly.",
    ),
    _rule(
        "E-GUARD-010",
        "Điều kiện trống.",
        "The guard is empty.",
        "Không cần điều kiện thì bỏ hẳn khóa when.",
        "When no condition is needed, leave out the key when.",
    ),
    _rule(
        "E-GUARD-011",
        "«{part}»: chỉ số nguyên mới so sánh lớn bé được, đây là {type}.",
        '"{part}": only integers have an order, this is {type}.',
        "Với boolean và text chỉ dùng == và !=, hoặc in [..].",
        "For boolean and text use == and !=, or in [..].",
    ),
    _rule(
        "E-GUARD-012",
        "Sau in phải là danh sách giá trị như [1, 2], không phải «{part}».",
        'After in stands a list of values such as [1, 2], not "{part}".',
        "Danh sách phải có ít nhất một giá trị, viết thẳng trong điều kiện, cùng kiểu với vế trái.",
        "The list holds at least one value, written in the guard itself, of the type of the left side.",
    ),
)

RULES: tuple[Rule, ...] = _YAML_RULES + _GUARD_RULES
