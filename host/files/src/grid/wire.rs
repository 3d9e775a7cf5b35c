//! Cells on their way from the process that reads them: a line of JSON for what was found, then one for each sheet and
//! each of its rows, then a last one that says how it ended.

use std::io::{self, Write};

use dinh_domain::table::layout::Given;
use serde::{Deserialize, Serialize};

use super::{Found, Grid, NoGrid};

/// Begins the last line.
const END: &[u8] = b"\nend ";

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line {
    Found(Found),
    Sheet(String),
    /// A letter for the kind, and the text behind it; trailing empty cells are left out.
    Row(Vec<String>),
}

pub(crate) fn write(grid: Result<Grid, NoGrid>, out: &mut impl Write) -> io::Result<()> {
    let grid = match grid {
        Ok(grid) => grid,
        Err(why) => return end(out, &serde_json::to_string(&why)?),
    };
    line(out, &Line::Found(grid.found))?;
    for (name, rows) in grid.sheets {
        line(out, &Line::Sheet(name))?;
        for row in rows {
            let last = row.iter().rposition(|it| *it != Given::Empty);
            let cells = row.into_iter().take(last.map_or(0, |it| it + 1));
            line(out, &Line::Row(cells.map(sent).collect()))?;
        }
    }
    end(out, "true")
}

fn line(out: &mut impl Write, line: &Line) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

fn end(out: &mut impl Write, how: &str) -> io::Result<()> {
    out.write_all(END)?;
    out.write_all(how.as_bytes())
}

fn sent(cell: Given) -> String {
    match cell {
        Given::Empty => String::new(),
        Given::Text(text) => format!("t{text}"),
        Given::Number(text) => format!("n{text}"),
        Given::Date(text) => format!("d{text}"),
        Given::Error(text) => format!("e{text}"),
    }
}

/// What was sent, as a whole; none where it broke off.
pub(crate) fn read(told: &[u8]) -> Option<Result<Grid, NoGrid>> {
    let at = told.windows(END.len()).rposition(|it| it == END)?;
    let how = &told[at + END.len()..];
    if how != b"true" {
        return serde_json::from_slice(how).ok().map(Err);
    }
    let mut found = None;
    let mut sheets: Vec<(String, Vec<Vec<Given>>)> = Vec::new();
    for line in told[..at]
        .split(|it| *it == b'\n')
        .filter(|it| !it.is_empty())
    {
        match serde_json::from_slice(line).ok()? {
            Line::Found(it) => found = Some(it),
            Line::Sheet(name) => sheets.push((name, Vec::new())),
            Line::Row(cells) => {
                let row = cells.into_iter().map(taken).collect::<Option<_>>()?;
                sheets.last_mut()?.1.push(row);
            }
        }
    }
    Some(Ok(Grid {
        found: found?,
        sheets,
    }))
}

fn taken(mut sent: String) -> Option<Given> {
    if sent.is_empty() {
        return Some(Given::Empty);
    }
    Some(match sent.remove(0) {
        't' => Given::Text(sent),
        'n' => Given::Number(sent),
        'd' => Given::Date(sent),
        'e' => Given::Error(sent),
        _ => return None,
    })
}
