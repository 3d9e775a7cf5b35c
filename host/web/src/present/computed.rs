use dinh_domain::declaration::FormFieldKind;
use dinh_portal::shown::{Computed, FormFieldShown, FormHint, FormShown};
use dinh_render::view::{Link, Page, PluginForm, PluginFormChoice, PluginFormField, PluginPage};

use super::setting::{Setting, path};
use crate::asked::Asked;
use crate::percent;
use crate::routes::PUZZLE;

/// A page that a plugin computed. With parameters it is one of many views of the same thing, which
/// search engines need not keep.
pub(crate) fn page(setting: &Setting<'_>, asked: &Asked, computed: Computed) -> Page<PluginPage> {
    let back = setting.link(&computed.back);
    let is_of_entry = back.href != path(&computed.section);
    let steps: &[Link] = if is_of_entry {
        std::slice::from_ref(&back)
    } else {
        &[]
    };
    let mut frame = setting.section_frame(&computed.section, &computed.title, steps);
    frame.canonical = Some(setting.absolute(&percent::tidy(&asked.path)));
    frame.noindex = !asked.params.is_empty() || computed.status != 200;
    let action = percent::tidy(&asked.path);
    let body = PluginPage {
        title: computed.title,
        html: computed.html,
        back: Some(back),
        form: computed.form.map(|it| form(it, action)),
    };
    Page { frame, body }
}

pub(super) fn form(form: FormShown, action: String) -> PluginForm {
    PluginForm {
        proof: form.wants_proof.then(|| PUZZLE.to_owned()),
        lead: form.lead,
        hidden: form
            .hidden
            .iter()
            .map(|(name, value)| super::sign_in::hidden(name, value))
            .collect(),
        action,
        button: form.button,
        faults: form.faults,
        fields: form.fields.into_iter().map(field).collect(),
    }
}

fn field(field: FormFieldShown) -> PluginFormField {
    let (name, typed) = (field.name, field.typed);
    let help = field.help.as_ref().map(|_| format!("giup-{name}"));
    let faults = (!field.faults.is_empty()).then(|| format!("loi-{name}"));
    let described: Vec<String> = help.into_iter().chain(faults).collect();
    let choices = field.choices.into_iter();
    PluginFormField {
        kind: match field.kind {
            FormFieldKind::Line => "line",
            FormFieldKind::Text => "text",
            FormFieldKind::Choice => "choice",
            FormFieldKind::Flag => "flag",
        },
        input: match field.hint {
            FormHint::Email => "email",
            FormHint::Phone => "tel",
            FormHint::None | FormHint::Name | FormHint::Address => "text",
        },
        autocomplete: match field.hint {
            FormHint::None => None,
            FormHint::Name => Some("name"),
            FormHint::Email => Some("email"),
            FormHint::Phone => Some("tel"),
            FormHint::Address => Some("street-address"),
        },
        label: field.label,
        help: field.help,
        required: field.required,
        max_chars: field.max_chars,
        choices: choices
            .map(|(value, label)| PluginFormChoice {
                selected: value == typed,
                value,
                label,
            })
            .collect(),
        typed,
        ticked: field.ticked,
        faults: field.faults,
        described_by: (!described.is_empty()).then(|| described.join(" ")),
        name,
    }
}
