use dinh_render::view::{
    Fact, FactValue, FormsField, FormsForm, FormsPage, FormsPart, HiddenField, Page,
};

use super::setting::Setting;
use crate::desk::{BACK, KEPT};
use crate::routes::SIGN_IN;

/// What the page to sign in carries along.
pub(crate) struct Carried<'a> {
    /// Where to go then.
    pub(crate) back: &'a str,
    /// What was typed when the session had ended.
    pub(crate) kept: &'a [(String, String)],
    /// The name, as typed.
    pub(crate) name: &'a str,
    /// Words above it.
    pub(crate) said: Option<&'a str>,
    /// What is wrong.
    pub(crate) fault: Option<&'a str>,
}

/// To sign in.
pub(crate) fn page(setting: &Setting<'_>, it: &Carried<'_>) -> Page<FormsPage> {
    let text = |key| setting.text(key).to_owned();
    let field = |name: &str, kind, key, autocomplete| FormsField {
        name: name.to_owned(),
        kind,
        label: text(key),
        autocomplete,
        ..FormsField::default()
    };
    let name = FormsField {
        typed: it.name.to_owned(),
        required: true,
        ..field("ten", "text", "people.name", "username")
    };
    let password = FormsField {
        required: true,
        ..field(
            "mat-khau",
            "password",
            "people.password",
            "current-password",
        )
    };
    let code = FormsField {
        help: Some(text("people.code_help")),
        ..field("ma-xac-thuc", "text", "people.code", "one-time-code")
    };
    let mut hidden = vec![hidden(BACK, it.back)];
    let kept = it.kept.iter();
    hidden.extend(kept.map(|(name, value)| self::hidden(&format!("{KEPT}{name}"), value)));
    let form = FormsForm {
        action: SIGN_IN.to_owned(),
        long: !it.kept.is_empty(),
        asks: false,
        button: text("people.sign_in"),
        hidden,
        fields: [name, password, code].map(FormsField::described).into(),
    };
    let mut page = whole(setting, text("people.sign_in"), vec![with_form(form)]);
    page.body.said = it.said.map(str::to_owned);
    page.body.faults = it.fault.map(str::to_owned).into_iter().collect();
    page
}

/// Signed in again: what was typed before is sent on.
pub(crate) fn go_on(
    setting: &Setting<'_>,
    back: &str,
    kept: &[(String, String)],
) -> Page<FormsPage> {
    let text = |key| setting.text(key).to_owned();
    let form = FormsForm {
        action: back.to_owned(),
        long: true,
        asks: false,
        button: text("people.go_on"),
        hidden: kept
            .iter()
            .map(|(name, value)| hidden(name, value))
            .collect(),
        fields: Vec::new(),
    };
    let part = FormsPart {
        texts: vec![text("people.go_on_text")],
        ..with_form(form)
    };
    whole(setting, text("people.signed_in_again"), vec![part])
}

pub(super) fn whole(
    setting: &Setting<'_>,
    title: String,
    parts: Vec<FormsPart>,
) -> Page<FormsPage> {
    let mut frame = setting.lone_frame(&title);
    frame.noindex = true;
    let body = FormsPage {
        title,
        said: None,
        faults: Vec::new(),
        parts,
    };
    Page { frame, body }
}

pub(super) fn with_form(form: FormsForm) -> FormsPart {
    FormsPart {
        form: Some(form),
        ..FormsPart::default()
    }
}

pub(super) fn hidden(name: &str, value: &str) -> HiddenField {
    HiddenField {
        name: name.to_owned(),
        value: value.to_owned(),
    }
}

/// A session that could not be taken over: the way to try again.
pub(crate) fn not_taken_over(setting: &Setting<'_>, again: &str) -> Page<FormsPage> {
    let text = |key| setting.text(key).to_owned();
    let link = FactValue::link(setting.text("people.take_over_again"), again);
    let part = FormsPart {
        texts: vec![text("people.take_over_why")],
        facts: vec![Fact::values(setting.text("desk.title"), vec![link])],
        ..FormsPart::default()
    };
    let mut page = whole(setting, text("people.take_over"), vec![part]);
    page.body.faults.push(text("people.take_over_failed"));
    page
}
