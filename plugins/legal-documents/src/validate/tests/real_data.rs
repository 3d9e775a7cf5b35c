//! The rules against the public codification of law, where it lies beside the project: a rule
//! that refuses good documents wholesale would show here.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;
use std::sync::LazyLock;

use super::{check, json};
use crate::number::{Class, parse};
use dinh_sdk::serde_json::{self, Value};

/// Of all rows, those that rules may refuse: 3 in 100. Measured: 40 of 2,208, nearly
/// each of them a contradiction in the source itself.
const REFUSED_PERMILLE: usize = 30;

static ROWS: LazyLock<Option<Vec<Value>>> = LazyLock::new(rows);

fn rows() -> Option<Vec<Value>> {
    let root = std::env::var_os("DINH_REAL_DATA").map(PathBuf::from);
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let file = root.unwrap_or_else(beside).join("legal/documents.jsonl.xz");
    let packed = std::fs::File::open(file).ok()?;
    let mut text = String::new();
    liblzma::read::XzDecoder::new(packed)
        .read_to_string(&mut text)
        .unwrap();
    Some(
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
    )
}

fn body(row: &Value) -> Value {
    let articles = row["articles"].as_array().unwrap().iter();
    let blocks: Vec<Value> = articles
        .map(|article| json!({"level": "article", "number": article["dieu"], "heading": article["tieu_de"], "text": article["text"]}))
        .collect();
    json!({"number": row["so_ky_hieu"], "issued_on": row["ngay_ban_hanh"], "effective_on": row["ngay_hieu_luc"], "text": blocks})
}

#[test]
fn real_documents_are_refused_only_where_they_contradict_themselves() {
    let Some(rows) = &*ROWS else { return };
    let mut refused = 0;
    let mut completed = 0;
    let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        match check(body(row)) {
            Ok(body) => completed += usize::from(body.is_some()),
            Err(faults) => {
                refused += 1;
                for fault in faults {
                    println!(
                        "{} {} {:?}",
                        row["so_ky_hieu"], fault.message_key, fault.args
                    );
                    *by_key.entry(fault.message_key).or_default() += 1;
                }
            }
        }
    }
    println!(
        "{} rows, {refused} refused, {completed} completed: {by_key:#?}",
        rows.len()
    );
    assert!(
        refused * 1000 <= rows.len() * REFUSED_PERMILLE,
        "{refused} of {} refused",
        rows.len()
    );
    assert!(
        !by_key.contains_key("fault.number.year") && !by_key.contains_key("fault.number.no_digit")
    );
}

#[test]
fn nearly_every_real_number_has_a_class() {
    let Some(rows) = &*ROWS else { return };
    let numbers: Vec<&str> = rows
        .iter()
        .filter_map(|row| row["so_ky_hieu"].as_str())
        .collect();
    let unknown: Vec<&&str> = numbers
        .iter()
        .filter(|number| parse(number).unwrap().class == Class::Unknown)
        .collect();
    println!(
        "{} of {} unknown: {unknown:?}",
        unknown.len(),
        numbers.len()
    );
    assert!(unknown.len() * 100 <= numbers.len(), "{unknown:?}");
}
