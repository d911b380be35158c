"""What can be wrong with the settings of an installation."""

from states.errors import DomainError, Kind


class UnknownSetting(DomainError):
    """{where} has a setting that does not exist: {name}. Remove it or use one of: {known}."""

    vi = "{where} có thiết lập không tồn tại: {name}. Hãy bỏ đi hoặc dùng một trong: {known}."


class InvalidSetting(DomainError):
    """{where}: the setting {name} is {given}; it must be a text that is not empty. Correct it and try again."""

    vi = "{where}: thiết lập {name} là {given}; giá trị phải là chuỗi không rỗng. Hãy sửa rồi thực hiện lại."


class UnknownEngine(DomainError):
    """There is no engine {given}. Write one of: {known}."""

    vi = "Không có bộ điều phối {given}. Hãy ghi một trong: {known}."


class UnknownChannel(DomainError):
    """There is no channel {given}. Write one or more of: {known}, the preferred one first."""

    vi = "Không có kênh {given}. Hãy ghi một hoặc nhiều kênh trong số: {known}, kênh ưu tiên đứng trước."


class InvalidMinutes(DomainError):
    """The setting {name} is {given}; write a whole number of minutes from 1 to {most}."""

    vi = "Thiết lập {name} là {given}; hãy ghi số phút nguyên từ 1 đến {most}."


class InvalidNetwork(DomainError):
    """The setting {name} names {given}; write IP addresses or networks, like "10.0.0.5 192.168.1.0/24"."""

    vi = "Thiết lập {name} có {given}; hãy ghi địa chỉ hoặc dải địa chỉ IP, ví dụ «10.0.0.5 192.168.1.0/24»."


class UnreadableSettings(DomainError):
    """{where} cannot be read: {reason}. Correct the file, or name another folder with MOTCUA_CONFIG."""

    vi = "Không đọc được {where}: {reason}. Hãy sửa tệp, hoặc chỉ thư mục khác bằng MOTCUA_CONFIG."


class MissingFolder(DomainError):
    """The folder {folder}, named by {name}, does not exist. Create it or correct {name}."""

    kind = Kind.NOT_FOUND
    vi = "Thư mục {folder} do {name} chỉ ra không tồn tại. Hãy tạo thư mục hoặc sửa {name}."
