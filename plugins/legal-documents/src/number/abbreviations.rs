//! Abbreviations of kinds (NĐ 30/2020/NĐ-CP, Phụ lục III, and those of legal normative
//! documents), and how the abbreviations of agencies begin.

use crate::fold::folded;

/// A kind of document, by its abbreviation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// As it is written: `QĐ`.
    pub short: &'static str,
    /// Its id in the list of kinds.
    pub id: &'static str,
}

impl Kind {
    /// Several agencies issued it together.
    pub fn is_joint(self) -> bool {
        matches!(self.short, "TTLT" | "NQLT")
    }

    /// A consolidated text, which has its own series.
    pub fn is_consolidated(self) -> bool {
        self.short == "VBHN"
    }

    /// Never an administrative document, so its number must hold a year.
    pub fn is_always_normative(self) -> bool {
        matches!(self.short, "TT" | "NĐ" | "PL" | "TTLT" | "NQLT")
    }
}

const KINDS: &[(&str, &str)] = &[
    ("PL", "phap-lenh"),
    ("L", "lenh"),
    ("NQ", "nghi-quyet"),
    ("NQLT", "nghi-quyet-lien-tich"),
    ("NĐ", "nghi-dinh"),
    ("QĐ", "quyet-dinh"),
    ("TT", "thong-tu"),
    ("TTLT", "thong-tu-lien-tich"),
    ("VBHN", "van-ban-hop-nhat"),
    ("CT", "chi-thi"),
    ("QC", "quy-che"),
    ("QyĐ", "quy-dinh"),
    ("TC", "thong-cao"),
    ("TB", "thong-bao"),
    ("HD", "huong-dan"),
    ("CTr", "chuong-trinh"),
    ("KH", "ke-hoach"),
    ("PA", "phuong-an"),
    ("ĐA", "de-an"),
    ("DA", "du-an"),
    ("BC", "bao-cao"),
    ("BB", "bien-ban"),
    ("TTr", "to-trinh"),
    ("HĐ", "hop-dong"),
    ("CĐ", "cong-dien"),
    ("BGN", "ban-ghi-nho"),
    ("BTT", "ban-thoa-thuan"),
    ("GUQ", "giay-uy-quyen"),
    ("GM", "giay-moi"),
    ("GGT", "giay-gioi-thieu"),
    ("GNP", "giay-nghi-phep"),
    ("PG", "phieu-gui"),
    ("PC", "phieu-chuyen"),
    ("PB", "phieu-bao"),
];

/// The kind of an abbreviation in any spelling. `ĐA` and `DA`, `HĐ` and `HD` differ by one mark:
/// the marked spelling wins where it was written, the plain one where it was not.
pub(super) fn kind_of(written: &str) -> Option<Kind> {
    let upper = written.to_uppercase();
    let exact = KINDS
        .iter()
        .find(|(short, _)| short.to_uppercase() == upper);
    let found = exact.or_else(|| {
        let plain = folded(written);
        KINDS.iter().find(|(short, _)| folded(short) == plain)
    });
    found.map(|&(short, id)| Kind { short, id })
}

/// The National Assembly, its standing committee, and the State Council before 1992.
pub(super) fn is_legislature(agency: &str) -> bool {
    let plain = folded(agency);
    ["qh", "ubtvqh", "hdnn"].iter().any(|name| {
        let term = plain.strip_prefix(name);
        term.is_some_and(|term| !term.is_empty() && term.bytes().all(|b| b.is_ascii_digit()))
    })
}

/// What may follow a kind without a hyphen: ministries begin with `B`, the rest is named.
pub(super) fn agency_begins(text: &str) -> bool {
    let plain = folded(text);
    let named = [
        "cp", "ttg", "ctn", "ubnd", "hdnd", "hdtp", "ubtvqh", "nhnn", "ttcp", "tandtc", "vksndtc",
        "ktnn", "vpcp", "vpqh",
    ];
    named.iter().any(|name| plain.starts_with(name)) || (plain.starts_with('b') && plain.len() >= 3)
}
