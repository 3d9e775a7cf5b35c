//! Relations that real documents state in words, against a sample that people read.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use dinh_domain::body::{self, Unknown};
use dinh_domain::declaration::{Declaration, PluginFiles};
use dinh_domain::proposal::{self, Proposal};
use dinh_domain::vietnamese::code_key;
use dinh_tests::bundle_folder;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::real_data::data;

/// What people judged: document, kind, target, hash of the sentence, `good` or `bad`.
const LABELS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../plugins/legal-documents/labels/relations.tsv"
);
/// Fewest labelled proposals that count as a sample.
const SAMPLE_MIN: usize = 120;
/// Of these, how many must be right, in percent.
const PRECISION_MIN: usize = 95;

fn declaration() -> Declaration {
    let root = bundle_folder().join("plugins").join(dinh_tests::PLUGIN);
    let mut files = PluginFiles::new();
    let mut read = |path: &str, file: &Path| {
        files.insert(path.to_owned(), std::fs::read(file).unwrap());
    };
    read("plugin.toml", &root.join("plugin.toml"));
    for folder in ["collections", "lists", "imports"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            read(&format!("{folder}/{name}"), &entry.path());
        }
    }
    Declaration::parse(&files).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// What is proposed for a document of the data set.
fn proposals(declaration: &Declaration, row: &Value) -> Vec<Proposal> {
    let collection = &declaration.collections["document"];
    let kind = row["loai"].as_str().unwrap_or_default();
    let kind = declaration.lists["kinds"].by_label(kind);
    let articles = row["articles"].as_array().unwrap().iter();
    let blocks: Vec<Value> = articles
        .map(|it| json!({"level": "article", "number": it["dieu"].as_str().unwrap_or_default(), "heading": it["tieu_de"].as_str().unwrap_or_default(), "text": it["text"].as_str().unwrap_or_default()}))
        .collect();
    let given = json!({
        "kind": kind.map(|it| &it.id), "number": row["so_ky_hieu"],
        "abstract": row["trich_yeu"], "issued_on": row["ngay_ban_hanh"], "text": blocks,
    });
    let Value::Object(given) = given else {
        panic!("an object")
    };
    let body = body::check(declaration, collection, given, Unknown::Refuse);
    body.map_or_else(
        |_| Vec::new(),
        |body| proposal::read(declaration, collection, &body),
    )
}

fn rows() -> Option<Vec<Value>> {
    let file = std::fs::File::open(data("documents.jsonl.xz")?).unwrap();
    let mut text = String::new();
    liblzma::read::XzDecoder::new_multi_decoder(file)
        .read_to_string(&mut text)
        .unwrap();
    let rows = text.lines();
    Some(rows.map(|row| serde_json::from_str(row).unwrap()).collect())
}

fn hash(sentence: &str) -> String {
    let digest = Sha256::digest(sentence.as_bytes());
    digest[..6]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[test]
fn what_real_documents_are_said_to_relate_to_is_nearly_always_right() {
    let Some(rows) = rows() else { return };
    let labels = std::fs::read_to_string(LABELS).unwrap();
    let labels: BTreeMap<[&str; 4], &str> = labels
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let parts: Vec<&str> = line.split('\t').collect();
            ([parts[0], parts[1], parts[2], parts[3]], parts[4])
        })
        .collect();
    let declaration = declaration();
    let (mut good, mut bad, mut all) = (0, Vec::new(), 0);
    let mut by_rule: BTreeMap<String, usize> = BTreeMap::new();
    for row in &rows {
        let own = row["so_ky_hieu"].as_str().unwrap();
        for it in proposals(&declaration, row) {
            all += 1;
            *by_rule.entry(it.rule.clone()).or_default() += 1;
            let (key, hash) = (code_key(&it.target), hash(&it.sentence));
            match labels.get(&[own, &it.kind, &key, &hash]) {
                Some(&"good") => good += 1,
                Some(&"bad") => bad.push(format!("{own} {} {}: {}", it.kind, it.target, it.rule)),
                Some(other) => panic!("`{other}` is no judgement"),
                None => {}
            }
        }
    }
    let sample = good + bad.len();
    println!("{all} proposals of {} documents: {by_rule:?}", rows.len());
    println!("{good} of {sample} labelled ones are right; wrong: {bad:#?}");
    assert!(sample >= SAMPLE_MIN, "only {sample} are labelled");
    assert!(good * 100 >= sample * PRECISION_MIN, "{good} of {sample}");
}
