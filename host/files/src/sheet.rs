//! A writer of OpenDocument spreadsheets (ISO/IEC 26300) of one table, row by row: what is written can
//! be taken away at any time, so a long table needs no more room than a piece of it.

mod content;
mod package;

use std::io;

use content::{CONTENT_END, cell, content_start};
use package::Package;

/// Most bytes of the table before it is packed: beyond it the archive would need another format.
const TABLE_BYTES_MAX: u64 = 3 * 1024 * 1024 * 1024;

const MIME: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetCell {
    /// None.
    Empty,
    /// A bold text, for the names of columns.
    Heading(String),
    /// A text, with its line breaks; never read as a formula.
    Text(String),
    /// `YYYY-MM-DD`; anything else becomes a text.
    Date(String),
    /// RFC 3339; its local time is kept. Anything else becomes a text.
    Time(String),
    /// A whole number.
    Integer(i64),
    /// A decimal with a point; digits, a point and a sign alone.
    Number(String),
    /// An address that can be followed.
    Address(String),
}

/// A spreadsheet under way.
pub struct Sheet {
    package: Package,
    table_bytes: u64,
}

impl Sheet {
    /// Begins a table with a name.
    pub fn begin(name: &str) -> io::Result<Self> {
        let mut package = Package::default();
        // The standard wants `mimetype` first and not compressed.
        package.stored("mimetype", MIME.as_bytes())?;
        package.packed("META-INF/manifest.xml", content::manifest(MIME).as_bytes())?;
        package.packed("meta.xml", content::meta(name).as_bytes())?;
        package.begin("content.xml")?;
        let mut sheet = Self {
            package,
            table_bytes: 0,
        };
        sheet.write(&content_start(name))?;
        Ok(sheet)
    }

    /// Adds a row.
    pub fn row(&mut self, cells: &[SheetCell]) -> io::Result<()> {
        let cells: String = cells.iter().map(cell).collect();
        self.write(&format!("<table:table-row>{cells}</table:table-row>"))
    }

    /// The bytes so far that were not taken yet.
    pub fn take(&mut self) -> Vec<u8> {
        self.package.take()
    }

    /// Ends the table; the last bytes.
    pub fn finish(mut self) -> io::Result<Vec<u8>> {
        self.write(CONTENT_END)?;
        self.package.finish()
    }

    fn write(&mut self, xml: &str) -> io::Result<()> {
        self.table_bytes += xml.len() as u64;
        if self.table_bytes > TABLE_BYTES_MAX {
            let why = format!("the table has more than {TABLE_BYTES_MAX} bytes");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
        }
        self.package.write(xml.as_bytes())
    }
}
