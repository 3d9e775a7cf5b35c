//! Vietnamese text: one spelling for what people type, index, sort and link.
//!
//! Text is shown as it was written ([`nfc`] changes nothing that can be seen); everything that is
//! compared is compared in one of these forms:
//!
//! | Form | Keeps | For |
//! |---|---|---|
//! | [`exact`] | letters and tone marks | search that honours the marks |
//! | [`fold`] | letters only | search without marks, names of things |
//! | [`code_key`] | numbers and letter runs | numbers of documents in every spelling |
//! | [`collation_key`] | the alphabet's order | sorting |
//! | [`slugify`] | a–z, 0–9, hyphens | addresses |

#[cfg(test)]
mod arbitrary;
mod code;
mod collation;
mod date;
mod kind;
mod letters;
mod normal;
mod slug;
mod syllable;
mod tone;

pub use code::{
    CODE_PREFIX_TOKENS_MAX, CODE_WINDOW_TOKENS_MAX, code_key, code_prefixes, code_windows,
};
pub use collation::{COLLATION_PRIMARY_BYTES_MAX, collation_key};
pub use date::parse_date;
pub use normal::{exact, fold, nfc};
pub use slug::{EMPTY_SLUG, slugify};
pub use syllable::{Syllable, folded_sign, signed_spans, spans, syllables};
pub use tone::canonical_tone;
