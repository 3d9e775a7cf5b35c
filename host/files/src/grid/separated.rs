//! Files of separated values.

use dinh_domain::table::layout::Given;

use super::{Encoding, Found, Grid, NoGrid, Room, encoding};

/// What may stand between columns.
const SEPARATORS: [char; 4] = [';', ',', '\t', '|'];
/// How many lines tell what stands between columns.
const TOLD_BY_LINES: usize = 200;

pub(super) fn read(bytes: &[u8]) -> Result<Grid, NoGrid> {
    let (text, encoding) = encoding::decoded(bytes)?;
    // Of a break of two signs the reader counts the second one with the next row, and a file may end without one.
    let text = text.replace("\r\n", "\n") + "\n";
    let separator = separator(&text);
    let delimiter = u8::try_from(separator).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut room = Room::new();
    let mut rows: Vec<Vec<Given>> = Vec::new();
    let (mut record, mut line) = (csv::StringRecord::new(), 1);
    while reader
        .read_record(&mut record)
        .map_err(|_| NoGrid::Broken)?
    {
        // The reader passes over blank lines; faults are found by the line.
        let breaks: usize = record.iter().map(|it| it.matches('\n').count()).sum();
        let after = usize::try_from(reader.position().line()).unwrap_or_default();
        let blank = after.saturating_sub(line + breaks + 1);
        line = after;
        room.take(blank + record.len())?;
        rows.extend(std::iter::repeat_n(Vec::new(), blank));
        rows.push(record.iter().map(given).collect());
    }
    if rows.is_empty() {
        return Err(NoGrid::Broken);
    }
    Ok(Grid {
        found: Found {
            encoding: Some(encoding),
            separator: Some(separator),
        },
        sheets: vec![(String::new(), rows)],
    })
}

/// A cell as it was typed.
pub(super) fn given(text: &str) -> Given {
    match text.trim() {
        "" => Given::Empty,
        text => Given::Text(text.to_owned()),
    }
}

/// The sign that cuts most lines into the same number of parts, outside of quotes.
pub(super) fn separator(text: &str) -> char {
    let lines: Vec<&str> = text
        .lines()
        .filter(|it| !it.trim().is_empty())
        .take(TOLD_BY_LINES)
        .collect();
    let score = |separator: char| {
        let counts: Vec<usize> = lines.iter().map(|it| unquoted(it, separator)).collect();
        let most = counts.iter().filter(|it| **it > 0).max_by_key(|count| {
            let same = counts.iter().filter(|it| it == count).count();
            (same, **count)
        });
        most.map_or((0, 0), |most| {
            (counts.iter().filter(|it| *it == most).count(), *most)
        })
    };
    // The earlier one wins a draw: `max_by_key` takes the last.
    let best = SEPARATORS.into_iter().rev().max_by_key(|it| score(*it));
    best.unwrap_or(';')
}

fn unquoted(line: &str, separator: char) -> usize {
    let mut is_quoted = false;
    let mut count = 0;
    for c in line.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            c if c == separator && !is_quoted => count += 1,
            _ => {}
        }
    }
    count
}

impl Encoding {
    /// What operators and officers call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16 => "UTF-16",
            Self::Windows1258 => "Windows-1258",
            Self::Tcvn3 => "TCVN3 (ABC)",
            Self::Vni => "VNI",
        }
    }
}
