//! What an import says of itself at its end.

use dinh_portal::{FlaggedFile, RowFaults};
use serde_json::json;

use super::{Import, Progress};

/// Files named at the end of an import: what a terminal shows at once.
const FLAGGED_TOLD: usize = 20;
/// Faults named there; the list of rejected rows has them all.
const FAULTS_TOLD: usize = 50;
/// Longest name of columns in a line, in characters.
const NAMES_CHARS: usize = 400;

/// What was found on the way.
#[derive(Default)]
pub(super) struct Told {
    /// About the file as a whole.
    pub(super) notes: Vec<String>,
    /// Files whose text is not searched.
    pub(super) flagged: Vec<FlaggedFile>,
    faults: Vec<String>,
    fault_count: u64,
}

impl Told {
    /// Says something of some columns, where there are any.
    pub(super) fn columns(&mut self, what: &str, names: &[String]) {
        if names.is_empty() {
            return;
        }
        let all = names.join(", ");
        let mut names: String = all.chars().take(NAMES_CHARS).collect();
        if names.len() < all.len() {
            names.push('…');
        }
        self.notes.push(format!("{what}: {names}"));
    }

    /// Takes note of the faults of a row.
    pub(super) fn rejected(&mut self, row: &RowFaults) {
        for fault in &row.faults {
            self.fault_count += 1;
            if self.faults.len() >= FAULTS_TOLD {
                continue;
            }
            let place = match fault.column.as_deref().unwrap_or(&fault.path) {
                "" => String::new(),
                place => format!(", “{place}”"),
            };
            let told = format!("row {}{place}: {}", row.line, fault.message);
            self.faults.push(told);
        }
    }

    /// All of it.
    pub(super) fn said(&self, import: &Import, now: &Progress) -> String {
        let (rows, count, seconds) = (now.rows, now.count, now.seconds);
        if import.json {
            let rate = now.rate().round();
            return json!({
                "rows": rows, "count": count, "seconds": seconds, "rows_per_second": rate,
                "flagged": self.flagged, "notes": self.notes, "faults": self.faults,
                "fault_count": self.fault_count,
            })
            .to_string();
        }
        let mut said = self
            .notes
            .iter()
            .map(|it| format!("{it}\n"))
            .collect::<String>();
        said.push_str(&format!(
            "{rows} rows in {seconds:.1} s, {:.0} a second: {} new, {} changed, {} unchanged, {} rejected{}",
            now.rate(),
            count.created,
            count.updated,
            count.unchanged,
            count.rejected,
            if import.dry_run {
                " (dry run: nothing was written)"
            } else {
                ""
            },
        ));
        for fault in &self.faults {
            said.push_str(&format!("\n  {fault}"));
        }
        if self.fault_count > self.faults.len() as u64 {
            said.push_str(&format!("\n  …{} faults in all", self.fault_count));
        }
        said + &told_of_files(&self.flagged, count.flagged_files)
    }
}

/// Files whose text is not searched, a line each; the list of files has them all.
fn told_of_files(flagged: &[FlaggedFile], all: u64) -> String {
    if all == 0 {
        return String::new();
    }
    let mut told = format!("\n{all} attached files are kept, and their text is not searched:");
    for file in flagged.iter().take(FLAGGED_TOLD) {
        let state = file.state.as_str();
        told.push_str(&format!("\n  line {}: {}: {state}", file.line, file.name));
    }
    if all > FLAGGED_TOLD as u64 {
        told.push_str("\n  …and more: see `dinh file list`");
    }
    told
}
