//! What is wrong with a spreadsheet that should become a table; `{at}` is a cell as spreadsheets name it.

pub(super) const MESSAGES: [(&str, &str); 24] = [
    (
        "fault.table",
        "bảng số liệu được nạp ở trang riêng, không gõ vào đây",
    ),
    (
        "fault.table-layout",
        "cách sắp xếp của bảng không đúng: {given}",
    ),
    ("fault.sheet-missing", "tệp không có trang tính này"),
    (
        "fault.sheet-unsupported",
        "chỉ nhận bảng CSV, ODS hoặc XLSX; hãy lưu lại tệp ở một trong các dạng đó",
    ),
    (
        "fault.sheet-broken",
        "tệp bị hỏng hoặc không có hàng nào; hãy mở và lưu lại",
    ),
    (
        "fault.sheet-encrypted",
        "tệp được khóa bằng mật khẩu; hãy bỏ mật khẩu rồi nạp lại",
    ),
    (
        "fault.sheet-too-large",
        "tệp có quá nhiều ô hoặc đọc quá lâu; hãy chia thành nhiều bảng",
    ),
    (
        "fault.table-beyond",
        "trang tính không có đủ hàng hoặc cột như đã khai",
    ),
    (
        "fault.table-too-wide",
        "bảng có {given} cột, nhiều hơn mức nhận được",
    ),
    (
        "fault.table-dimension",
        "mỗi chiều của bảng phải có tên riêng; “{given}” bỏ trống, trùng hoặc quá dài",
    ),
    (
        "fault.table-no-heading",
        "{at}: có số liệu “{given}” nhưng cột này không có tiêu đề",
    ),
    (
        "fault.table-no-name",
        "{at}: có số liệu nhưng hàng này không có tên",
    ),
    (
        "fault.table-not-split",
        "{at}: tiêu đề “{given}” không tách được thành hai phần",
    ),
    ("fault.table-long-name", "{at}: tên quá dài"),
    (
        "fault.table-no-number",
        "{at}: “{given}” không phải là số, cũng không phải ký hiệu thống kê (-, .., ., x)",
    ),
    (
        "fault.table-mark",
        "{at}: “{given}” đọc được theo hai cách; hãy chọn dấu thập phân",
    ),
    ("fault.table-digits", "{at}: “{given}” có quá nhiều chữ số"),
    (
        "fault.table-sheet-error",
        "{at}: ô có lỗi của bảng tính ({given})",
    ),
    (
        "fault.table-twice",
        "{at}: trùng với hàng hoặc cột thứ {given}",
    ),
    (
        "fault.table-codes",
        "một chiều có nhiều hơn {given} giá trị",
    ),
    (
        "fault.table-cells",
        "bảng có nhiều hơn {given} ô; hãy chia thành nhiều bảng",
    ),
    (
        "fault.table-not-notes",
        "{at}: dưới hàng số liệu cuối có quá nhiều hàng chữ, hoặc hàng quá dài để là ghi chú; hàng có tên mà thiếu số thì ghi “..”, hàng khác thì xóa",
    ),
    (
        "fault.table-made-up",
        "bảng số liệu chỉ làm từ tệp bảng tính, không ghi trực tiếp được",
    ),
    ("fault.table-empty", "không tìm thấy số liệu nào trong bảng"),
];
