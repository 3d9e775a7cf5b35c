//! A line of the file beside the key: what was erased, when, and whether all of it was taken back. It names nobody.

use dinh_domain::dates::Instant;
use dinh_domain::ids::EntryId;
use dinh_store::Erasure;

const ERASED: &str = "erased";
const TAKEN_BACK: &str = "taken-back";

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    pub(super) entry: EntryId,
    pub(super) at: Instant,
    pub(super) taken_back: bool,
}

impl Note {
    pub(super) fn of(erasure: &Erasure) -> Self {
        Self {
            entry: erasure.entry.clone(),
            at: erasure.at,
            taken_back: erasure.taken_back,
        }
    }

    pub(super) fn line(&self) -> String {
        let what = if self.taken_back { TAKEN_BACK } else { ERASED };
        format!("{} {what} {}", self.entry, self.at.0)
    }

    /// None of what is no such line: a disk that was full may have cut one short.
    pub(super) fn read(line: &str) -> Option<Self> {
        let mut parts = line.split(' ');
        let (entry, what, at) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || !matches!(what, ERASED | TAKEN_BACK) {
            return None;
        }
        Some(Self {
            entry: EntryId::new(entry).ok()?,
            at: Instant(at.parse().ok()?),
            taken_back: what == TAKEN_BACK,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Note;

    #[test]
    fn a_line_is_read_as_it_was_written() {
        for line in ["e1 erased 5", "e1 taken-back 1795809000287"] {
            assert_eq!(Note::read(line).unwrap().line(), line);
        }
        for bad in [
            "",
            "e1",
            "e1 erased",
            "e1 gone 5",
            "e1 erased x",
            "e1 erased 5 6",
        ] {
            assert_eq!(Note::read(bad), None, "{bad}");
        }
    }
}
