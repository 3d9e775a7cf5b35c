//! What the proposals of a relations field name.

use super::kind_of;
use crate::declaration::{CodeList, Collection, FieldKind};
use crate::proposal::ProposalGrammar;

pub(super) fn check(
    collection: &Collection,
    field: &str,
    grammar: &ProposalGrammar,
    list: Option<&CodeList>,
    fault: &mut impl FnMut(String),
) {
    for (rule, kind) in grammar.kinds() {
        if list.is_some_and(|list| list.get(kind).is_none()) {
            fault(format!(
                "field `{field}`: proposals, rule `{rule}`: `{kind}` is no kind of edge"
            ));
        }
    }
    for from in grammar.fields() {
        let kind = kind_of(collection, from);
        if !matches!(
            kind,
            Some(FieldKind::Text { .. } | FieldKind::Outline { .. })
        ) {
            fault(format!(
                "field `{field}`: proposals are read from `{from}`, which is no text or outline"
            ));
        }
    }
    let itself = grammar
        .itself()
        .filter(|name| !matches!(kind_of(collection, name), Some(FieldKind::Choice { .. })));
    let not_after = grammar
        .not_after()
        .filter(|name| !matches!(kind_of(collection, name), Some(FieldKind::Date { .. })));
    for (key, name, wanted) in [
        ("itself", itself, "choice"),
        ("not_after", not_after, "date"),
    ] {
        if let Some(name) = name {
            fault(format!(
                "field `{field}`: proposals: {key} names `{name}`, which is no {wanted} field"
            ));
        }
    }
}
