//! Rows of the public codification of law, made up, and what becomes of them.

use std::path::{Path, PathBuf};

use dinh::command::Command;
use dinh::import::Import;
use dinh_tests::{COLLECTION, TestPortal};
use serde_json::{Value, json};

/// What an import says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) rows: u64,
    pub(crate) created: u64,
    pub(crate) updated: u64,
    pub(crate) unchanged: u64,
    pub(crate) rejected: u64,
}

/// A row of its own number.
pub(crate) fn row(number: usize) -> Value {
    json!({
        "so_ky_hieu": format!("{number}/2026/TT-BKHCN"),
        "loai": "Thông tư",
        "trich_yeu": format!("Hướng dẫn thử nghiệm lần thứ {number}"),
        "co_quan_ban_hanh": "Bộ Khoa học và Công nghệ",
        "ngay_ban_hanh": "2026-03-02",
        "ngay_hieu_luc": "2026-05-01",
        "de_muc": "Khoa học và công nghệ",
        "articles": [
            {"dieu": "1", "tieu_de": "Phạm vi điều chỉnh.", "text": "1. Khoản một.\n2. Khoản hai."},
            {"dieu": "2", "tieu_de": "Đối tượng áp dụng.", "text": "Mọi tổ chức, cá nhân."},
        ],
    })
}

/// Rows as JSON Lines.
pub(crate) fn lines(rows: &[Value]) -> String {
    rows.iter().map(|row| format!("{row}\n")).collect()
}

/// A file beside a portal's data.
pub(crate) fn file(folder: &Path, name: &str, content: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path
}

/// The import of a file into the district.
pub(crate) fn wanted(file: &Path) -> Import {
    Import {
        collection: COLLECTION.to_owned(),
        file: file.to_owned(),
        site: "yen-the".to_owned(),
        map: Some("phap-dien".to_owned()),
        format: None,
        dry_run: false,
        rejects: None,
        json: true,
    }
}

/// Runs an import; where rows were rejected, with the reason that the command gives.
pub(crate) async fn run(portal: &TestPortal, import: Import) -> (Count, Option<String>) {
    match portal.command(Command::Import(import)).await {
        Ok(text) => (count(&text), None),
        Err(told) => {
            let (text, reason) = told.split_once("}; ").unwrap_or_else(|| panic!("{told}"));
            (count(&format!("{text}}}")), Some(reason.to_owned()))
        }
    }
}

/// Imports a file that has no fault.
pub(crate) async fn run_clean(portal: &TestPortal, file: &Path) -> Count {
    let (count, reason) = run(portal, wanted(file)).await;
    assert_eq!(reason, None);
    count
}

/// Why an import does not even begin.
pub(crate) async fn refusal(portal: &TestPortal, import: Import) -> String {
    portal.command(Command::Import(import)).await.unwrap_err()
}

/// Reads what an import printed.
pub(crate) fn count(text: &str) -> Count {
    let said: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let number = |value: &Value| value.as_u64().unwrap();
    let of = |name: &str| number(&said["count"][name]);
    Count {
        rows: number(&said["rows"]),
        created: of("created"),
        updated: of("updated"),
        unchanged: of("unchanged"),
        rejected: of("rejected"),
    }
}

/// Everything that the district's list shows, page by page.
pub(crate) async fn listed(portal: &TestPortal) -> Vec<String> {
    let mut all = Vec::new();
    for page in 1.. {
        let path = format!("/van-ban?sort=number&per_page=100&page={page}");
        let shown = portal
            .visitor()
            .get("localhost", &path)
            .await
            .assert_status(200)
            .page();
        let rows = shown.rows().into_iter().zip(shown.row_texts());
        all.extend(rows.map(|(link, text)| format!("{} {text}", link.address)));
        if all.len() as u64 >= shown.total() {
            break;
        }
    }
    all
}
