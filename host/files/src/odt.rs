//! A small writer of OpenDocument text (ISO/IEC 26300), for files that the portal makes itself.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const MIME: &str = "application/vnd.oasis.opendocument.text";

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paragraph {
    /// Centred, bold.
    Title(String),
    /// Bold.
    Heading(String),
    /// Plain.
    Text(String),
}

/// Writes a document in Vietnamese with a title and paragraphs.
pub fn write(title: &str, paragraphs: &[Paragraph]) -> std::io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let fixed = SimpleFileOptions::default()
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    // The standard wants `mimetype` first and not compressed.
    let stored = fixed.compression_method(CompressionMethod::Stored);
    let packed = fixed.compression_method(CompressionMethod::Deflated);
    let files = [
        ("mimetype", MIME.to_owned(), stored),
        ("META-INF/manifest.xml", manifest(), packed),
        ("meta.xml", meta(title), packed),
        ("content.xml", content(paragraphs), packed),
    ];
    for (name, text, options) in files {
        archive.start_file(name, options)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

fn manifest() -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{MIME}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"#
    )
}

fn meta(title: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2"><office:meta><dc:title>{}</dc:title><dc:language>vi</dc:language></office:meta></office:document-meta>"#,
        escaped(title)
    )
}

fn content(paragraphs: &[Paragraph]) -> String {
    let body: String = paragraphs.iter().map(paragraph).collect();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2">
<office:font-face-decls><style:font-face style:name="Times New Roman" svg:font-family="'Times New Roman'"/></office:font-face-decls>
<office:automatic-styles>
<style:style style:name="Title" style:family="paragraph"><style:paragraph-properties fo:text-align="center" fo:margin-bottom="0.3cm"/><style:text-properties style:font-name="Times New Roman" fo:font-size="14pt" fo:font-weight="bold" fo:language="vi" fo:country="VN"/></style:style>
<style:style style:name="Heading" style:family="paragraph"><style:paragraph-properties fo:margin-top="0.2cm" fo:margin-bottom="0.2cm"/><style:text-properties style:font-name="Times New Roman" fo:font-size="13pt" fo:font-weight="bold" fo:language="vi" fo:country="VN"/></style:style>
<style:style style:name="Text" style:family="paragraph"><style:paragraph-properties fo:text-align="justify" fo:margin-bottom="0.2cm"/><style:text-properties style:font-name="Times New Roman" fo:font-size="13pt" fo:language="vi" fo:country="VN"/></style:style>
</office:automatic-styles>
<office:body><office:text>{body}</office:text></office:body></office:document-content>"#
    )
}

fn paragraph(paragraph: &Paragraph) -> String {
    let (style, text) = match paragraph {
        Paragraph::Title(text) => ("Title", text),
        Paragraph::Heading(text) => ("Heading", text),
        Paragraph::Text(text) => ("Text", text),
    };
    format!(
        "<text:p text:style-name=\"{style}\">{}</text:p>",
        escaped(text)
    )
}

/// Text for XML, without what XML cannot hold.
pub(crate) fn escaped(text: &str) -> String {
    let allowed =
        |c: &char| (!c.is_control() || *c == '\t') && !matches!(c, '\u{fffe}' | '\u{ffff}');
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars().filter(allowed) {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}
