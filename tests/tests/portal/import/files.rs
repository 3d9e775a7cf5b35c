//! Import files of every form, and those that are none.

use std::io::Write;

use dinh_tests::{COLLECTION, TestPortal};

use super::rows::{file, lines, refusal, row, run_clean, wanted};

#[tokio::test]
async fn plain_gz_and_xz_are_read_alike() {
    let portal = TestPortal::demo().await;
    let three = |from: usize| lines(&[row(from), row(from + 1), row(from + 2)]);
    let plain = file(portal.folder(), "a.jsonl", three(1).as_bytes());
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(three(11).as_bytes()).unwrap();
    let gz = file(portal.folder(), "b.jsonl.gz", &packed.finish().unwrap());
    let mut packed = liblzma::write::XzEncoder::new(Vec::new(), 1);
    packed.write_all(three(21).as_bytes()).unwrap();
    let xz = file(portal.folder(), "c.jsonl.xz", &packed.finish().unwrap());
    for path in [plain, gz, xz] {
        let count = run_clean(&portal, &path).await;
        assert_eq!((count.rows, count.created), (3, 3), "{}", path.display());
    }
    let list = portal
        .visitor()
        .get("localhost", "/van-ban?kind=thong-tu")
        .await;
    assert_eq!(list.page().total(), 9);
    for number in [2, 12, 22] {
        let found = portal
            .visitor()
            .search("localhost", &format!("{number}/2026/tt-bkhcn"))
            .await;
        let first = found.page().rows().first().unwrap().words.clone();
        assert_eq!(first, format!("Thông tư {number}/2026/TT-BKHCN"));
    }
}

#[tokio::test]
async fn what_cannot_be_imported_is_said_before_anything_is_read() {
    let portal = TestPortal::demo().await;
    let path = file(portal.folder(), "a.jsonl", lines(&[row(1)]).as_bytes());
    let mut import = wanted(&path);
    import.map = Some("cong-bao".to_owned());
    let told = refusal(&portal, import).await;
    assert_eq!(told, "there is no mapping `cong-bao`; there are: phap-dien");
    let mut import = wanted(&path);
    import.site = "tam-hiep".to_owned();
    let told = refusal(&portal, import).await;
    assert!(
        told.starts_with("there is no site `tam-hiep`; there are: dong-son"),
        "{told}"
    );
    let mut import = wanted(&path);
    import.collection = "news/article".to_owned();
    let told = refusal(&portal, import).await;
    let known = "there is no collection `news/article`; there are: ";
    assert!(told.starts_with(known), "{told}");
    assert!(told.contains(COLLECTION), "{told}");
    let mut import = wanted(&path);
    import.collection = "legal-documents".to_owned();
    assert!(refusal(&portal, import).await.contains("legal-documents"));
    let told = refusal(&portal, wanted(&portal.folder().join("none.jsonl"))).await;
    assert!(told.contains("none.jsonl"), "{told}");
    let list = portal.visitor().get("localhost", "/van-ban").await;
    assert_eq!(list.page().total(), 40);
}

#[tokio::test]
async fn a_file_that_is_no_archive_or_breaks_off_says_where() {
    let portal = TestPortal::demo().await;
    let no_archive = file(portal.folder(), "a.jsonl.xz", b"no archive");
    let told = refusal(&portal, wanted(&no_archive)).await;
    assert!(told.contains("cannot be read after line 0"), "{told}");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    let rows: Vec<_> = (1..400).map(row).collect();
    packed.write_all(lines(&rows).as_bytes()).unwrap();
    let whole = packed.finish().unwrap();
    let cut = file(portal.folder(), "b.jsonl.gz", &whole[..whole.len() / 2]);
    let told = refusal(&portal, wanted(&cut)).await;
    assert!(told.contains("cannot be read after line 1"), "{told}");
    let list = portal
        .visitor()
        .get("localhost", "/van-ban?kind=thong-tu")
        .await;
    assert_eq!(
        list.page().total(),
        100,
        "whole transactions before the break are in"
    );
}
