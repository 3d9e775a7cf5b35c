//! Akoma Ntoso 3.0 (OASIS LegalDocML): a legal text with its identification, life, references and
//! structure, as one XML document that the standard's schema accepts.

mod body;
mod meta;
mod write;

#[cfg(test)]
mod tests;

pub use body::{Piece, Structure};

use write::Xml;

const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

/// A legal text. Dates are `YYYY-MM-DD`; empty texts are left out where the standard allows it.
#[derive(Debug, Clone, Default)]
pub struct Act {
    /// Country code: `vn`.
    pub country: String,
    /// Language code: `vie`.
    pub language: String,
    /// Id and name of the kind of document.
    pub kind: Named,
    /// Number and symbol as written.
    pub number: String,
    /// Number, as part of an address.
    pub number_slug: String,
    /// What it is about.
    pub title: String,
    /// The body that issued it, with its name as part of an address.
    pub author: Named,
    /// Who signed, and in which capacity.
    pub signer: String,
    /// See `signer`.
    pub signer_role: String,
    /// Date of the document.
    pub date: String,
    /// What `date` is: `issued`, or `posted` where the document has none of its own.
    pub date_name: &'static str,
    /// In force from this day.
    pub in_force_from: Option<String>,
    /// Out of force from this day.
    pub in_force_until: Option<String>,
    /// When it was posted here.
    pub posted_on: String,
    /// When this form of it was last changed.
    pub changed_on: String,
    /// Subjects.
    pub subjects: Vec<String>,
    /// Who posts it: name and absolute address of the site.
    pub publisher: Named,
    /// Absolute addresses: the page, the ELI if it has one, this document.
    pub page: String,
    /// See `page`.
    pub eli: Option<String>,
    /// See `page`.
    pub own: String,
    /// Other documents.
    pub references: Vec<Reference>,
    /// The text.
    pub text: Structure,
}

/// An id and what people call it.
#[derive(Debug, Clone, Default)]
pub struct Named {
    /// Id or address.
    pub id: String,
    /// Name for people.
    pub name: String,
}

/// Another document that this one names, or that names it.
#[derive(Debug, Clone)]
pub struct Reference {
    /// Absolute address.
    pub href: String,
    /// What people call it.
    pub label: String,
    /// From this document to the other.
    pub outgoing: bool,
    /// Element and `type` of what the edge does.
    pub modification: Option<(&'static str, &'static str)>,
}

impl Act {
    /// The document.
    pub fn xml(&self) -> String {
        let mut xml = Xml::new();
        xml.open("akomaNtoso", &[("xmlns", NAMESPACE)]);
        let kind = token(&self.kind.id);
        xml.open("act", &[("name", &kind), ("contains", "originalVersion")]);
        meta::write(self, &mut xml);
        self.preface(&mut xml);
        body::preamble(&self.text, &mut xml);
        body::body(&self.text, &mut xml);
        self.conclusions(&mut xml);
        xml.close("act");
        xml.close("akomaNtoso");
        xml.end()
    }

    fn preface(&self, xml: &mut Xml) {
        xml.open("preface", &[]);
        if !self.author.name.is_empty() {
            xml.open("p", &[]);
            xml.text(
                "docAuthority",
                &[("refersTo", "#issuer")],
                &self.author.name,
            );
            xml.close("p");
        }
        xml.open("p", &[]);
        xml.text("docNumber", &[], &self.number);
        xml.close("p");
        if self.date_name == "issued" {
            xml.open("p", &[]);
            xml.text("docDate", &[("date", &self.date)], &self.date);
            xml.close("p");
        }
        xml.open("longTitle", &[]);
        xml.open("p", &[]);
        xml.text("docType", &[], &self.kind.name);
        if !self.title.is_empty() {
            xml.text("docTitle", &[], &self.title);
        }
        xml.close("p");
        xml.close("longTitle");
        xml.close("preface");
    }

    fn conclusions(&self, xml: &mut Xml) {
        if self.signer.is_empty() {
            return;
        }
        xml.open("conclusions", &[]);
        xml.open("p", &[]);
        xml.open("signature", &[]);
        if !self.signer_role.is_empty() {
            let refers = [("refersTo", "#signer-role")];
            xml.text("role", &refers, &self.signer_role);
        }
        xml.text("person", &[("refersTo", "#signer")], &self.signer);
        xml.close("signature");
        xml.close("p");
        xml.close("conclusions");
    }
}

/// A text without white space, for attributes that allow none; never empty.
fn token(text: &str) -> String {
    let joined: Vec<&str> = text.split_whitespace().collect();
    if joined.is_empty() {
        "text".to_owned()
    } else {
        joined.join("-")
    }
}
