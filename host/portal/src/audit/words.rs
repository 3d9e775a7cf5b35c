//! Recorded acts in words.

use std::collections::BTreeMap;

use serde_json::Value;

/// Acts of people, in Vietnamese. What is not here is shown by its own word: acts of operators on plugins.
pub const ACT_NAMES: [(&str, &str); 32] = [
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
    ("entry-step", "Bước xử lý"),
    ("entry-assigned", "Giao việc"),
    ("entry-handed-over", "Bàn giao mục"),
    ("organisation-changed", "Ghi thay đổi tổ chức"),
    ("organisation-succeeded", "Chuyển cho đơn vị kế tục"),
    ("organisations-recorded", "Ghi lịch sử tổ chức"),
    ("site-put", "Đặt trang"),
    ("module-enabled", "Bật chuyên mục"),
    ("module-disabled", "Tắt chuyên mục"),
    ("plugin-installed", "Cài phần mở rộng"),
    ("plugin-upgraded", "Cập nhật phần mở rộng"),
    ("plugin-settings", "Đặt cấu hình phần mở rộng"),
    ("plugin-parked", "Tạm ngừng phần mở rộng"),
];

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

/// What was before and after, by name: only what differs, and what is new.
pub(super) fn changes(
    before: Option<&Value>,
    after: Option<&Value>,
) -> Vec<(String, String, String)> {
    let (was, became) = (flat(before), flat(after));
    let mut names: Vec<&String> = was.keys().chain(became.keys()).collect();
    names.sort();
    names.dedup();
    let value =
        |of: &BTreeMap<String, String>, name: &String| of.get(name).cloned().unwrap_or_default();
    let pairs = names.into_iter().map(|name| {
        let (was, became) = (value(&was, name), value(&became, name));
        (name.clone(), was, became)
    });
    pairs.filter(|(_, was, became)| was != became).collect()
}

/// A value as named texts: `role.organisation`.
fn flat(value: Option<&Value>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    if let Some(value) = value {
        walk(String::new(), value, &mut found);
    }
    found
}

fn walk(path: String, value: &Value, found: &mut BTreeMap<String, String>) {
    let last = path.rsplit('.').next().unwrap_or_default();
    let is_hidden = HIDDEN.iter().any(|it| last.contains(it));
    match value {
        Value::Object(fields) if !is_hidden => {
            for (name, value) in fields {
                let path = match path.as_str() {
                    "" => name.clone(),
                    path => format!("{path}.{name}"),
                };
                walk(path, value, found);
            }
        }
        Value::Null => {}
        _ if is_hidden => {
            found.insert(path, MASK.to_owned());
        }
        Value::String(text) => {
            found.insert(path, told(text));
        }
        other => {
            found.insert(path, told(&other.to_string()));
        }
    }
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
mod tests {
    use serde_json::json;

    use super::{act_name, changes};

    #[test]
    fn what_differs_is_shown_by_name_and_secrets_never() {
        let was = json!({ "state": "draft", "same": 1, "new_password": "x" });
        let became = json!({
            "state": "submitted", "same": 1, "role": { "role": "unit-head" },
            "new_password": "y", "emails": ["a@b.vn"], "reason": "hỏi lan@xa.gov.vn nhé",
        });
        let told = changes(Some(&was), Some(&became));
        let told: Vec<String> = told
            .iter()
            .map(|(name, was, became)| format!("{name}: {was} > {became}"))
            .collect();
        assert_eq!(
            told,
            [
                "emails:  > •••",
                "reason:  > hỏi •••nhé",
                "role.role:  > unit-head",
                "state: draft > submitted",
            ]
        );
        assert_eq!(act_name("role-given"), "Giao vai trò");
        assert_eq!(act_name("plugin-odd"), "plugin-odd");
    }
}
