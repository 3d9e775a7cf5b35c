use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Lines, MAX_LINE_BYTES};

/// Numbers of the lines, and whether each could be read.
fn lines(path: &Path) -> Result<Vec<(u64, bool)>, String> {
    let mut source = Lines::open(path)?;
    let mut all = Vec::new();
    loop {
        let batch = source.batch()?;
        if batch.lines.is_empty() {
            assert_eq!(batch.taken, source.size(), "all of the file was taken");
            return Ok(all);
        }
        all.extend(batch.lines.iter().map(|it| (it.number, it.text.is_ok())));
    }
}

fn file(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut packed = liblzma::write::XzEncoder::new(Vec::new(), 1);
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

const TEXT: &[u8] = b"\xEF\xBB\xBF{\"a\":1}\r\n\r\n{\"a\":2}\n  \n{\"a\":3}";

#[test]
fn plain_gz_and_xz_give_the_same_lines_with_their_numbers() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("a.jsonl", TEXT.to_vec()),
        ("a.jsonl.gz", gz(TEXT)),
        ("A.JSONL.XZ", xz(TEXT)),
        // Files that were packed one after the other are one file.
        ("b.jsonl.gz", [gz(&TEXT[..5]), gz(&TEXT[5..])].concat()),
        ("b.jsonl.xz", [xz(&TEXT[..5]), xz(&TEXT[5..])].concat()),
    ] {
        let found = lines(&file(&folder, name, &bytes)).unwrap();
        assert_eq!(found, [(1, true), (3, true), (5, true)], "{name}");
    }
    let mut source = Lines::open(&folder.path().join("a.jsonl")).unwrap();
    let first = source.batch().unwrap().lines.remove(0);
    assert_eq!(
        first.text.unwrap(),
        b"{\"a\":1}",
        "neither mark nor line end"
    );
}

#[test]
fn a_line_over_the_limit_is_told_and_the_next_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let long = format!("\"{}\"\n1\n", "x".repeat(50_000_000));
    let path = file(&folder, "a.jsonl", long.as_bytes());
    assert_eq!(lines(&path).unwrap(), [(1, false), (2, true)]);
    let mut source = Lines::open(&path).unwrap();
    let told = source.batch().unwrap().lines.remove(0).text.unwrap_err();
    assert!(told.contains(&MAX_LINE_BYTES.to_string()), "{told}");
    let fits = format!(
        "\"{}\"\n",
        "x".repeat(usize::try_from(MAX_LINE_BYTES).unwrap() - 3)
    );
    assert_eq!(
        lines(&file(&folder, "b.jsonl", fits.as_bytes())).unwrap(),
        [(1, true)]
    );
}

#[test]
fn a_broken_archive_says_after_which_line() {
    let folder = tempfile::tempdir().unwrap();
    let rows: String = (0..50_000)
        .map(|n| format!("{{\"a\":{}}}\n", n * 7919))
        .collect();
    for (name, bytes) in [("a.gz", gz(rows.as_bytes())), ("a.xz", xz(rows.as_bytes()))] {
        let told = lines(&file(&folder, name, b"no archive")).unwrap_err();
        assert!(told.contains("after line 0"), "{told}");
        let told = lines(&file(&folder, name, &bytes[..bytes.len() - 9])).unwrap_err();
        assert!(
            told.contains("cannot be read after line") && !told.contains("line 0:"),
            "{told}"
        );
    }
}

#[test]
fn what_unpacks_without_end_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let zeros = vec![0; 70 << 20];
    for (name, bytes) in [("a.gz", gz(&zeros)), ("a.xz", xz(&zeros))] {
        let told = lines(&file(&folder, name, &bytes)).unwrap_err();
        assert!(told.contains("unpacks to more than"), "{told}");
    }
    let lines_without_end = b"{}\n".repeat(23 << 20);
    let told = lines(&file(&folder, "b.xz", &xz(&lines_without_end))).unwrap_err();
    assert!(told.contains("unpacks to more than"), "{told}");
    assert!(
        lines(&file(&folder, "c.jsonl", &zeros)).is_ok(),
        "a plain file is as large as it is"
    );
}

#[test]
fn an_archive_that_wants_more_memory_than_anybody_uses_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = liblzma::stream::LzmaOptions::new_preset(0).unwrap();
    options.dict_size(1 << 30);
    let mut filters = liblzma::stream::Filters::new();
    filters.lzma2(&options);
    let check = liblzma::stream::Check::Crc32;
    let header = liblzma::stream::Stream::new_stream_encoder(&filters, check);
    let Ok(stream) = header else {
        // A small machine cannot even make such a file.
        return;
    };
    let mut packed = liblzma::write::XzEncoder::new_stream(Vec::new(), stream);
    packed.write_all(b"{}\n").unwrap();
    let bytes = packed.finish().unwrap();
    let told = lines(&file(&folder, "a.xz", &bytes)).unwrap_err();
    assert!(told.to_lowercase().contains("memory"), "{told}");
}

#[test]
fn a_file_that_is_written_to_meanwhile_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, "a.jsonl", &b"{\"a\":1}\n".repeat(1_000));
    let mut source = Lines::open(&path).unwrap();
    assert_eq!(source.batch().unwrap().lines.len(), super::ROWS_A_BATCH);
    let mut more = std::fs::File::options().append(true).open(&path).unwrap();
    more.write_all(b"{\"a\":2}\n").unwrap();
    let told = source.batch().unwrap_err();
    assert!(
        told.contains("was changed while it was read, after line 200"),
        "{told}"
    );
}

#[test]
fn what_is_no_file_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let told = lines(folder.path()).unwrap_err();
    assert!(told.contains("is no file"), "{told}");
    let told = lines(Path::new("/dev/zero")).unwrap_err();
    assert!(told.contains("is no file"), "{told}");
    let told = lines(&folder.path().join("none.jsonl")).unwrap_err();
    assert!(told.contains("none.jsonl"), "{told}");
}
