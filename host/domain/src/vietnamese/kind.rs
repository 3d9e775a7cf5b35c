//! What a character is, looked up: asking Unicode's own tables costs more than all the rest.

use std::num::NonZeroU8;
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

/// What characters are, with the letter a–z or the digit that they are without marks.
pub(super) struct Kinds(Vec<(Kind, Option<NonZeroU8>)>);

impl Kinds {
    pub(super) fn get() -> &'static Self {
        static ALL: LazyLock<Kinds> = LazyLock::new(|| {
            let known = |code| {
                let c = char::from_u32(code);
                let base = c.filter(|_| code < LATIN).and_then(base);
                (c.map_or(Kind::Between, worked_out), base)
            };
            Kinds((0..BASIC).map(known).collect())
        });
        &ALL
    }

    /// No letter for a character that is none or several of them without its marks.
    pub(super) fn of(&self, c: char) -> (Kind, Option<NonZeroU8>) {
        let known = self.0.get(c as usize);
        known.copied().unwrap_or_else(|| (worked_out(c), None))
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

fn base(c: char) -> Option<NonZeroU8> {
    match *fold(c.encode_utf8(&mut [0; 4])).as_bytes() {
        [one] if one.is_ascii_alphanumeric() => NonZeroU8::new(one),
        _ => None,
    }
}
