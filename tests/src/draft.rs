//! Documents that tests post: complete without a word, so that a test names only what it is about.

use dinh_domain::entry::Body;
use dinh_domain::ids::{CollectionId, EntryId, RevisionId, SiteId};
use dinh_files::{Paragraph, write_odt};
use dinh_portal::{Draft, NewFile, Text};
use serde_json::{Value, json};

/// The plugin whose documents the demo shows.
pub const PLUGIN: &str = "legal-documents";
/// Its collection.
pub const COLLECTION: &str = "legal-documents/document";

/// A decision of the district.
#[derive(Debug, Clone)]
pub struct Document {
    site: String,
    key: Option<String>,
    body: Body,
    has_file: bool,
    file_text: String,
    files: Vec<NewFile>,
    source: Option<String>,
}

impl Document {
    /// With its number.
    pub fn new(number: &str) -> Self {
        let body = json!({
            "kind": "quyet-dinh",
            "number": number,
            "issuer": "Ủy ban nhân dân huyện Yên Thế",
            "issued_on": "2026-11-02",
            "effective_on": "2026-11-12",
            "abstract": format!("Về việc thử nghiệm số {number}"),
            "validity": "in-force",
            "text": "Điều 1. Phạm vi\nQuyết định này áp dụng trên địa bàn huyện.",
        });
        let Value::Object(body) = body else {
            panic!("an object");
        };
        Self {
            site: "yen-the".to_owned(),
            key: None,
            body,
            has_file: true,
            file_text: "Toàn văn".to_owned(),
            files: Vec::new(),
            source: None,
        }
    }

    /// On another site.
    #[must_use]
    pub fn on(mut self, site: &str) -> Self {
        self.site = site.to_owned();
        self
    }

    /// With a key: posted again it is updated.
    #[must_use]
    pub fn keyed(mut self, key: &str) -> Self {
        self.key = Some(key.to_owned());
        self
    }

    /// With another value of a field.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.body.insert(field.to_owned(), value.into());
        self
    }

    /// Without a field.
    #[must_use]
    pub fn without(mut self, field: &str) -> Self {
        self.body.shift_remove(field);
        self.has_file &= field != "files";
        self
    }

    /// With another content of its file.
    #[must_use]
    pub fn with_file_text(mut self, text: &str) -> Self {
        text.clone_into(&mut self.file_text);
        self
    }

    /// With a file of its own, in place of the one that every document has.
    #[must_use]
    pub fn with_file(mut self, name: &str, bytes: Vec<u8>) -> Self {
        self.has_file = false;
        self.files.push(NewFile {
            field: "files".to_owned(),
            name: name.to_owned(),
            label: format!("Tệp {name}"),
            content: bytes.into(),
            layout: None,
        });
        self
    }

    /// With another source.
    #[must_use]
    pub fn from_source(mut self, source: &str) -> Self {
        self.source = Some(source.to_owned());
        self
    }

    /// Its fields.
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// With the files that an entry holds already, and no new one.
    #[must_use]
    pub fn keeping_files_of(mut self, body: &Body) -> Self {
        let held = body.get("files").cloned();
        self.body
            .insert("files".to_owned(), held.unwrap_or_default());
        self.has_file = false;
        self
    }

    /// As somebody at the desk writes it.
    pub(crate) fn text(self, of: Option<(EntryId, RevisionId)>) -> Text {
        let draft = self.draft();
        Text {
            of,
            site: draft.site,
            collection: draft.collection,
            body: draft.body,
            source: draft.source,
            files: draft.files,
        }
    }

    pub(crate) fn draft(self) -> Draft {
        let file = || NewFile {
            field: "files".to_owned(),
            name: "toan-van.odt".to_owned(),
            label: "Toàn văn".to_owned(),
            content: write_odt("Toàn văn", &[Paragraph::Text(self.file_text.clone())])
                .unwrap()
                .into(),
            layout: None,
        };
        Draft {
            site: SiteId::new(&self.site).unwrap(),
            collection: CollectionId::parse(COLLECTION).unwrap(),
            import_key: self.key,
            body: self.body,
            source: self.source,
            lifted: Vec::new(),
            files: self
                .has_file
                .then(file)
                .into_iter()
                .chain(self.files.clone())
                .collect(),
            published_at: None,
            faults: Vec::new(),
        }
    }
}
