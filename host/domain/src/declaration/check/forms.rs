//! Forms that a manifest declares.

use std::collections::BTreeSet;

use super::settings::is_name;
use crate::declaration::form::FIELD_CHARS_MAX;
use crate::declaration::{
    Capability, FORM_FIELDS_MAX, FormField, FormFieldKind, Manifest, Route, RouteKind,
};

pub(super) fn forms(manifest: &Manifest, fault: &mut impl FnMut(String)) {
    let mut routes = manifest.routes.iter();
    let has_forms = routes.any(|route| route.kind == RouteKind::Form);
    let is_asked = manifest.capabilities.contains(&Capability::Forms);
    if has_forms && !is_asked {
        fault("a form is declared: ask for the capability `forms`".to_owned());
    }
    if is_asked && !has_forms {
        fault("the capability `forms` is asked for, and no route is a form".to_owned());
    }
    for route in &manifest.routes {
        let mut of_route = |why: String| fault(format!("route `{}`: {why}", route.name));
        match route.kind {
            RouteKind::Form => form(route, &mut of_route),
            RouteKind::Page if route.fields.is_empty() && route.button.is_none() => {}
            RouteKind::Page => {
                of_route("`fields` and `button` are for `kind = \"form\"`".to_owned())
            }
        }
    }
}

fn form(route: &Route, fault: &mut impl FnMut(String)) {
    let count = route.fields.len();
    if !(1..=FORM_FIELDS_MAX).contains(&count) {
        fault(format!(
            "a form has 1 to {FORM_FIELDS_MAX} fields, not {count}"
        ));
    }
    if route.button.is_none() {
        fault("a form needs `button`, the locale key of the words on it".to_owned());
    }
    let mut names = BTreeSet::new();
    for it in &route.fields {
        if !is_name(&it.name) || !names.insert(&it.name) {
            fault(format!(
                "field `{}`: names are small letters, digits, `-` and `_`, each once",
                it.name
            ));
        }
        if let Some(why) = wrong(it) {
            fault(format!("field `{}`: {why}", it.name));
        }
    }
}

fn wrong(field: &FormField) -> Option<String> {
    let is_choice = field.kind == FormFieldKind::Choice;
    if is_choice == field.choices.is_empty() {
        return Some("a choice has `choices`, and nothing else has".to_owned());
    }
    let is_text = matches!(field.kind, FormFieldKind::Line | FormFieldKind::Text);
    match field.max_chars {
        Some(_) if !is_text => Some("`max_chars` is for a line or a text".to_owned()),
        Some(chars) if !(1..=FIELD_CHARS_MAX).contains(&chars) => Some(format!(
            "`max_chars` is 1 to {FIELD_CHARS_MAX}, not {chars}"
        )),
        _ => None,
    }
}
