//! Rows of an import bring files along; one that is broken or locked stops nothing and is named.

use dinh::command::Command;
use dinh::import::Import;
use dinh_tests::{COLLECTION, TestPortal, office};
use serde_json::{Value, json};

use crate::import::rows::{file, lines};

fn row(number: usize, paths: &[&str]) -> Value {
    let files = paths
        .iter()
        .map(|path| json!({"path": path, "label": "Toàn văn"}));
    json!({
        "key": format!("tep-{number}"),
        "kind": "quyet-dinh",
        "number": format!("{number}/2026/QĐ-UBND"),
        "issuer": "Ủy ban nhân dân huyện Yên Thế",
        "issued_on": "2026-11-02",
        "effective_on": "2026-11-12",
        "abstract": format!("Về việc nhập tệp lần thứ {number}"),
        "files": files.collect::<Vec<_>>(),
    })
}

fn wanted(portal: &TestPortal, rows: &[Value]) -> Import {
    Import {
        collection: COLLECTION.to_owned(),
        file: file(portal.folder(), "rows.jsonl", lines(rows).as_bytes()),
        site: "yen-the".to_owned(),
        map: None,
        format: None,
        rejects: None,
        dry_run: false,
        json: true,
    }
}

#[tokio::test]
async fn files_of_rows_are_found_and_what_is_wrong_with_them_is_told() {
    let portal = TestPortal::demo().await;
    let folder = portal.folder();
    std::fs::create_dir(folder.join("pdf")).unwrap();
    file(folder, "pdf/1.pdf", &office::pdf("kakapo đuôi vằn"));
    file(folder, "2.odt", &office::locked_odt());
    file(folder, "3.pdf", b"%PDF-1.7 nothing behind it");
    file(folder, "4.pdf", &office::scan());
    let rows = [
        row(41, &["pdf/1.pdf"]),
        row(42, &["2.odt"]),
        row(43, &["3.pdf", "pdf/1.pdf"]),
        row(44, &["4.pdf"]),
    ];
    let import = wanted(&portal, &rows);
    let told = portal
        .command(Command::Import(import.clone()))
        .await
        .unwrap();
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["count"]["created"], 4);
    assert_eq!(told["count"]["flagged_files"], 3);
    let flagged = json!([
        {"line": 2, "name": "2.odt", "state": "encrypted"},
        {"line": 3, "name": "3.pdf", "state": "broken"},
        {"line": 4, "name": "4.pdf", "state": "no-text"},
    ]);
    assert_eq!(told["flagged"], flagged);
    let page = portal
        .visitor()
        .search("localhost", "kakapo duoi van")
        .await
        .page();
    assert_eq!(page.total(), 2);
    let plain = Import {
        json: false,
        ..import
    };
    let told = portal.command(Command::Import(plain)).await.unwrap();
    assert!(told.contains("4 unchanged"), "{told}");
    assert!(told.contains("\n  line 4: 4.pdf: no-text"), "{told}");
}

#[tokio::test]
async fn a_row_cannot_bring_a_file_from_elsewhere() {
    let portal = TestPortal::demo().await;
    let outside = tempfile::tempdir().unwrap();
    file(outside.path(), "secret.pdf", &office::pdf("bí mật"));
    std::os::unix::fs::symlink(outside.path(), portal.folder().join("link")).unwrap();
    let absolute = outside.path().join("secret.pdf");
    let rows = [
        row(45, &["../secret.pdf"]),
        row(46, &[absolute.to_str().unwrap()]),
        row(47, &["link/secret.pdf"]),
        row(48, &["nothing.pdf"]),
    ];
    let told = portal
        .command(Command::Import(wanted(&portal, &rows)))
        .await
        .unwrap_err();
    assert!(told.contains("\"rejected\":4"), "{told}");
    let rejects = std::fs::read_to_string(portal.folder().join("rows.jsonl.rejects.jsonl"));
    let faults = rejects.unwrap_or_default();
    assert!(faults.contains("không đọc được tệp"), "{faults}");
}
