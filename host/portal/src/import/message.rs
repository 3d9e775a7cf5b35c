//! Faults in words.

mod batch;
mod cells;
mod tables;

use dinh_domain::fault::Fault;

use crate::plugins::LoadedPlugin;

/// The host's own faults, in Vietnamese.
const MESSAGES: [(&str, &str); 63] = [
    (
        "fault.being-written",
        "đang có người soạn bản mới của mục này; hãy đợi đến khi bản đó được đăng",
    ),
    (
        "fault.completed-anew",
        "quy tắc của chuyên mục đã đổi và nay bổ sung nội dung khác; hãy trả lại để người soạn gửi duyệt lại",
    ),
    (
        "fault.not-writable",
        "trong lúc ông/bà viết, mục đã chuyển sang trạng thái “{state}” nên chưa lưu được; hãy chép lại phần đã viết dưới đây, hoặc nhờ người đang giữ rút lại hay trả lại rồi bấm “Lưu” lần nữa",
    ),
    ("fault.not-in-future", "phải là thời điểm sau bây giờ"),
    ("fault.required", "thiếu thông tin bắt buộc: {field}"),
    (
        "fault.needed-for",
        "thiếu “{field}”: chưa có mục này thì không được công bố “{for}”",
    ),
    (
        "fault.confidential",
        "không lưu “{field}” cùng với lựa chọn ở mục khác (ví dụ: nội dung không công khai): hãy xóa trống mục này",
    ),
    ("fault.unknown-field", "trường này không có trong khai báo"),
    (
        "fault.not-for-code",
        "tệp và bảng số liệu do cán bộ đưa vào, mã của phần mở rộng không ghi được",
    ),
    ("fault.integer", "phải là số nguyên"),
    (
        "fault.integer-typed",
        "“{given}” không phải là số nguyên; chỉ viết chữ số, ví dụ 1250",
    ),
    (
        "fault.instant-typed",
        "“{given}” không phải thời điểm: ghi ngày rồi đến giờ, ví dụ 15/12/2026 17:00",
    ),
    (
        "fault.date-typed",
        "“{given}” không phải là ngày có thật; viết ngày/tháng/năm, ví dụ 05/03/2014",
    ),
    ("fault.text", "phải là văn bản"),
    (
        "fault.control-character",
        "có ký tự điều khiển không hợp lệ",
    ),
    ("fault.too-long", "dài {count} ký tự, quá giới hạn {max}"),
    ("fault.too-many", "có {count} mục, quá giới hạn {max}"),
    ("fault.list", "phải là danh sách"),
    ("fault.no-row", "mỗi dòng phải có tên cột và giá trị"),
    ("fault.date", "“{given}” không phải ngày dạng YYYY-MM-DD"),
    (
        "fault.instant",
        "“{given}” không phải thời điểm dạng YYYY-MM-DDTHH:MM",
    ),
    ("fault.choice", "“{given}” không có trong danh mục"),
    ("fault.relation", "quan hệ phải có kind và target"),
    (
        "fault.outline",
        "nội dung phải là văn bản hoặc danh sách đoạn",
    ),
    ("fault.level", "cấp của đoạn không có trong khai báo"),
    ("fault.file", "tệp không có mã hợp lệ"),
    (
        "fault.file-missing",
        "không đọc được tệp “{name}” trong thư mục của tệp nhập",
    ),
    (
        "fault.file-too-large",
        "tệp “{name}” lớn hơn giới hạn {max} byte",
    ),
    (
        "fault.media-type",
        "tệp “{name}” không thuộc loại được nhận",
    ),
    ("fault.row", "không đọc được dòng này: {reason}"),
    (
        "fault.key",
        "thiếu khóa của dòng, hoặc khóa dài quá {max} ký tự (ô gộp thì tách ra và điền từng hàng)",
    ),
    (
        "fault.exists-already",
        "đã có mục khác trùng số hiệu: {entry}",
    ),
    ("fault.workflow", "quy trình không cho phép: {reason}"),
    (
        "fault.check-unavailable",
        "chưa kiểm tra được bằng mã của chuyên mục; hãy thử lại",
    ),
    (
        "fault.too-large",
        "dữ liệu dài {count} byte, quá giới hạn {max}",
    ),
    ("fault.collection", "không có bộ sưu tập này"),
    ("fault.missing", "Xin điền mục này."),
    (
        "fault.unanswered",
        "còn {count} ý kiến chưa được trả lời: hãy trả lời hết trước khi công bố kết quả",
    ),
    (
        "fault.received-date",
        "Ghi ngày nhận theo dạng ngày/tháng/năm, ví dụ 24/11/2026.",
    ),
    ("fault.received-later", "Ngày nhận không thể sau hôm nay."),
    (
        "fault.received-closed",
        "Ngày nhận nằm ngoài thời gian lấy ý kiến: nội dung này không vào đợt lấy ý kiến.",
    ),
    (
        "fault.recorded-late",
        "Kết quả đã công bố: không nhập thêm được nữa.",
    ),
    (
        "fault.version-fell",
        "Số của bản phải lớn hơn hoặc bằng số của bản đã đăng ({before}).",
    ),
    (
        "fault.version-changed",
        "Nội dung khác với bản số {before} đã đăng: hãy ghi số lớn hơn {before}, vì bạn đọc có thể đã dẫn bản ấy theo số.",
    ),
    (
        "fault.result-published",
        "Kết quả đã công bố: câu trả lời này không sửa được nữa.",
    ),
    (
        "fault.longer-than",
        "Mục này dài quá {max} ký tự; xin viết ngắn hơn.",
    ),
    ("fault.not-offered", "Xin chọn một trong những mục có sẵn."),
    (
        "fault.consent",
        "Ông/bà có ghi thông tin cá nhân: xin đọc phần thông báo ở đầu biểu mẫu và đánh dấu vào ô này, hoặc bỏ trống các mục đó.",
    ),
    (
        "fault.mail",
        "Địa chỉ thư điện tử chưa đúng; ví dụ: lan.nguyen@example.vn",
    ),
    (
        "fault.phone",
        "Số điện thoại chưa đúng; ví dụ: 0912 345 678",
    ),
    (
        "fault.form",
        "Nội dung chưa được gửi. Xin xem lại những mục được đánh dấu dưới đây.",
    ),
    (
        "fault.form-changed",
        "Trong lúc ông/bà viết, biểu mẫu này đã thay đổi. Những gì đã viết vẫn còn dưới đây; xin đọc lại thông báo rồi gửi.",
    ),
    (
        "fault.later",
        "Nội dung chưa được tiếp nhận vì có sự cố. Những gì đã viết vẫn còn dưới đây; xin gửi lại sau ít phút.",
    ),
    (
        "fault.sent-too-often",
        "Từ địa chỉ mạng này đã gửi nhiều lần trong giờ qua. Những gì đã viết vẫn còn dưới đây; xin gửi lại sau {minutes} phút.",
    ),
    (
        "fault.sent-already",
        "Nội dung này đã được gửi rồi, không gửi lần nữa. Nếu muốn gửi nội dung khác, xin mở lại trang này.",
    ),
    (
        "fault.file-larger",
        "Tệp “{name}” lớn hơn {max} MB nên chưa được nhận; xin gửi tệp nhỏ hơn.",
    ),
    (
        "fault.files-larger",
        "Cùng với tệp “{name}”, các tệp lớn hơn {max} MB cộng lại: tệp này chưa được nhận.",
    ),
    (
        "fault.files-too-many",
        "Tệp “{name}” chưa được nhận: biểu mẫu này nhận nhiều nhất {max} tệp.",
    ),
    (
        "fault.files-lost",
        "Các tệp gửi lần này lớn quá {max} MB cộng lại, có tệp chưa được nhận. Những gì đã viết vẫn còn dưới đây; xin chọn tệp nhỏ hơn.",
    ),
    (
        "fault.files-gone",
        "Có tệp đã chọn trước đây không còn chờ ở Cổng: đã quá một ngày, hoặc đã gửi rồi. Xin chọn lại tệp nếu vẫn muốn gửi kèm.",
    ),
    (
        "fault.files-full",
        "Hôm nay Cổng đã nhận nhiều tệp, chưa nhận thêm được. Những gì đã viết vẫn còn dưới đây; xin gửi không kèm tệp, hoặc gửi lại vào ngày mai.",
    ),
    (
        "fault.ground",
        "hãy ghi căn cứ của việc xóa, không quá {max} ký tự",
    ),
    ("fault.reason-kind", "hãy chọn một lý do trong danh sách"),
];

/// The text of a fault in Vietnamese: the plugin's own, or the host's.
pub fn message(plugin: Option<&LoadedPlugin>, fault: &Fault) -> String {
    let field = |key: &str| {
        let text = plugin.and_then(|plugin| plugin.locales.text("vi", key));
        text.unwrap_or(key).to_owned()
    };
    let args: Vec<(String, String)> = fault
        .args
        .iter()
        .map(|(name, value)| (name.clone(), field(value)))
        .collect();
    let own: Vec<(&str, &str)> = args
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let by_plugin = plugin.and_then(|it| it.locales.format("vi", &fault.message_key, &own));
    by_plugin.unwrap_or_else(|| {
        let own = MESSAGES.iter().chain(&tables::MESSAGES);
        let mut all = own.chain(&cells::MESSAGES).chain(&batch::MESSAGES);
        let known = all.find(|(key, _)| *key == fault.message_key);
        let mut text = known
            .map_or(fault.message_key.as_str(), |(_, text)| *text)
            .to_owned();
        for (name, value) in &args {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    })
}
