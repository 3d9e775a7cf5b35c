use std::collections::BTreeSet;

use dinh_domain::vietnamese::{code_key, code_prefixes};
use tantivy::{IndexWriter, TantivyDocument};

use crate::analysis;
use crate::document::{Change, Document};
use crate::fields::{Fields, facet_term, named_text, term};
use crate::query::{named_keys, without_year};

/// Text of one document that is searched, in bytes; the longest law has 1 MB.
const TEXT_BYTES_MAX: usize = 8 * 1_024 * 1_024;

/// Text of one document in which neighbours with marks are looked for, in bytes: what it is about is
/// said there, and what is asked for without marks is read by that.
const MARKED_PAIRS_BYTES_MAX: usize = 4 * 1_024;

/// Text of one document that is kept for snippets, in bytes: reading it costs time with every hit
/// that is shown.
const SHOWN_BYTES_MAX: usize = 64 * 1_024;

/// Text of the files of one document that is kept for snippets, in bytes.
const SHOWN_FILE_BYTES_MAX: usize = 64 * 1_024;

/// Numbers of one document, and numbers its text mentions, that are found; collections of law
/// mention some thousands.
const CODES_MAX: usize = 5_000;

/// Parts the texts of a body where they are shown together.
const BODY_JOINT: &str = "\n";

/// Hands one change to the engine.
pub(super) fn change(writer: &IndexWriter, fields: &Fields, change: Change) -> tantivy::Result<()> {
    match change {
        Change::Delete(id) => {
            writer.delete_term(term(fields.id, id.as_str()));
        }
        Change::Put(document) => {
            writer.delete_term(term(fields.id, document.id.as_str()));
            writer.add_document(engine_document(fields, &document))?;
        }
    }
    Ok(())
}

fn engine_document(fields: &Fields, document: &Document) -> TantivyDocument {
    let mut made = TantivyDocument::default();
    made.add_text(fields.id, document.id.as_str());
    made.add_text(fields.site, document.site.as_str());
    made.add_text(fields.collection, document.collection.to_string());
    made.add_text(fields.url_path, &document.url_path);
    made.add_text(fields.shown_title, &document.title);
    if let Some(lead) = &document.lead {
        made.add_text(fields.shown_lead, lead);
    }
    made.add_text(fields.shown_body, shown_body(&document.body));
    let mut room = SHOWN_FILE_BYTES_MAX;
    for file in &document.files {
        let text = cut(&file.text, room);
        room -= text.len();
        made.add_text(fields.shown_file, named_text(&file.name, text));
    }
    if let Some(key) = &document.key {
        made.add_text(fields.key, key);
    }
    let facets = document
        .facets
        .iter()
        .map(|(name, value)| facet_term(name, value));
    // Each once: a document counts once for a value.
    for facet in facets.collect::<BTreeSet<_>>() {
        made.add_text(fields.facet, facet);
    }
    if let Some(date) = document.date {
        // Orders as the calendar does; the gaps between months do not matter to a tie.
        let day = i64::from(date.year()) * 416 + i64::from(date.month()) * 32;
        made.add_i64(fields.date, day + i64::from(date.day()));
    }
    add_texts(&mut made, fields, document);
    add_codes(&mut made, fields, document);
    made
}

fn titles(document: &Document) -> impl Iterator<Item = &String> {
    std::iter::once(&document.title).chain(&document.titles)
}

/// Everything that is searched, the files last.
fn texts(document: &Document) -> impl Iterator<Item = &String> {
    let files = document.files.iter().map(|file| &file.text);
    titles(document).chain(&document.body).chain(files)
}

fn add_texts(made: &mut TantivyDocument, fields: &Fields, document: &Document) {
    let mut room = TEXT_BYTES_MAX;
    for title in titles(document) {
        made.add_text(fields.title, cut(title, TEXT_BYTES_MAX));
    }
    for text in texts(document) {
        let text = cut(text, room);
        room -= text.len();
        made.add_text(fields.text, text);
    }
    let mut room = MARKED_PAIRS_BYTES_MAX;
    for text in texts(document) {
        let text = cut(text, room);
        room -= text.len();
        made.add_text(fields.marked_pairs, text);
    }
}

fn add_codes(made: &mut TantivyDocument, fields: &Fields, document: &Document) {
    for code in document.codes.iter().take(CODES_MAX) {
        let key = code_key(code);
        let mut prefixes = code_prefixes(code);
        prefixes.extend(
            prefixes
                .iter()
                .filter_map(|key| without_year(key))
                .collect::<Vec<_>>(),
        );
        for prefix in prefixes {
            made.add_text(fields.code_prefix, prefix);
        }
        made.add_text(fields.code, key);
        let year = document.date.map(|date| date.year());
        for named in named_keys(&document.title, code, year) {
            made.add_text(fields.code, named);
        }
    }
    let mut mentioned: Vec<String> = Vec::new();
    for text in texts(document) {
        if mentioned.len() < CODES_MAX {
            mentioned.extend(analysis::mentions(cut(text, TEXT_BYTES_MAX)));
        }
    }
    mentioned.sort_unstable();
    mentioned.dedup();
    for key in mentioned.iter().take(CODES_MAX) {
        made.add_text(fields.mention, key);
    }
}

fn shown_body(body: &[String]) -> String {
    let mut shown = String::new();
    for text in body.iter().filter(|text| !text.trim().is_empty()) {
        if !shown.is_empty() {
            shown.push_str(BODY_JOINT);
        }
        shown.push_str(cut(text, SHOWN_BYTES_MAX.saturating_sub(shown.len())));
    }
    shown
}

fn cut(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes.min(text.len()))]
}
