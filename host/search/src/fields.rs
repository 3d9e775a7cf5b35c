use tantivy::Term;
use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, STORED, STRING, Schema, SchemaBuilder,
    TextFieldIndexing, TextOptions,
};

use crate::analysis;

/// Raised with every change of this file and of what is written into it; an index of another version is made anew.
pub(crate) const SCHEMA_VERSION: u32 = 5;

/// Names of the columns: who it is, what breaks ties, and what hits are counted by.
pub(crate) const ID: &str = "id";
pub(crate) const DATE: &str = "date";
pub(crate) const SITE: &str = "site";
pub(crate) const COLLECTION: &str = "collection";
pub(crate) const FACET: &str = "facet";

/// The fields of the index.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    pub(crate) id: Field,
    pub(crate) site: Field,
    pub(crate) collection: Field,
    /// Name and value as [`facet_term`] joins them.
    pub(crate) facet: Field,
    /// Days, for ties.
    pub(crate) date: Field,
    /// Terms of the titles alone.
    pub(crate) title: Field,
    /// Terms of titles and body, without neighbours with marks.
    pub(crate) text: Field,
    /// Neighbours with marks, of titles and the beginning of the body: what is asked for without
    /// marks is read by them.
    pub(crate) marked_pairs: Field,
    /// Whole keys of the document's own numbers, also with its kind as people name it.
    pub(crate) code: Field,
    /// Beginnings of those keys.
    pub(crate) code_prefix: Field,
    /// Whole keys of numbers that its texts mention.
    pub(crate) mention: Field,
    pub(crate) shown_title: Field,
    pub(crate) shown_lead: Field,
    pub(crate) shown_body: Field,
    /// Name and beginning of each file as [`facet_term`] would join them, but of any length.
    pub(crate) shown_file: Field,
    pub(crate) key: Field,
    pub(crate) url_path: Field,
}

impl Fields {
    pub(crate) fn schema() -> (Schema, Self) {
        let mut schema = SchemaBuilder::new();
        let fields = Self {
            id: schema.add_text_field(ID, (STRING | STORED).set_fast("raw")),
            site: schema.add_text_field(SITE, (STRING | STORED).set_fast("raw")),
            collection: schema.add_text_field(COLLECTION, (STRING | STORED).set_fast("raw")),
            facet: schema.add_text_field(FACET, STRING.set_fast("raw")),
            date: schema.add_i64_field(DATE, NumericOptions::default().set_fast()),
            title: schema.add_text_field("title", counted(analysis::ALL_TERMS)),
            text: schema.add_text_field("text", counted(analysis::PLAIN_PAIRS)),
            marked_pairs: schema.add_text_field("marked_pairs", marked_pairs()),
            code: schema.add_text_field("code", STRING),
            code_prefix: schema.add_text_field("code_prefix", STRING),
            mention: schema.add_text_field("mention", STRING),
            shown_title: schema.add_text_field("shown_title", STORED),
            shown_lead: schema.add_text_field("shown_lead", STORED),
            shown_body: schema.add_text_field("shown_body", STORED),
            shown_file: schema.add_text_field("shown_file", STORED),
            key: schema.add_text_field("key", STORED),
            url_path: schema.add_text_field("url_path", STORED),
        };
        (schema.build(), fields)
    }
}

/// Positions are not kept: neighbours are terms of their own.
fn counted(terms: &str) -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(terms)
        .set_index_option(IndexRecordOption::WithFreqs);
    TextOptions::default().set_indexing_options(indexing)
}

/// Which documents have them is all that is asked.
fn marked_pairs() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(analysis::MARKED_PAIRS)
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    TextOptions::default().set_indexing_options(indexing)
}

/// Parts name and value; neither can contain it, for it is taken out.
const FACET_PARTS: char = '\u{1f}';

/// Longest name and value that are told apart, in bytes together; labels of forms are far shorter,
/// and the engine drops terms beyond 64 KiB without a word.
const FACET_BYTES_MAX: usize = 1_024;

/// One term for a name and a value.
pub(crate) fn facet_term(name: &str, value: &str) -> String {
    let clean = |text: &str| text.replace(FACET_PARTS, " ");
    let mut term = format!("{}{FACET_PARTS}{}", clean(name), clean(value));
    term.truncate(term.floor_char_boundary(FACET_BYTES_MAX));
    term
}

/// Name and value of a term.
pub(crate) fn facet_parts(term: &str) -> Option<(&str, &str)> {
    term.split_once(FACET_PARTS)
}

/// A file's name and text in one value.
pub(crate) fn named_text(name: &str, text: &str) -> String {
    format!("{}{FACET_PARTS}{text}", name.replace(FACET_PARTS, " "))
}

/// A term of a text field.
pub(crate) fn term(field: Field, text: &str) -> Term {
    Term::from_field_text(field, text)
}
