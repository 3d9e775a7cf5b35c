use poem::Body;

use super::{LOST_FILES, MAX_FILE_NAME_CHARS, plain_name, read};
use crate::asked::form::{FilesAre, Room};
use crate::asked::{Refused, SentFile};

const MEDIA: &str = "multipart/form-data; boundary=cut";

fn room(files: FilesAre) -> Room {
    Room {
        max_bytes: 4_000,
        max_text_bytes: 1_000,
        max_file_bytes: 2_000,
        files,
        signed_in_at: None,
        _held: None,
    }
}

fn part(head: &str, body: &str) -> String {
    format!("--cut\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
}

fn whole(parts: &[String]) -> Body {
    Body::from(format!("{}--cut--\r\n", parts.concat()))
}

async fn sent(
    parts: &[String],
    files: FilesAre,
) -> Result<(Vec<(String, String)>, Vec<SentFile>), Refused> {
    read(whole(parts), MEDIA, &room(files)).await
}

#[tokio::test]
async fn texts_keep_their_lines_and_files_their_bytes() {
    let parts = [
        part("name=\"f.text\"", "Điều 1.\r\nĐiều 2."),
        part(
            "name=\"f.files.new\"; filename=\"C:\\hồ sơ\\qđ.pdf\"",
            "%PDF-1.4",
        ),
        part("name=\"f.files.new\"; filename=\"\"", ""),
    ];
    let (texts, files) = sent(&parts, FilesAre::Taken).await.unwrap();
    assert_eq!(
        texts,
        [("f.text".to_owned(), "Điều 1.\r\nĐiều 2.".to_owned())]
    );
    assert_eq!(
        files.len(),
        1,
        "an input in which nothing was chosen is no file"
    );
    assert_eq!(
        (files[0].name.as_str(), files[0].bytes.as_slice()),
        ("qđ.pdf", &b"%PDF-1.4"[..])
    );
}

#[tokio::test]
async fn files_of_whoever_is_not_signed_in_are_passed_over_and_texts_kept() {
    let parts = [
        part("name=\"tep\"; filename=\"a.pdf\"", &"x".repeat(2_000)),
        part("name=\"f.a\"", "một"),
    ];
    let (texts, files) = sent(&parts, FilesAre::PassedOver).await.unwrap();
    assert_eq!((texts.len(), files.len()), (2, 0));
    assert_eq!(texts[1].0, LOST_FILES, "and that is said");
    assert_eq!(
        sent(&parts, FilesAre::Refused).await,
        Err(Refused::FormType)
    );
}

#[tokio::test]
async fn files_beyond_what_is_kept_are_passed_over_and_the_others_come() {
    let parts = [
        part("name=\"tep\"; filename=\"a.pdf\"", &"x".repeat(1_500)),
        part("name=\"tep\"; filename=\"b.pdf\"", &"y".repeat(600)),
        part("name=\"tep\"; filename=\"c.pdf\"", &"z".repeat(500)),
        part("name=\"f.a\"", "một"),
    ];
    let (texts, files) = sent(&parts, FilesAre::Taken).await.unwrap();
    let names: Vec<&str> = files.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["a.pdf", "c.pdf"]);
    assert_eq!(texts[0].1, "một");
    assert_eq!(texts[1].0, LOST_FILES);
}

#[tokio::test]
async fn what_is_too_long_broken_or_no_text_is_refused() {
    let long = [part("name=\"a\"", &"x".repeat(1_001))];
    assert_eq!(
        sent(&long, FilesAre::Taken).await,
        Err(Refused::UploadTooLarge)
    );
    let large = [part("name=\"a\"; filename=\"b\"", &"x".repeat(4_000))];
    assert_eq!(
        sent(&large, FilesAre::Taken).await,
        Err(Refused::UploadTooLarge)
    );
    let halved = Body::from(part("name=\"a\"", "b"));
    let halved = read(halved, MEDIA, &room(FilesAre::Taken)).await;
    assert_eq!(halved, Err(Refused::FormBroken));
    let nameless = [part("filename=\"b\"", "x")];
    assert_eq!(
        sent(&nameless, FilesAre::Taken).await,
        Err(Refused::FormBroken)
    );
    let mut bytes = part("name=\"a\"", "").into_bytes();
    let at = bytes.len() - 2;
    bytes.splice(at..at, [0xff, 0xfe]);
    bytes.extend_from_slice(b"--cut--\r\n");
    let odd = read(Body::from(bytes), MEDIA, &room(FilesAre::Taken)).await;
    assert_eq!(odd, Err(Refused::NotUtf8));
    let none = read(whole(&[]), "multipart/form-data", &room(FilesAre::Taken)).await;
    assert_eq!(none, Err(Refused::FormType));
    let names: Vec<String> = (0..60)
        .map(|it| part(&format!("name=\"{it:040}\""), ""))
        .collect();
    assert_eq!(
        sent(&names, FilesAre::Taken).await,
        Err(Refused::UploadTooLarge)
    );
    let many: Vec<String> = (0..40).map(|_| part("name=\"a\"", "")).collect();
    assert!(sent(&many, FilesAre::Taken).await.is_ok());
}

/// Room for much, so that only what cannot be read is in the way.
fn wide() -> Room {
    Room {
        max_bytes: 8_000_000,
        max_text_bytes: 4_000_000,
        max_file_bytes: 8_000_000,
        ..room(FilesAre::Taken)
    }
}

fn pieces(text: String) -> Body {
    let bytes = bytes::Bytes::from(text);
    let cut = (0..bytes.len())
        .step_by(8_192)
        .map(move |at| Ok::<_, std::io::Error>(bytes.slice(at..(at + 8_192).min(bytes.len()))));
    Body::from_bytes_stream(futures_util::stream::iter(cut.collect::<Vec<_>>()))
}

#[tokio::test]
async fn what_stands_before_a_part_is_kept_within_bounds_and_a_part_itself_is_read_whole() {
    let long = part("name=\"a\"", &"chữ ".repeat(500_000)) + "--cut--\r\n";
    let (texts, _) = read(pieces(long), MEDIA, &wide()).await.unwrap();
    assert_eq!(texts[0].1.len(), 500_000 * "chữ ".len());
    let nothing = "x".repeat(400_000);
    let before = read(pieces(nothing.clone()), MEDIA, &wide()).await;
    assert_eq!(before, Err(Refused::FormBroken));
    let head = format!("--cut\r\nX-Long: {nothing}\r\n\r\n\r\n--cut--\r\n");
    assert!(read(pieces(head), MEDIA, &wide()).await.is_err());
}

#[test]
fn a_files_name_has_no_folders_and_keeps_its_ending() {
    assert_eq!(plain_name("../../etc/passwd"), "passwd");
    assert_eq!(plain_name("a\r\nSet-Cookie: b.pdf"), "aSet-Cookie: b.pdf");
    assert_eq!(plain_name(".."), "tep");
    let long = plain_name(&format!("{}.pdf", "á".repeat(400)));
    assert_eq!(long.chars().count(), MAX_FILE_NAME_CHARS);
    assert!(long.ends_with(".pdf"));
}
