//! Recorded acts in words.

use std::collections::BTreeMap;

use dinh_domain::people::Role;
use serde_json::Value;

/// Acts of people, in Vietnamese. What is not here is shown by its own word: acts of operators on plugins.
pub const ACT_NAMES: [(&str, &str); 56] = [
    ("signed-in", "Đăng nhập"),
    ("signed-out", "Đăng xuất"),
    ("signed-out-everywhere", "Đăng xuất khỏi mọi thiết bị"),
    ("sign-in-failed", "Đăng nhập không thành công"),
    ("sign-in-locked", "Tạm khóa vì đăng nhập sai"),
    ("password-changed", "Đổi mật khẩu"),
    ("second-factor-taken-on", "Bật xác thực hai lớp"),
    ("account-invited", "Mời người mới"),
    ("invitation-accepted", "Nhận lời mời"),
    ("account-reset", "Gửi lời mời mới"),
    ("account-disabled", "Vô hiệu hóa tài khoản"),
    ("account-enabled", "Cho dùng lại tài khoản"),
    ("role-given", "Giao vai trò"),
    ("role-taken", "Thu hồi vai trò"),
    ("role-lent", "Ủy quyền"),
    ("role-lent-no-more", "Kết thúc ủy quyền"),
    ("work-handed-over", "Bàn giao công việc"),
    ("entry-created", "Soạn mục mới"),
    ("entry-written", "Sửa mục"),
    ("entries-brought", "Nhập bản thảo từ bảng tính"),
    ("entry-step", "Bước xử lý"),
    ("entry-assigned", "Giao việc"),
    ("entry-handed-over", "Bàn giao mục"),
    ("organisation-changed", "Ghi thay đổi tổ chức"),
    ("organisation-succeeded", "Chuyển cho đơn vị kế tục"),
    ("organisations-recorded", "Ghi lịch sử tổ chức"),
    ("site-put", "Đặt trang"),
    ("module-enabled", "Bật chuyên mục"),
    ("module-disabled", "Tắt chuyên mục"),
    ("module-moved", "Đổi đường dẫn chuyên mục"),
    ("module-shared", "Đổi phạm vi chia sẻ chuyên mục"),
    ("module-placed", "Đổi thứ tự chuyên mục"),
    ("home-placed", "Sắp xếp trang chủ"),
    ("plugin-waiting", "Phần mở rộng chờ đồng ý"),
    ("plugin-agreed-to", "Đồng ý phần mở rộng"),
    ("plugin-refused", "Từ chối phần mở rộng"),
    ("plugin-unparked", "Cho phần mở rộng chạy lại"),
    ("plugin-installed", "Cài phần mở rộng"),
    ("plugin-upgraded", "Cập nhật phần mở rộng"),
    ("plugin-settings", "Đặt cấu hình phần mở rộng"),
    ("plugin-parked", "Tạm ngừng phần mở rộng"),
    ("entry-sent", "Công dân gửi"),
    ("entry-recorded", "Nhập nội dung nhận ngoài Cổng"),
    ("entry-taken-back", "Công dân rút lại"),
    ("personal-read", "Mở thông tin cá nhân"),
    ("private-erased", "Xóa thông tin riêng"),
    ("subscription-confirmed", "Đăng ký nhận tin qua thư"),
    ("subscription-ended", "Ngừng nhận tin qua thư"),
    ("mail-confirmed", "Công dân xác nhận địa chỉ thư"),
    ("mail-retried", "Gửi lại thư"),
    ("mail-forgotten", "Bỏ thư chưa gửi"),
    ("seal-added", "Thêm khóa niêm phong"),
    ("seals-renewed", "Niêm phong lại bằng khóa mới"),
    ("seals-forgotten", "Bỏ khóa cũ"),
    ("backup-made", "Sao lưu"),
    ("backup-restored", "Khôi phục từ bản sao lưu"),
];

/// What recorded values are called, in Vietnamese.
const KEY_NAMES: [(&str, &str); 42] = [
    ("role", "vai trò"),
    ("grants", "vai trò"),
    ("organisation", "tổ chức"),
    ("from", "từ"),
    ("until", "đến hết"),
    ("on", "từ ngày"),
    ("to", "cho"),
    ("name", "tên"),
    ("state", "trạng thái"),
    ("action", "bước"),
    ("reason", "lý do"),
    ("reason_kind", "loại lý do"),
    ("receipt", "mã biên nhận"),
    ("fields", "mục"),
    ("erased", "đã xóa"),
    ("count", "số lượng"),
    ("blocks", "khối đang hiện"),
    ("hidden", "khối đang ẩn"),
    ("revision", "bản"),
    ("author", "người soạn"),
    ("assignee", "người xử lý"),
    ("acting_for", "thay"),
    ("lent_by", "được ủy quyền bởi"),
    ("approved_by", "người duyệt"),
    ("delegation", "ủy quyền"),
    ("entries", "số mục"),
    ("under_way", "số mục dở dang"),
    ("left", "số mục ở lại"),
    ("unassigned", "số mục thôi giao"),
    ("sessions", "số phiên"),
    ("session", "phiên"),
    ("second_factor", "xác thực hai lớp"),
    ("known_address", "nơi đã từng đăng nhập"),
    ("change", "thay đổi"),
    ("act", "văn bản"),
    ("sites", "trang"),
    ("enabled", "bật"),
    ("mount", "đường dẫn"),
    ("share", "chia sẻ"),
    ("position", "thứ tự"),
    ("host", "tên miền"),
    ("aliases", "tên miền phụ"),
];

/// Bytes of an identifier of an account, and hyphens in it.
const ID_BYTES: usize = 36;
const ID_HYPHENS: usize = 4;

/// Names of values that are never shown, whatever wrote them there.
const HIDDEN: [&str; 6] = ["password", "token", "secret", "code", "email", "phone"];
/// What is shown in their place.
const MASK: &str = "•••";
/// Longest value that is shown, in characters.
const VALUE_CHARS: usize = 400;

/// An act in Vietnamese; its own word where it has none.
pub(super) fn act_name(act: &str) -> &str {
    let found = ACT_NAMES.iter().find(|(known, _)| *known == act);
    found.map_or(act, |(_, name)| name)
}

/// What was before and after, by name: only what differs, and what is new. `names` are those of accounts.
pub(super) fn changes(
    (before, after): (Option<&Value>, Option<&Value>),
    names: &BTreeMap<String, String>,
) -> Vec<(String, String, String)> {
    let (was, became) = (flat(before, names), flat(after, names));
    let mut all: Vec<&String> = was.keys().chain(became.keys()).collect();
    all.sort();
    all.dedup();
    let value = |of: &BTreeMap<String, String>, name: &String| {
        let found = of.get(name).cloned();
        found.unwrap_or_default()
    };
    let pairs = all.into_iter().map(|name| {
        let (was, became) = (value(&was, name), value(&became, name));
        (name.clone(), was, became)
    });
    pairs.filter(|(_, was, became)| was != became).collect()
}

/// What a payload names that may be accounts: identifiers of their form.
pub(super) fn ids(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if is_id(text) => found.push(text.clone()),
        Value::Array(all) => all.iter().for_each(|it| ids(it, found)),
        Value::Object(fields) => fields.values().for_each(|it| ids(it, found)),
        _ => {}
    }
}

fn is_id(text: &str) -> bool {
    text.len() == ID_BYTES && text.bytes().filter(|it| *it == b'-').count() == ID_HYPHENS
}

/// A value as named texts.
fn flat(value: Option<&Value>, names: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    if let Some(value) = value {
        walk((String::new(), ""), value, names, &mut found);
    }
    found
}

/// `path` is told; `key` is the last name as it was recorded.
fn walk(
    (path, key): (String, &str),
    value: &Value,
    names: &BTreeMap<String, String>,
    found: &mut BTreeMap<String, String>,
) {
    if HIDDEN.iter().any(|it| key.contains(it)) {
        found.insert(path, MASK.to_owned());
        return;
    }
    let within = |name: &str| match path.as_str() {
        "" => name.to_owned(),
        path if path == name => name.to_owned(),
        path => format!("{path} / {name}"),
    };
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                walk((within(key_name(key)), key), value, names, found);
            }
        }
        Value::Array(all) if all.iter().any(|it| it.is_object() || it.is_array()) => {
            for (at, value) in (1..).zip(all) {
                walk((within(&format!("{at}")), key), value, names, found);
            }
        }
        Value::Array(all) => {
            let all: Vec<String> = all.iter().filter_map(|it| word(key, it, names)).collect();
            if !all.is_empty() {
                found.insert(path, all.join(", "));
            }
        }
        other => found.extend(word(key, other, names).map(|it| (path, it))),
    }
}

/// A single value in words; none where there is none.
fn word(key: &str, value: &Value, names: &BTreeMap<String, String>) -> Option<String> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(true) => "có".to_owned(),
        Value::Bool(false) => "không".to_owned(),
        Value::String(text) if key == "role" => match Role::new(text) {
            Ok(role) => role.name().to_owned(),
            Err(_) => told(text),
        },
        Value::String(text) => match names.get(text) {
            Some(name) => name.clone(),
            None => told(text),
        },
        other => told(&other.to_string()),
    })
}

/// What a recorded name is called, in Vietnamese; itself where it has no word.
fn key_name(key: &str) -> &str {
    let found = KEY_NAMES.iter().find(|(known, _)| *known == key);
    found.map_or(key, |(_, name)| name)
}

/// A text cut to its longest, with what looks like an e-mail address masked.
fn told(text: &str) -> String {
    let words = text.split_inclusive(char::is_whitespace).map(|word| {
        let is_address =
            word.contains('@') && word.rsplit('@').next().is_some_and(|it| it.contains('.'));
        if is_address { MASK } else { word }
    });
    words
        .collect::<String>()
        .chars()
        .take(VALUE_CHARS)
        .collect()
}

#[cfg(test)]
mod tests;
