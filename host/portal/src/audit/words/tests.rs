use serde_json::json;

use super::{act_name, changes};

#[test]
fn what_differs_is_shown_by_name_and_secrets_never() {
    let id = "01a21d25-e3c5-72da-bb8f-b46a76e3f265";
    let names = [(id.to_owned(), "Lan (lan)".to_owned())].into();
    let was = json!({ "state": "draft", "same": 1, "new_password": "x" });
    let became = json!({
        "state": "submitted", "same": 1, "new_password": "y", "to": id,
        "role": { "role": "unit-head", "organisation": "dong-son" },
        "grants": [{ "role": "odd" }, { "role": "unit-head" }], "none": null, "empty": [],
        "emails": ["a@b.vn"], "aliases": ["a", "b"], "on": true,
        "reason": "hỏi lan@xa.gov.vn nhé",
    });
    let told = changes((Some(&was), Some(&became)), &names);
    let told: Vec<String> = told
        .iter()
        .map(|(name, was, became)| format!("{name}: {was} > {became}"))
        .collect();
    assert_eq!(
        told,
        [
            "cho:  > Lan (lan)",
            "emails:  > •••",
            "lý do:  > hỏi •••nhé",
            "trạng thái: draft > submitted",
            "tên miền phụ:  > a, b",
            "từ ngày:  > có",
            "vai trò:  > Thủ trưởng đơn vị",
            "vai trò / 1 / vai trò:  > odd",
            "vai trò / 2 / vai trò:  > Thủ trưởng đơn vị",
            "vai trò / tổ chức:  > dong-son",
        ]
    );
    assert_eq!(act_name("role-given"), "Giao vai trò");
    assert_eq!(act_name("plugin-odd"), "plugin-odd");
}
