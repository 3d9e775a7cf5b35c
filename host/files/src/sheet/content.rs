//! The XML within a spreadsheet.

use dinh_domain::dates::LocalDate;

use super::SheetCell;
use crate::odt::escaped;

pub(super) const CONTENT_END: &str =
    "</table:table></office:spreadsheet></office:body></office:document-content>";

pub(super) fn manifest(mime: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{mime}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"#
    )
}

pub(super) fn meta(title: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2"><office:meta><dc:title>{}</dc:title><dc:language>vi</dc:language></office:meta></office:document-meta>"#,
        escaped(title)
    )
}

/// Everything before the first row. Dates are shown as people write them in Vietnam.
pub(super) fn content_start(name: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">
<office:automatic-styles>
<number:date-style style:name="day" number:automatic-order="false"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>
<number:date-style style:name="moment" number:automatic-order="false"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/><number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text><number:minutes number:style="long"/></number:date-style>
<style:style style:name="heading" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="day-cell" style:family="table-cell" style:data-style-name="day"/>
<style:style style:name="moment-cell" style:family="table-cell" style:data-style-name="moment"/>
</office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="{}">"#,
        escaped(&table_name(name))
    )
}

/// Programs refuse some signs in a table's name.
fn table_name(name: &str) -> String {
    let kept = name
        .chars()
        .map(|c| if "[]*?:/\\'".contains(c) { ' ' } else { c });
    kept.collect()
}

pub(super) fn cell(cell: &SheetCell) -> String {
    match cell {
        SheetCell::Empty => "<table:table-cell/>".to_owned(),
        SheetCell::Heading(text) => format!(
            "<table:table-cell table:style-name=\"heading\" office:value-type=\"string\">{}</table:table-cell>",
            paragraphs(text)
        ),
        SheetCell::Text(text) => text_cell(text),
        SheetCell::Date(text) => match LocalDate::parse(text) {
            Ok(date) => dated("day-cell", text, &date.to_vietnamese()),
            Err(_) => text_cell(text),
        },
        SheetCell::Time(text) => match local(text) {
            Some((value, shown)) => dated("moment-cell", value, &shown),
            None => text_cell(text),
        },
        SheetCell::Integer(number) => format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{number}\"><text:p>{number}</text:p></table:table-cell>"
        ),
        SheetCell::Number(number) => {
            let (number, shown) = (escaped(number), escaped(&number.replace('.', ",")));
            format!(
                "<table:table-cell office:value-type=\"float\" office:value=\"{number}\"><text:p>{shown}</text:p></table:table-cell>"
            )
        }
        SheetCell::Address(address) => {
            let address = escaped(address);
            format!(
                "<table:table-cell office:value-type=\"string\"><text:p><text:a xlink:type=\"simple\" xlink:href=\"{address}\">{address}</text:a></text:p></table:table-cell>"
            )
        }
    }
}

fn text_cell(text: &str) -> String {
    format!(
        "<table:table-cell office:value-type=\"string\">{}</table:table-cell>",
        paragraphs(text)
    )
}

fn dated(style: &str, value: &str, shown: &str) -> String {
    format!(
        "<table:table-cell table:style-name=\"{style}\" office:value-type=\"date\" office:date-value=\"{value}\"><text:p>{shown}</text:p></table:table-cell>"
    )
}

/// `2014-10-03T08:00:00` of RFC 3339, and the same as people write it.
fn local(text: &str) -> Option<(&str, String)> {
    let value = text.get(..19)?;
    let (date, time) = value.split_once('T')?;
    let date = LocalDate::parse(date).ok()?;
    let is_time = time.bytes().enumerate().all(|(at, byte)| match at {
        2 | 5 => byte == b':',
        _ => byte.is_ascii_digit(),
    });
    let shown = format!("{} {}", date.to_vietnamese(), time.get(..5)?);
    is_time.then_some((value, shown))
}

fn paragraphs(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let line = escaped(line).replace('\t', "<text:tab/>");
        format!("<text:p>{line}</text:p>")
    });
    lines.collect()
}
