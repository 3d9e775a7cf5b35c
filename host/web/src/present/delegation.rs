use dinh_domain::people::Grant;
use dinh_portal::{Colleague, DELEGATION_DAYS_MAX, DelegationLine};
use dinh_render::view::{FormsField, FormsPage, FormsPart, Page};

use super::person::{Forms, Outcome, dressed};
use super::setting::Setting;
use super::sign_in::{hidden, with_form};
use crate::asked::Asked;
use crate::routes::DELEGATIONS;

/// Field that names a delegation.
pub(crate) const DELEGATION: &str = "uy-quyen";
/// Field of the role that is lent: `role@organisation`.
pub(crate) const LENT: &str = "vai-tro-uy-quyen";
/// Field of the colleague.
pub(crate) const DEPUTY: &str = "nguoi-thay";
/// Fields of the first and the last day.
pub(crate) const DAYS: [&str; 2] = ["thay-tu", "thay-den"];

/// One's own delegations.
pub(crate) fn page(
    setting: &Setting<'_>,
    asked: &Asked,
    (own, deputies, lines): (&[(Grant, String)], &[Colleague], &[DelegationLine]),
    outcome: &Outcome,
) -> Page<FormsPage> {
    let form = Forms {
        setting,
        asked,
        outcome,
        action: DELEGATIONS.to_owned(),
    };
    let mut parts = parts(&form, lines);
    if own.is_empty() {
        parts.push(FormsPart {
            texts: vec![setting.text("office.nothing_to_lend").to_owned()],
            ..FormsPart::default()
        });
    } else {
        parts.push(lend(&form, own, deputies));
    }
    let title = setting.text("office.delegations").to_owned();
    let mut page = dressed(setting, title, parts, outcome);
    // Not a page of the room of people.
    page.frame.breadcrumb.remove(1);
    page
}

/// What is lent, each with a button that ends it where it is lent by the person.
pub(super) fn parts(forms: &Forms<'_>, lines: &[DelegationLine]) -> Vec<FormsPart> {
    let setting = forms.setting;
    let mut parts: Vec<FormsPart> = lines.iter().map(|it| part(forms, it)).collect();
    if let Some(first) = parts.first_mut() {
        first.heading = Some(setting.text("office.lent").to_owned());
    }
    parts
}

fn part(forms: &Forms<'_>, it: &DelegationLine) -> FormsPart {
    let (first, last) = (it.first.to_vietnamese(), it.last.to_vietnamese());
    let words = [
        ("from", it.from.as_str()),
        ("to", it.to.as_str()),
        ("role", it.role.as_str()),
        ("at", it.organisation.as_str()),
        ("first", first.as_str()),
        ("last", last.as_str()),
    ];
    let key = match it.runs {
        true => "office.lent_now",
        false => "office.lent_later",
    };
    let extra = vec![hidden(DELEGATION, &it.id)];
    let mut form = forms.form("office.lent_end", "end-delegation", extra, Vec::new());
    form.button = forms.setting.texts("office.lent_end", &words);
    FormsPart {
        texts: vec![forms.setting.texts(key, &words)],
        form: it.is_lent.then_some(form),
        ..FormsPart::default()
    }
}

/// A role to lend.
pub(super) fn lend(
    forms: &Forms<'_>,
    own: &[(Grant, String)],
    deputies: &[Colleague],
) -> FormsPart {
    let setting = forms.setting;
    let days = DELEGATION_DAYS_MAX.to_string();
    let texts = vec![setting.texts("office.lend_text", &[("days", &days)])];
    let heading = Some(setting.text("office.lend").to_owned());
    if deputies.is_empty() {
        return FormsPart {
            heading,
            texts: vec![setting.text("office.no_deputy").to_owned()],
            ..FormsPart::default()
        };
    }
    let choices = own.iter().map(|(grant, at)| {
        let value = format!("{}@{}", grant.role.as_str(), grant.organisation);
        (value, format!("{} – {at}", grant.role.name()))
    });
    let [first, last] = DAYS;
    let fields: Vec<FormsField> = vec![
        forms.select((LENT, "office.role"), choices),
        forms.colleague((DEPUTY, "office.deputy"), deputies),
        forms.required((first, "date", "office.from")),
        forms.required((last, "date", "office.until")),
    ];
    FormsPart {
        heading,
        texts,
        ..with_form(forms.form("office.lend", "delegate", Vec::new(), fields))
    }
}
