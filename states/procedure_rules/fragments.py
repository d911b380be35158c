"""Rules on fragments: pieces written once and used by several procedures."""

from states.procedure_rules.shapes import error, warning

RULES = (
    error(
        "E-FRAG-001",
        "Mảnh «{fragment}» cần tham số «{parameter}».",
        'The fragment "{fragment}" needs the parameter "{parameter}".',
        "Tham số không có giá trị mặc định thì nơi dùng phải điền, trong with: {tên: giá trị}.",
        "A parameter without a default is filled in where the fragment is used, in with: {name: value}.",
    ),
    error(
        "E-FRAG-002",
        "Mảnh dùng lẫn nhau thành vòng: {chain}.",
        "Fragments use each other in a circle: {chain}.",
        "Một mảnh không thể chứa chính nó. Bỏ một dòng use trong vòng này.",
        "A fragment cannot contain itself. Drop one use of this circle.",
    ),
    error(
        "E-FRAG-003",
        "Mảnh «{fragment}» đang có lỗi nên không dùng được.",
        'The fragment "{fragment}" has errors of its own and cannot be used.',
        "Sửa các lỗi trong tệp của mảnh trước: «motcua validate» cho biết từng lỗi, từng dòng.",
        "Mend the file of the fragment first: motcua validate names each error and its line.",
    ),
    warning(
        "W-FRAG-004",
        "Không thủ tục nào dùng mảnh «{fragment}».",
        'No procedure uses the fragment "{fragment}".',
        "Phiên bản không ai dùng làm người sửa tưởng nó có hiệu lực. Bỏ tệp, hoặc chuyển thủ tục sang dùng.",
        "A version without users looks as if it were in force. Delete it, or let a procedure use it.",
    ),
)
