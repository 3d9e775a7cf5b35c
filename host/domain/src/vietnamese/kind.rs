//! What a character is, looked up: asking Unicode's own tables costs more than all the rest.

use std::sync::LazyLock;

use unicode_normalization::char::is_combining_mark;

use super::letters::is_invisible;
use super::normal::fold;

/// The characters that are looked up; rarer ones are worked out.
const BASIC: u32 = 0x1_0000;
/// Those whose letter without marks is looked up: all that Vietnamese is written with.
const LATIN: u32 = 0x2000;

/// What a character is to a syllable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It ends one.
    Between,
    /// A letter or a digit.
    Letter,
    /// A mark of the letter before it.
    Mark,
    /// Nobody sees it.
    Invisible,
}

/// What characters are.
pub(super) struct Kinds(Vec<Kind>);

impl Kinds {
    pub(super) fn get() -> &'static Self {
        static ALL: LazyLock<Kinds> = LazyLock::new(|| {
            let kind = |code| char::from_u32(code).map_or(Kind::Between, worked_out);
            Kinds((0..BASIC).map(kind).collect())
        });
        &ALL
    }

    pub(super) fn of(&self, c: char) -> Kind {
        let known = self.0.get(c as usize);
        known.copied().unwrap_or_else(|| worked_out(c))
    }
}

fn worked_out(c: char) -> Kind {
    if c.is_alphanumeric() {
        Kind::Letter
    } else if is_combining_mark(c) {
        Kind::Mark
    } else if is_invisible(c) {
        Kind::Invisible
    } else {
        Kind::Between
    }
}

/// Letters a–z and digits under characters.
pub(super) struct Bases(Vec<u8>);

impl Bases {
    pub(super) fn get() -> &'static Self {
        static ALL: LazyLock<Bases> = LazyLock::new(|| {
            let base = |code| {
                let c: char = char::from_u32(code)?;
                match *fold(c.encode_utf8(&mut [0; 4])).as_bytes() {
                    [one] if one.is_ascii_alphanumeric() => Some(one),
                    _ => None,
                }
            };
            Bases((0..LATIN).map(|code| base(code).unwrap_or(0)).collect())
        });
        &ALL
    }

    /// None for a character that is none or several of them without its marks.
    pub(super) fn of(&self, c: char) -> Option<u8> {
        self.0.get(c as usize).copied().filter(|base| *base != 0)
    }
}
