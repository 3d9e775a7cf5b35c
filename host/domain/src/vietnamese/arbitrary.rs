//! Texts for property tests.

use proptest::prelude::{any, prop};
use proptest::strategy::{Just, Strategy};

/// Any Unicode, and text with many of the characters this module treats by name.
pub(super) fn texts() -> impl Strategy<Value = String> {
    let typical: Vec<char> = "aăâeêioôơuưyđĐdqQAEOUYhnòáỏỗẠỰỵÐð 019/–−-.&'“…½²\u{300}\u{301}\
         \u{302}\u{306}\u{309}\u{31B}\u{323}\u{200B}\u{AD}\u{FEFF}\u{0}\u{A0}ВНО가ﬁİΣ"
        .chars()
        .collect();
    let near = prop::collection::vec(prop::sample::select(typical), 0..24);
    proptest::prop_oneof![
        near.prop_map(|chars| chars.into_iter().collect()),
        any::<String>(),
        Just(String::new()),
    ]
}
