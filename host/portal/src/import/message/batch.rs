//! What is wrong with a spreadsheet whose rows become drafts at the desk.

pub(super) const MESSAGES: [(&str, &str); 19] = [
    (
        "fault.batch-bytes",
        "tệp lớn hơn {max} MB: hãy chia nhỏ tệp, hoặc nhờ người vận hành Cổng nhập bằng lệnh “dinh import”",
    ),
    (
        "fault.batch-rows",
        "trang tính có {count} hàng, nhiều hơn mức {max} hàng một lần: hãy chia nhỏ tệp, hoặc nhờ người vận hành Cổng nhập bằng lệnh “dinh import”",
    ),
    (
        "fault.batch-columns",
        "trang tính có {count} cột, nhiều hơn mức {max} cột: có thể đây không phải là danh sách mỗi hàng một mục",
    ),
    (
        "fault.batch-twice",
        "“{field}” được chọn cho nhiều cột ({given}): chỉ để một cột",
    ),
    (
        "fault.batch-identity",
        "chưa chọn cột nào là “{field}”: cần mục này để nhận ra mục đã có, không tạo bản trùng",
    ),
    (
        "fault.batch-no-column",
        "chưa chọn mục cho cột nào: hãy chọn ít nhất một cột",
    ),
    (
        "fault.batch-empty",
        "không có hàng nào dưới hàng tiêu đề: hãy kiểm tra trang tính và số của hàng tiêu đề",
    ),
    (
        "fault.batch-under-way",
        "trang này đang có quá nhiều bản thảo để đối chiếu trùng lặp: hãy nhờ người vận hành Cổng nhập bằng lệnh “dinh import”",
    ),
    (
        "fault.batch-changed",
        "Chưa ghi gì: từ lúc xem trước tới nay đã có người sửa các mục này. Kết quả mới ở dưới; hãy xem lại rồi ghi.",
    ),
    (
        "fault.batch-faulty",
        "Chưa ghi gì: còn hàng có lỗi. Hãy sửa bảng tính rồi nạp lại, hoặc đánh dấu ô bỏ qua các hàng có lỗi.",
    ),
    (
        "fault.batch-nothing",
        "Không ghi gì thêm: không còn hàng nào cần ghi. Nếu vừa bấm ghi hai lần thì lần đầu đã ghi xong; nếu không, hãy xem kết quả mới ở dưới.",
    ),
    (
        "fault.row-identity",
        "ô trống: cần có để nhận ra mục đã có, không tạo bản trùng",
    ),
    (
        "fault.row-no-title",
        "hàng này không có gì làm tiêu đề của mục",
    ),
    ("fault.row-twice", "trùng với hàng {row} của tệp"),
    (
        "fault.row-many",
        "có nhiều mục đã có cùng trùng với hàng này: hãy sửa riêng từng mục",
    ),
    (
        "fault.row-by-other",
        "mục này đã có và {by} đang soạn: hãy hỏi người ấy, hoặc chờ xong rồi nhập",
    ),
    (
        "fault.row-state",
        "mục này đã có và đang ở trạng thái “{state}”, chưa sửa được",
    ),
    (
        "fault.row-right",
        "mục này đã có và không thuộc quyền sửa của ông/bà",
    ),
    ("fault.row-gone", "mục này vừa bị xóa: hãy xem trước lại"),
];
