"""Rules on groups of procedures."""

from states.procedure_rules.shapes import error

RULES = (
    error(
        "E-GROUP-001",
        "Thủ tục thành phần «{component}» phải chờ chính nó.",
        'The component "{component}" waits for itself.',
        "Thứ tự after không được khép vòng, nếu không các hồ sơ này không bao giờ được mở. Bỏ một mắt xích.",
        "The order of after has no circle, or these dossiers would never be opened. Drop one link.",
    ),
    error(
        "E-GROUP-002",
        "«{component}» nhận kết quả của «{other}» nhưng không làm sau thủ tục đó.",
        '"{component}" takes a result of "{other}", which does not come before it.',
        "Kết quả chỉ có sau khi thủ tục kia giải quyết xong. Thêm tên đó vào after.",
        "A result exists once the other one was decided. Add it to after.",
    ),
    error(
        "E-GROUP-003",
        "Điều kiện mở «{component}» đọc {fact} khi kết quả đó chưa có.",
        'The condition of "{component}" reads {fact}, which is not known by then.',
        "Chỉ kết quả của thủ tục làm trước mới đọc được. Thêm thủ tục đó vào after.",
        "Only outcomes of earlier components can be read. Add the component to after.",
    ),
    error(
        "E-GROUP-004",
        "{fact} không phải dữ kiện kiểu text của tệp này.",
        "{fact} is no text fact of this file.",
        "Mã thủ tục và mã cơ quan là chuỗi. Khai báo dữ kiện kiểu text, hoặc ghi thẳng giá trị.",
        "Codes of procedures and agencies are text. Declare a fact of type text, or write the value itself.",
    ),
    error(
        "E-GROUP-005",
        "Có thủ tục thành phần nhưng không trạng thái nào mở và chờ chúng (gathers).",
        "There are components, and no state that opens them and waits for them (gathers).",
        "Hồ sơ nhóm phải dừng ở một trạng thái chờ đủ kết quả. Thêm gathers: tên bước chuyển của hệ thống.",
        "The dossier of the group waits in one state for its components. Add gathers: a transition of the system.",
    ),
    error(
        "E-GROUP-006",
        "Trạng thái «{state}» không thể chờ thủ tục thành phần.",
        'The state "{state}" cannot wait for components.',
        "gathers chỉ đặt ở trạng thái đơn, không phải trạng thái đầu, của thủ tục có components.",
        "gathers stands in a single state, not the first one, of a procedure that has components.",
    ),
    error(
        "E-GROUP-007",
        "Bước chuyển «{transition}» rút hồ sơ thành phần nhưng không sang trạng thái chờ (gathers).",
        'The transition "{transition}" recalls the components and does not wait for their end (gathers).',
        "Hồ sơ nhóm chỉ kết thúc khi hồ sơ thành phần đã kết thúc. Cho bước chuyển sang một trạng thái có gathers.",
        "A group ends after its components. Let the transition lead to a state that gathers.",
    ),
    error(
        "E-GROUP-008",
        "Hệ thống không tự thực hiện được «{transition}».",
        'The system cannot fire "{transition}" by itself.',
        "Bước chuyển này do một mình system thực hiện, không điều kiện, không dữ kiện nhập, không lý do.",
        "It is by system alone, without a condition, inputs or a reason.",
    ),
    error(
        "E-GROUP-009",
        "«{transition}» không đưa hồ sơ ra khỏi trạng thái chờ «{state}».",
        '"{transition}" does not lead out of the waiting state "{state}".',
        "Khi đủ kết quả hồ sơ phải đi tiếp. Ghi trạng thái chờ vào from và chọn đích khác.",
        "When all is decided the dossier goes on. Name the state in from and another target.",
    ),
    error(
        "E-GROUP-010",
        "Thủ tục {procedure} của «{component}» cần dữ kiện {fact} mà nhóm không có.",
        'Procedure {procedure} of "{component}" needs the fact {fact}, which the group lacks.',
        "Hồ sơ thành phần chỉ nhận dữ kiện của hồ sơ nhóm. Khai báo dữ kiện này trong nhóm.",
        "A component gets the facts of its group and no others. Declare the fact in the group.",
    ),
    error(
        "E-GROUP-011",
        "Không có thủ tục thành phần «{id}»; gần nhất: {near}.",
        'There is no component "{id}"; the nearest: {near}.',
        "after và takes chỉ được nêu thủ tục thành phần khai báo trong components.",
        "after and takes name components that the file declares.",
    ),
    error(
        "E-GROUP-012",
        "Nhóm rút được nhưng hồ sơ «{component}» ({procedure}) không dừng theo được khi ở {states}.",
        'The group can be withdrawn, and the dossier of "{component}" ({procedure}) cannot end with it in {states}.',
        "Hồ sơ thành phần chưa có kết quả sẽ bị bỏ lại. Ghi recall, và thêm các trạng thái này vào from của bước đó.",
        "A dossier that is not decided would be left behind. Name a recall, and these states in its from.",
    ),
    error(
        "E-GROUP-013",
        "Nhóm rút được nhưng không biết trước thủ tục của «{component}» có dừng theo được không.",
        'The group can be withdrawn, and nobody knows whether the procedure of "{component}" can end with it.',
        "Chỉ rút được hồ sơ thành phần của thủ tục ghi rõ mã. Ghi mã thủ tục, hoặc bỏ recalls.",
        "Only components of a procedure that is named can be recalled. Name its code, or drop recalls.",
    ),
    error(
        "E-GROUP-014",
        "«{transition}» không đưa hồ sơ về nơi chọn lại cơ quan cho «{component}».",
        '"{transition}" does not lead to where another agency can be named for "{component}".',
        "returned phải rời trạng thái chờ (gathers) và về một trạng thái chưa kết thúc, không gathers.",
        "returned leaves the state that gathers for one that neither ends nor gathers.",
    ),
)
