use serde::Serialize;
use serde_json::Value;

use super::{DetailPage, FactValue, View};
use crate::SafeHtml;

/// An entry for paper: nothing but itself, whose it is and where it is read.
#[derive(Debug, Clone, Serialize)]
pub struct PrintPage {
    /// The entry.
    #[serde(flatten)]
    pub detail: DetailPage,
    /// Its absolute address.
    pub address: String,
}

/// An entry to keep: one file that needs no other.
#[derive(Debug, Clone, Serialize)]
pub struct CopyPage {
    /// The entry; its links are absolute.
    #[serde(flatten)]
    pub detail: DetailPage,
    /// Its absolute address.
    pub address: String,
    /// SHA-256 of `content` as it stands in the file, hexadecimal.
    pub hash: String,
    /// Absolute address of the page that verifies it.
    pub verify: String,
    /// When the copy was made (`FactValue::time`).
    pub copied: FactValue,
    /// The canonical content, every object in order.
    pub content: Value,
    /// The style sheet.
    pub style: CopyStyle,
}

/// A style sheet within a page.
#[derive(Debug, Clone, Serialize)]
pub struct CopyStyle {
    /// The style sheet.
    pub css: SafeHtml,
    /// SHA-256 of it, base64, for the page's own Content-Security-Policy.
    pub hash: String,
}

impl View for PrintPage {
    const TEMPLATE: &'static str = "print";
}

impl View for CopyPage {
    const TEMPLATE: &'static str = "copy";
}
