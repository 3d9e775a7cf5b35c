//! Measures the search on real documents and the questions that have one right answer each.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::analysis::words;
use crate::sample::{ask, document, found};
use crate::{Change, Document, Index};

/// Text of a document that is indexed here, in bytes: without optimisation the analysis of all of
/// it would take minutes. Titles, numbers and the beginning decide these questions.
const BODY_BYTES: usize = 4_000;

/// The last: 0.805 where whole texts are indexed (`dinh search-eval`), 0.796 with their beginnings.
/// Form of question, least share found first, least share among the first ten.
const FLOORS: [(&str, f64, f64); 7] = [
    ("so_ky_hieu", 0.99, 1.00),
    ("so_ky_hieu_khong_dau", 0.99, 1.00),
    ("loai_so", 0.65, 1.00),
    ("trich_yeu", 0.98, 0.99),
    ("trich_yeu_khong_dau", 0.98, 0.99),
    ("trich_yeu_nfd", 0.98, 0.99),
    ("bay_tu_khong_dau", 0.79, 0.97),
];

#[test]
fn known_items_are_found() {
    let legal = real_data().join("legal");
    if !legal.join("documents.jsonl.xz").exists() {
        println!(
            "skipped: no real documents in {} (set DINH_REAL_DATA)",
            legal.display()
        );
        return;
    }
    let numbers = Numbers::read(&legal);
    let index = Index::open_in_memory().unwrap();
    for (number, batch) in (1..).zip(numbers.documents.chunks(500)) {
        index
            .apply(batch.iter().cloned().map(Change::Put).collect(), number)
            .unwrap();
    }
    let mut ranks: BTreeMap<String, Vec<Option<usize>>> = BTreeMap::new();
    for line in fs::read_to_string(legal.join("known_item_queries.jsonl"))
        .unwrap()
        .lines()
    {
        let row: Value = serde_json::from_str(line).unwrap();
        let right = &numbers.ids[text(&row, "answer")];
        let hits = found(&index, text(&row, "query"));
        if let Some((named, year)) = text(&row, "query").split_once(" năm ") {
            assert_fitting_first(&index, text(&row, "query"), &format!("{named} {year}"));
        }
        let rank = hits.iter().position(|hit| hit == right);
        ranks
            .entry(text(&row, "form").to_owned())
            .or_default()
            .push(rank);
    }
    for (form, first, ten) in FLOORS {
        let ranks = &ranks[form];
        let share = |within: usize| {
            let hits = ranks
                .iter()
                .filter(|rank| rank.is_some_and(|at| at < within))
                .count();
            hits as f64 / ranks.len() as f64
        };
        println!("{form}: first {:.3}, among ten {:.3}", share(1), share(10));
        assert!(
            share(1) >= first,
            "{form}: {:.3} found first, {first} wanted",
            share(1)
        );
        assert!(
            share(10) >= ten,
            "{form}: {:.3} among ten, {ten} wanted",
            share(10)
        );
    }
}

/// Documents whose title begins with these words, with or without zeros before numbers, come
/// before all others.
fn assert_fitting_first(index: &Index, question: &str, named: &str) {
    let hits = ask(index, question).hits;
    let folded = |text: &str| -> Vec<String> {
        let words = words(text).into_iter();
        words.map(|word| word.folded).collect()
    };
    let named = folded(named);
    let fits: Vec<bool> = hits
        .iter()
        .map(|hit| folded(&hit.title).starts_with(&named))
        .collect();
    let titles: Vec<&String> = hits.iter().map(|hit| &hit.title).collect();
    assert!(
        fits.is_sorted_by(|one, next| one >= next),
        "{question}: {titles:?}"
    );
}

fn real_data() -> PathBuf {
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    std::env::var_os("DINH_REAL_DATA").map_or_else(beside, PathBuf::from)
}

/// The real documents, and the id that each number got here.
struct Numbers {
    documents: Vec<Document>,
    ids: BTreeMap<String, String>,
}

impl Numbers {
    fn read(legal: &Path) -> Self {
        let file = File::open(legal.join("documents.jsonl.xz")).unwrap();
        let lines = BufReader::new(liblzma::read::XzDecoder::new(file)).lines();
        let (mut documents, mut ids) = (Vec::new(), BTreeMap::new());
        for (at, line) in lines.enumerate() {
            let row: Value = serde_json::from_str(&line.unwrap()).unwrap();
            let id = format!("d{at}");
            ids.insert(text(&row, "so_ky_hieu").to_owned(), id.clone());
            documents.push(read_document(&id, &row));
        }
        Self { documents, ids }
    }
}

fn read_document(id: &str, row: &Value) -> Document {
    let number = text(row, "so_ky_hieu");
    let title = format!("{} {number}", text(row, "loai"));
    let mut body = String::new();
    for article in row["articles"].as_array().unwrap() {
        body.push_str(text(article, "tieu_de"));
        body.push('\n');
        body.push_str(text(article, "text"));
        body.push('\n');
    }
    body.truncate(body.floor_char_boundary(BODY_BYTES));
    Document {
        lead: None,
        titles: vec![text(row, "trich_yeu").to_owned()],
        body: vec![body],
        codes: vec![number.to_owned()],
        ..document(id, &title)
    }
}

fn text<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name].as_str().unwrap_or_default()
}
