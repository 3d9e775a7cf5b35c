//! Procedures as the national portal published them, where they lie beside the project.

use dinh_tests::TestPortal;
use serde_json::json;

use super::real_data::data_of;
use super::rows::{file, lines, run, wanted};

fn import(path: &std::path::Path) -> dinh::import::Import {
    dinh::import::Import {
        collection: "public-services/procedure".to_owned(),
        map: Some("dvcqg".to_owned()),
        format: None,
        ..wanted(path)
    }
}

#[tokio::test]
async fn a_published_procedure_becomes_rows() {
    let portal = TestPortal::demo().await;
    let row = json!({
        "ten": "Đăng ký nuôi kakapo",
        "linh_vuc": "Đất đai",
        "Trình tự thực hiện": "Bước 1: Nộp đơn </p>\n\nBước 2: Nhận kết quả",
        "Cách thức thực hiện": [
            {"Hình thức nộp": "Trực tiếp", "Thời hạn giải quyết": "3 Ngày", "Phí, lệ phí": ""},
        ],
        "Thành phần hồ sơ": [{"Tên giấy tờ": "Đơn | tờ khai", "Mẫu đơn, tờ khai": ""}],
        "Cơ quan thực hiện": "Ủy ban nhân dân huyện",
    });
    let odd = json!({"ten": "Khác", "linh_vuc": "Vũ trụ"});
    let path = file(portal.folder(), "tthc.jsonl", lines(&[row, odd]).as_bytes());
    let (count, _) = run(&portal, import(&path)).await;
    assert_eq!((count.created, count.rejected), (1, 1));
    let page = portal
        .visitor()
        .get("localhost", "/dich-vu-cong/dang-ky-nuoi-kakapo")
        .await;
    for words in [
        "Bước 1: Nộp đơn<",
        "Bước 2: Nhận kết quả",
        "Đơn | tờ khai",
        "3 Ngày",
    ] {
        page.clone().assert_contains(words);
    }
    let (count, _) = run(&portal, import(&path)).await;
    assert_eq!(
        (count.unchanged, count.created),
        (1, 0),
        "a second run changes nothing"
    );
}

#[tokio::test]
async fn real_procedures_are_imported() {
    let Some(path) = data_of("procedures", "procedures.jsonl") else {
        return;
    };
    let portal = TestPortal::demo().await;
    let (count, _) = run(&portal, import(&path)).await;
    println!("{count:?}");
    assert_eq!(count.rows, 67);
    assert!(count.rejected <= 5, "{count:?}");
}
