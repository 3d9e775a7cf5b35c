//! The form as a page, empty or with what was typed.

use dinh_domain::declaration::{CONSENT_FIELD, FormField, FormFieldKind, PrivateKind};
use dinh_domain::fault::Fault;
use dinh_domain::submission::consent;
use serde_json::{Map, Value};

use super::about::{About, closed, fields, is_open};
use super::files::SentFiles;
use super::send::form_version;
use super::{FormAt, POINT, VERSION_FIELD};
use crate::failure::Failure;
use crate::import::message;
use crate::portal::Portal;
use crate::section::Here;
use crate::shown::{Answer, Computed, FormFieldShown, FormHint, FormShown, Way};

/// What the box says by which a sender agrees to what stands above it.
const AGREED: &str = "Tôi đã đọc thông báo ở trên và đồng ý.";
/// When it is needed.
const AGREED_WHEN: &str = "Cần đánh dấu khi ông/bà ghi thông tin cá nhân.";

impl Portal {
    /// The form, to be filled; with the part of the other entry that its address names.
    pub(crate) async fn submission_form(
        &self,
        here: &Here<'_>,
        at: &FormAt<'_>,
        given: &[(String, String)],
    ) -> Result<Answer, Failure> {
        here.visit.passing();
        let Ok(about) = self.about(here, at).await? else {
            return Ok(Answer::NotFound);
        };
        if let Some(about) = &about
            && !is_open(here, at.form, &about.entry.body)
        {
            return Ok(page(here, at, Some(about), (shut(here, at), 200)));
        }
        let mut typed = Map::new();
        if let Some(points) = &at.form.points {
            let part = given.iter().find(|(name, _)| name == POINT);
            let part = part.map(|(_, value)| value.clone());
            let whole = here.plugin.text(&here.visit.language, &points.whole);
            let part = Value::String(part.unwrap_or(whole));
            typed.insert(points.field.clone(), part);
        }
        let mut form = shown(
            here,
            (at, about.as_ref()),
            (&typed, &SentFiles::default()),
            &[],
        );
        self.offer_mail(&mut form);
        Ok(page(here, at, about.as_ref(), (form, 200)))
    }
}

/// A page with the form.
pub(super) fn page(
    here: &Here<'_>,
    at: &FormAt<'_>,
    about: Option<&About>,
    (form, status): (FormShown, u16),
) -> Answer {
    let title = here.plugin.text(&here.visit.language, &at.form.title);
    let back = about.map(|it| it.way.clone()).unwrap_or_else(|| Way {
        label: here.section.name.clone(),
        path: format!("/{}", here.section.path),
        host: None,
    });
    Answer::Computed(Box::new(Computed {
        section: here.section.clone(),
        title: match about {
            Some(about) => format!("{title}: {}", about.entry.title),
            None => title,
        },
        status,
        html: None,
        back,
        form: Some(form),
    }))
}

/// What stands in the place of a form that takes nothing now.
pub(super) fn shut(here: &Here<'_>, at: &FormAt<'_>) -> FormShown {
    FormShown {
        button: String::new(),
        faults: Vec::new(),
        lead: closed(here, at),
        hidden: Vec::new(),
        wants_proof: false,
        fields: Vec::new(),
    }
}

/// The form with what was typed and what is wrong with it.
pub(super) fn shown(
    here: &Here<'_>,
    (at, about): (&FormAt<'_>, Option<&About>),
    (typed, files): (&Map<String, Value>, &SentFiles),
    faults: &[Fault],
) -> FormShown {
    let (plugin, language, form) = (here.plugin, &here.visit.language, at.form);
    let text = |key: &str| plugin.text(language, key);
    let mut fields = fields(here, at, about, language);
    // What is agreed to stands first, and its box is never ticked by us.
    if form.consent.is_some() {
        fields.insert(0, consent());
    }
    let is_field = |name: &str| fields.iter().any(|field| field.name == name);
    let others = faults.iter().filter(|it| !is_field(&it.path));
    let told = |fault: &Fault| message(Some(plugin), fault);
    let mut lead = vec![text(&form.intro)];
    lead.extend(form.consent.as_deref().map(text));
    let lead = lead.iter().flat_map(|it| it.split('\n'));
    FormShown {
        button: text(&form.button),
        faults: others.map(told).collect(),
        lead: lead
            .filter(|it| !it.trim().is_empty())
            .map(str::to_owned)
            .collect(),
        hidden: vec![(VERSION_FIELD.to_owned(), form_version(here, at))],
        wants_proof: true,
        fields: fields
            .iter()
            .map(|field| {
                let own = faults.iter().filter(|it| it.path == field.name);
                let own = own.map(told).collect();
                let declared = at.collection.schema.get(&field.name);
                FormFieldShown {
                    files: declared
                        .filter(|_| field.kind == FormFieldKind::Files)
                        .map(|it| files.shown(&it.kind, &field.name)),
                    ..field_shown(here, at, field, (typed.get(&field.name), own))
                }
            })
            .collect(),
    }
}

fn field_shown(
    here: &Here<'_>,
    at: &FormAt<'_>,
    field: &FormField,
    (typed, faults): (Option<&Value>, Vec<String>),
) -> FormFieldShown {
    let text = |key: &str| here.plugin.text(&here.visit.language, key);
    let private = at.collection.private.get(&field.name).map(|it| it.kind);
    FormFieldShown {
        name: field.name.clone(),
        kind: field.kind,
        hint: match private {
            Some(PrivateKind::Name) => FormHint::Name,
            Some(PrivateKind::Email) => FormHint::Email,
            Some(PrivateKind::Phone) => FormHint::Phone,
            Some(PrivateKind::Address) => FormHint::Address,
            Some(PrivateKind::Line | PrivateKind::Text) | None => FormHint::None,
        },
        label: match field.name.as_str() {
            CONSENT_FIELD => AGREED.to_owned(),
            _ => text(&field.label),
        },
        help: match field.name.as_str() {
            CONSENT_FIELD => Some(AGREED_WHEN.to_owned()),
            _ => field.help.as_deref().map(text),
        },
        required: field.required,
        max_chars: (!matches!(field.kind, FormFieldKind::Flag | FormFieldKind::Files))
            .then(|| field.chars_max()),
        choices: field
            .choices
            .iter()
            .map(|it| (it.value.clone(), it.label.clone()))
            .collect(),
        typed: typed.and_then(Value::as_str).unwrap_or_default().to_owned(),
        ticked: typed.and_then(Value::as_bool) == Some(true),
        files: None,
        faults,
    }
}
