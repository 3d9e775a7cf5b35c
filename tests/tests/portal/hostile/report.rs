//! The table that the suite leaves behind: what each kind did, how it ended, and what others felt.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Duration;

/// Rows by kind and path, so that the table has one order whichever test ends first.
static ROWS: Mutex<BTreeMap<(String, &str), Row>> = Mutex::new(BTreeMap::new());

/// One line.
pub(crate) struct Row {
    pub(crate) did: String,
    pub(crate) ended: String,
    /// One hostile call, from the request to the answer.
    pub(crate) took: Duration,
    /// Neighbours' 99th percentile, quiet and under attack; none where there were none.
    pub(crate) felt: Option<(Duration, Duration)>,
}

/// Adds a line, and writes the table with what there is so far.
pub(crate) fn add(guest: &str, path: &'static str, row: Row) {
    let mut rows = ROWS.lock().unwrap();
    rows.insert((guest.to_owned(), path), row);
    let mut table = String::from(
        "| kind | path | what it did | how it ended | ms | neighbours' p99 quiet, ms | under attack, ms |\n|---|---|---|---|---|---|---|\n",
    );
    for ((guest, path), row) in rows.iter() {
        let (quiet, attacked) = match row.felt {
            Some((quiet, attacked)) => (ms(quiet), ms(attacked)),
            None => ("–".to_owned(), "–".to_owned()),
        };
        writeln!(
            table,
            "| {guest} | {path} | {} | {} | {} | {quiet} | {attacked} |",
            row.did,
            row.ended.replace(['|', '\n'], " "),
            ms(row.took)
        )
        .unwrap();
    }
    let folder = target().join("test-logs");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("hostile.md"), table).unwrap();
}

fn target() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    test.ancestors().nth(3).unwrap().to_owned()
}

fn ms(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1_000.0)
}
