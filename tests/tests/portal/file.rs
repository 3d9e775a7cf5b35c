//! Attached files: real ones, saved and never run.

use dinh_tests::{Document, TestPortal, Visited};

async fn download(portal: &TestPortal) -> (String, Visited) {
    let document = portal
        .visitor()
        .document("localhost", "06/2014/QĐ-UBND")
        .await;
    let links = document.page().links();
    let link = links
        .iter()
        .find(|link| link.address.starts_with("/tep/"))
        .unwrap();
    assert_eq!(link.words, "Toàn văn Quyết định 06/2014/QĐ-UBND");
    let file = portal
        .visitor()
        .get("localhost", &link.address)
        .await
        .assert_status(200);
    (link.address.clone(), file)
}

/// The text of a member of a zip archive, unpacked by hand from its central directory.
fn member(archive: &[u8], wanted: &str) -> String {
    let u16_at = |at: usize| usize::from(u16::from_le_bytes([archive[at], archive[at + 1]]));
    let u32_at = |at: usize| u16_at(at) + (u16_at(at + 2) << 16);
    let end = archive
        .windows(4)
        .rposition(|four| four == b"PK\x05\x06")
        .unwrap();
    let (count, mut at) = (u16_at(end + 10), u32_at(end + 16));
    for _ in 0..count {
        assert_eq!(&archive[at..at + 4], b"PK\x01\x02");
        let (method, packed) = (u16_at(at + 10), u32_at(at + 20));
        let (name, more) = (u16_at(at + 28), u16_at(at + 30) + u16_at(at + 32));
        let local = u32_at(at + 42);
        if &archive[at + 46..at + 46 + name] == wanted.as_bytes() {
            let start = local + 30 + u16_at(local + 26) + u16_at(local + 28);
            let bytes = &archive[start..start + packed];
            if method == 0 {
                return String::from_utf8(bytes.to_vec()).unwrap();
            }
            let mut text = String::new();
            let mut reader = flate2::read::DeflateDecoder::new(bytes);
            std::io::Read::read_to_string(&mut reader, &mut text).unwrap();
            return text;
        }
        at += 46 + name + more;
    }
    panic!("the archive has no {wanted}");
}

#[tokio::test]
async fn a_documents_file_is_a_real_open_document_with_its_number() {
    let portal = TestPortal::demo().await;
    let (_, file) = download(&portal).await;
    let bytes = &file.answer().body;
    assert!(bytes.starts_with(b"PK\x03\x04"));
    assert_eq!(
        member(bytes, "mimetype"),
        "application/vnd.oasis.opendocument.text"
    );
    let content = member(bytes, "content.xml");
    assert!(
        content.contains("06/2014/QĐ-UBND"),
        "{}",
        &content[..400.min(content.len())]
    );
    assert!(content.contains("Quy chế Tổ chức, quản lý và duy trì hoạt động"));
    assert_eq!(file.header("content-length"), bytes.len().to_string());
}

#[tokio::test]
async fn a_file_is_saved_under_its_name_and_acts_nowhere() {
    let portal = TestPortal::demo().await;
    let (_, file) = download(&portal).await;
    assert_eq!(
        file.header("content-type"),
        "application/vnd.oasis.opendocument.text"
    );
    let disposition = file.header("content-disposition");
    assert!(
        disposition.starts_with("attachment; filename=\"quyet-dinh-06-2014-qd-ubnd.odt\""),
        "{disposition}"
    );
    assert!(disposition.contains("filename*=UTF-8''"), "{disposition}");
    assert!(file.header("content-security-policy").contains("sandbox"));
}

#[tokio::test]
async fn a_file_is_read_in_parts_and_not_sent_twice() {
    let portal = TestPortal::demo().await;
    let (path, whole) = download(&portal).await;
    let bytes = &whole.answer().body;
    let size = bytes.len();
    assert_eq!(whole.header("accept-ranges"), "bytes");
    let visitor = portal.visitor();
    let part = visitor
        .get_with("localhost", &path, &[("Range", "bytes=4-19")])
        .await
        .assert_status(206);
    assert_eq!(part.answer().body, bytes[4..20]);
    assert_eq!(part.header("content-range"), format!("bytes 4-19/{size}"));
    let last = visitor
        .get_with("localhost", &path, &[("Range", "bytes=-10")])
        .await
        .assert_status(206);
    assert_eq!(last.answer().body, bytes[size - 10..]);
    let beyond = format!("bytes={size}-");
    let beyond = visitor
        .get_with("localhost", &path, &[("Range", &beyond)])
        .await
        .assert_status(416);
    assert_eq!(beyond.header("content-range"), format!("bytes */{size}"));
    let tag = whole.header("etag");
    visitor
        .get_with("localhost", &path, &[("If-None-Match", tag)])
        .await
        .assert_status(304);
    let stale = [("Range", "bytes=0-3"), ("If-Range", "\"other\"")];
    visitor
        .get_with("localhost", &path, &stale)
        .await
        .assert_status(200);
}

#[tokio::test]
async fn a_file_belongs_to_its_site_and_its_name() {
    let portal = TestPortal::demo().await;
    let (path, _) = download(&portal).await;
    let visitor = portal.visitor();
    visitor
        .get("hoi-nong-dan.localhost", &path)
        .await
        .assert_status(404);
    visitor
        .get("dong-son.localhost", &path)
        .await
        .assert_status(404);
    visitor
        .get(
            "localhost",
            "/tep/0192f0c1-0000-7000-8000-000000000000/x.odt",
        )
        .await
        .assert_status(404);
    visitor
        .get("localhost", "/tep/..%2f..%2fdinh.sqlite/x")
        .await
        .assert_status(404);
    visitor.get("localhost", "/tep").await.assert_status(404);
}

#[tokio::test]
async fn knowing_the_id_of_another_sites_file_is_no_right_to_show_it() {
    let portal = TestPortal::demo().await;
    let (address, _) = download(&portal).await;
    let id = address.split('/').nth(2).unwrap();
    let claim = serde_json::json!([{"file": id, "name": "cua-toi.odt"}]);
    let claimed = Document::new("95/2026/QĐ-UBND")
        .on("dong-son")
        .without("files")
        .with("files", claim);
    assert_eq!(
        portal.try_post(claimed).await,
        Err(vec![" fault.file".to_owned()])
    );
    portal
        .visitor()
        .get("dong-son.localhost", &address)
        .await
        .assert_status(404);
}
