//! The engine alone, without analysis, database, sandbox or pages of ours: what the benchmark compares
//! an import with. Reads JSON Lines, puts every text of a row into one field, commits, and prints
//! the seconds it took.
//!
//! usage: bare FILE.jsonl FOLDER

use std::fmt::Write as _;
use std::io::BufRead;
use std::time::Instant;

use serde_json::Value;
use tantivy::schema::{STORED, STRING, Schema, TEXT};
use tantivy::{Index, TantivyDocument};

/// The engine's own default in its examples, in bytes.
const HEAP_BYTES: usize = 50_000_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("usage: bare FILE.jsonl FOLDER".into());
    };
    std::fs::create_dir_all(&folder)?;
    let mut schema = Schema::builder();
    let id = schema.add_text_field("id", STRING | STORED);
    let text = schema.add_text_field("text", TEXT | STORED);
    let index = Index::create_in_dir(&folder, schema.build())?;
    let began = Instant::now();
    let mut writer = index.writer::<TantivyDocument>(HEAP_BYTES)?;
    let rows = std::io::BufReader::new(std::fs::File::open(&file)?);
    for (number, line) in rows.lines().enumerate() {
        let row: Value = serde_json::from_str(&line?)?;
        let mut words = String::new();
        gather(&row, &mut words)?;
        let mut document = TantivyDocument::new();
        document.add_text(id, number.to_string());
        document.add_text(text, words);
        writer.add_document(document)?;
    }
    writer.commit()?;
    println!("{:.3}", began.elapsed().as_secs_f64());
    Ok(())
}

/// All texts of a row, one a line.
fn gather(value: &Value, words: &mut String) -> std::fmt::Result {
    match value {
        Value::String(text) => writeln!(words, "{text}"),
        Value::Array(items) => items.iter().try_for_each(|item| gather(item, words)),
        Value::Object(fields) => fields.values().try_for_each(|field| gather(field, words)),
        _ => Ok(()),
    }
}
