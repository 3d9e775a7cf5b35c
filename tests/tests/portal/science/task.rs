//! A scientific task as somebody posts it.

use dinh_domain::ids::{CollectionId, SiteId};
use dinh_portal::{Draft, NewFile, Posted};
use dinh_tests::{TestPortal, office};
use serde_json::{Map, Value, json};

/// Words that stand in every field which may be confidential.
pub(super) const WORDS: &str = "kakapo-khoa-hoc";

/// A task under way, with its code.
pub(super) fn task(code: &str) -> Map<String, Value> {
    let body = json!({
        "name": format!("Đề tài {code} {WORDS}"),
        "code": code,
        "level": "base",
        "type": "research",
        "field": "402",
        "host": "Phòng Nông nghiệp",
        "head": format!("Lò Văn {WORDS}"),
        "starts": "2024-01-01",
        "ends": "2025-12-31",
        "budget": 100,
        "objectives": format!("Mục tiêu {WORDS}"),
        "summary": format!("Tóm tắt {WORDS}"),
        "approval": "1/QĐ-UBND",
        "approved_on": "2023-12-12",
    });
    match body {
        Value::Object(body) => body,
        _ => panic!("an object"),
    }
}

/// The same, accepted.
pub(super) fn accepted(code: &str) -> Map<String, Value> {
    let mut body = task(code);
    for (field, value) in [
        ("council", "Hội đồng khoa học huyện"),
        ("acceptance", "77/QĐ-UBND"),
        ("accepted_on", "2026-02-02"),
        ("grade", "passed"),
    ] {
        body.insert(field.to_owned(), json!(value));
    }
    body
}

/// A report as a file.
pub(super) fn report() -> NewFile {
    NewFile {
        field: "synthesis".to_owned(),
        name: "bao-cao.odt".to_owned(),
        label: "Báo cáo tổng hợp".to_owned(),
        content: office::odt("Toàn văn báo cáo").into(),
        layout: None,
    }
}

/// Posts a task of the district, with files; its faults as `path key`.
pub(super) async fn post(
    portal: &TestPortal,
    body: Map<String, Value>,
    files: Vec<NewFile>,
) -> Result<Posted, Vec<String>> {
    let key = body["code"].as_str().unwrap().to_owned();
    let draft = Draft {
        site: SiteId::new("yen-the").unwrap(),
        import_key: Some(key),
        collection: CollectionId::parse("science-projects/project").unwrap(),
        body,
        source: None,
        // Even an import that lifts everything lifts no gate between fields.
        lifted: vec!["acceptance".to_owned(), "stopped_because".to_owned()],
        files,
        published_at: None,
        faults: Vec::new(),
    };
    let posted = portal.portal().post("test", vec![draft]).await.unwrap();
    let faults = |it: Vec<dinh_domain::fault::Fault>| {
        let told = it.iter();
        told.map(|it| format!("{} {}", it.path, it.message_key))
            .collect()
    };
    posted.into_iter().next().unwrap().map_err(faults)
}
