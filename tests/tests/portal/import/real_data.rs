//! Real documents: the public codification of law, where it lies beside the project or
//! `DINH_REAL_DATA` names its folder.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;

use dinh_tests::TestPortal;
use serde_json::Value;

use super::rows::{file, run, wanted};

/// Documents imported: the smallest number that has all kinds in it, in a few seconds.
const DOCUMENTS: usize = 300;

/// A file of the data set; none where there is no data set here.
pub(crate) fn data(name: &str) -> Option<PathBuf> {
    data_of("legal", name)
}

/// The same of another set.
pub(crate) fn data_of(set: &str, name: &str) -> Option<PathBuf> {
    let named = std::env::var_os("DINH_REAL_DATA").map(PathBuf::from);
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data"));
    let path = named.unwrap_or(beside).join(set).join(name);
    if !path.exists() {
        // The summary of all checks repeats lines that begin with this word.
        println!(
            "NOTE: {} is missing: what is real was not imported",
            path.display()
        );
        return None;
    }
    Some(path)
}

pub(crate) fn first_lines(reader: impl Read, count: usize) -> Vec<String> {
    BufReader::new(reader)
        .lines()
        .take(count)
        .map(Result::unwrap)
        .collect()
}

#[tokio::test]
async fn real_documents_are_imported_and_found_by_number_and_words() {
    let (Some(documents), Some(queries)) =
        (data("documents.jsonl.xz"), data("known_item_queries.jsonl"))
    else {
        return;
    };
    let portal = TestPortal::demo().await;
    let documents = std::fs::File::open(documents).unwrap();
    let rows = first_lines(
        liblzma::read::XzDecoder::new_multi_decoder(documents),
        DOCUMENTS,
    );
    let mut packed = liblzma::write::XzEncoder::new(Vec::new(), 0);
    packed.write_all(rows.join("\n").as_bytes()).unwrap();
    let path = file(portal.folder(), "real.jsonl.xz", &packed.finish().unwrap());
    let (count, _) = run(&portal, wanted(&path)).await;
    assert_eq!(count.rows, DOCUMENTS as u64);
    assert_eq!(count.created + count.rejected, DOCUMENTS as u64);
    assert!(
        count.rejected <= 15,
        "few real documents are refused: {count:?}"
    );

    let rejects = std::fs::read_to_string(portal.folder().join("real.jsonl.xz.rejects.jsonl"));
    let rejects = rejects.unwrap_or_default();
    let imported = |key: &String| !rejects.contains(&format!("\"{key}\""));
    let keys: Vec<String> = rows
        .iter()
        .map(|row| text(row, "so_ky_hieu"))
        .filter(imported)
        .collect();
    let queries = first_lines(std::fs::File::open(queries).unwrap(), usize::MAX);
    let [asked, first, first_ten] = ask(&portal, &keys, &queries).await;
    println!("{asked} known documents: {first} found first, {first_ten} among the first ten");
    assert!(
        asked >= 50,
        "only {asked} questions are about these documents"
    );
    assert!(
        first * 100 >= asked * 80,
        "{first} of {asked} are found first"
    );
    assert!(
        first_ten * 100 >= asked * 95,
        "{first_ten} of {asked} are among the first ten"
    );
}

/// A member of a row.
fn text(row: &str, name: &str) -> String {
    let row: Value = serde_json::from_str(row).unwrap();
    row[name].as_str().unwrap().to_owned()
}

/// Questions about documents that are there: how many, answered first, among the first ten.
async fn ask(portal: &TestPortal, keys: &[String], queries: &[String]) -> [usize; 3] {
    let (mut asked, mut first, mut first_ten) = (0, 0, 0);
    for query in queries {
        let answer = text(query, "answer");
        if !keys.contains(&answer) {
            continue;
        }
        let found = portal
            .visitor()
            .search("localhost", &text(query, "query"))
            .await;
        let hits = found.assert_status(200).page().rows();
        let at = hits
            .iter()
            .take(10)
            .position(|hit| hit.words.ends_with(&format!(" {answer}")));
        asked += 1;
        first += usize::from(at == Some(0));
        first_ten += usize::from(at.is_some());
    }
    [asked, first, first_ten]
}
