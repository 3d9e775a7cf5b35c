//! What is wrong with a cell of a spreadsheet whose rows become entries.

pub(super) const MESSAGES: [(&str, &str); 8] = [
    (
        "fault.cell-error",
        "ô có lỗi của bảng tính ({given}); hãy sửa trong bảng tính",
    ),
    (
        "fault.cell-formula",
        "ô chứa công thức “{given}” chứ không phải giá trị; hãy dán lại dạng giá trị",
    ),
    (
        "fault.cell-beside",
        "có chữ ở cột không có tiêu đề ({given}); có thể thiếu dấu ngoặc kép quanh một ô có dấu phân cách",
    ),
    (
        "fault.cell-no-date",
        "“{given}” là số, không phải ngày; hãy định dạng ô là ngày hoặc ghi ngày/tháng/năm",
    ),
    (
        "fault.cell-dates",
        "“{given}” không ở dạng 2024-12-31: hãy chọn cách viết ngày (hoặc khai trong ánh xạ)",
    ),
    ("fault.cell-no-integer", "“{given}” không phải là số nguyên"),
    (
        "fault.cell-mark",
        "“{given}” đọc được theo hai cách: hãy chọn dấu thập phân (hoặc khai trong ánh xạ)",
    ),
    (
        "fault.key-twice",
        "“{given}” trùng khóa với hàng {row} của tệp",
    ),
];
