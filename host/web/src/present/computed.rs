use dinh_domain::declaration::FormFieldKind;
use dinh_portal::shown::{Computed, FormFieldShown, FormFilesShown, FormHint, FormShown};
use dinh_render::view::{
    Link, Page, PluginForm, PluginFormChoice, PluginFormField, PluginFormFile, PluginPage,
};

use super::file_format;
use super::setting::{Setting, path};
use super::sign_in::hidden;
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
        form: computed.form.map(|it| form(setting, it, action)),
    };
    Page { frame, body }
}

pub(super) fn form(setting: &Setting<'_>, form: FormShown, action: String) -> PluginForm {
    PluginForm {
        takes_files: form.fields.iter().any(|it| it.files.is_some()),
        proof: form.wants_proof.then(|| PUZZLE.to_owned()),
        lead: form.lead,
        hidden: form
            .hidden
            .iter()
            .map(|(name, value)| hidden(name, value))
            .collect(),
        action,
        button: form.button,
        faults: form.faults,
        fields: form
            .fields
            .into_iter()
            .map(|it| field(setting, it))
            .collect(),
    }
}

fn field(setting: &Setting<'_>, mut field: FormFieldShown) -> PluginFormField {
    let files = field.files.take();
    if let Some(files) = &files {
        let own = field.help.take().map(|it| format!("{it} "));
        field.help = Some(own.unwrap_or_default() + &files_help(setting, files));
    }
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
            FormFieldKind::Files => "files",
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
        accept: files
            .as_ref()
            .map_or_else(String::new, |it| it.media_types.join(",")),
        files: files.map_or_else(Vec::new, came),
        faults: field.faults,
        described_by: (!described.is_empty()).then(|| described.join(" ")),
        name,
    }
}

/// Which files are taken, and how many.
fn files_help(setting: &Setting<'_>, files: &FormFilesShown) -> String {
    let formats = files.media_types.iter();
    let formats = formats.map(|media| file_format::known(media));
    let formats = formats.collect::<Vec<_>>().join(", ");
    let counts = [files.most, files.file_mib_max, files.all_mib_max].map(|it| it.to_string());
    let [most, file, all] = counts.each_ref().map(String::as_str);
    let said = [
        ("formats", formats.as_str()),
        ("most", most),
        ("file", file),
        ("all", all),
    ];
    setting.texts("form.files_help", &said)
}

fn came(files: FormFilesShown) -> Vec<PluginFormFile> {
    let FormFilesShown {
        ticket, left_out, ..
    } = files;
    let came = files.came.into_iter();
    came.map(|it| PluginFormFile {
        label: it.name,
        ticket: hidden(&ticket, &it.ticket),
        left_out: left_out.clone(),
        ticked: it.is_left_out,
    })
    .collect()
}
