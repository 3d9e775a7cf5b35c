use dinh_domain::dates::Instant;
use dinh_portal::{Device, Owes, OwnAccount, SignedIn};
use dinh_render::view::{FormsField, FormsForm, FormsPage, FormsPart, HiddenField, Page};

use super::invitation::Wrong;
use super::password;
use super::setting::Setting;
use super::sign_in::{hidden, whole, with_form};
use crate::routes::{OWN_ACCOUNT, SIGN_OUT};

/// Field that says what is wanted.
pub(crate) const WANTED: &str = "viec";
/// Field that names a session.
pub(crate) const SESSION: &str = "phien";

/// What came of what was sent.
#[derive(Default)]
pub(crate) struct Outcome {
    pub(crate) said: Option<&'static str>,
    pub(crate) wrong_present: bool,
    pub(crate) wrong: Wrong,
}

/// One's own account.
pub(crate) fn page(
    setting: &Setting<'_>,
    who: &SignedIn,
    it: &OwnAccount,
    outcome: &Outcome,
) -> Page<FormsPage> {
    let text = |key| setting.text(key).to_owned();
    let roles = who.staff.grants.iter();
    let roles = roles.map(|it| format!("{} ({})", it.role.name(), it.organisation));
    let roles: Vec<String> = roles.collect();
    let head = FormsPart {
        texts: vec![
            setting.texts("people.you", &[("person", &who.name), ("name", &it.name)]),
            setting.texts("people.roles", &[("roles", &roles.join("; "))]),
        ],
        form: Some(form(
            SIGN_OUT,
            text("people.sign_out"),
            Vec::new(),
            Vec::new(),
        )),
        ..FormsPart::default()
    };
    let mut parts = vec![
        head,
        password_part(setting, outcome),
        totp_part(setting, it, outcome),
    ];
    parts.extend(devices(setting, it));
    let mut page = whole(setting, text("people.own_account"), parts);
    page.frame.breadcrumb.insert(0, super::desk::crumb(setting));
    page.body.said = outcome.said.map(text);
    for owed in &who.owes {
        page.body.faults.push(text(match owed {
            Owes::SecondFactor => "people.owes_totp",
            Owes::NewPassword => "people.owes_password",
        }));
    }
    let is_wrong =
        outcome.wrong_present || outcome.wrong.code || !outcome.wrong.password.is_empty();
    if is_wrong {
        page.body.faults.push(text("people.faults"));
    }
    page
}

fn password_part(setting: &Setting<'_>, outcome: &Outcome) -> FormsPart {
    let wrong = outcome
        .wrong_present
        .then(|| setting.text("people.present_wrong").to_owned());
    let present = FormsField {
        name: "mat-khau".to_owned(),
        kind: "password",
        label: setting.text("people.present_password").to_owned(),
        autocomplete: "current-password",
        required: true,
        faults: wrong.into_iter().collect(),
        ..FormsField::default()
    };
    let fields = vec![
        present.described(),
        password::field(setting, &outcome.wrong.password),
    ];
    let button = setting.text("people.change_password").to_owned();
    FormsPart {
        heading: Some(button.clone()),
        ..with_form(form(OWN_ACCOUNT, button, wanted("password"), fields))
    }
}

fn totp_part(setting: &Setting<'_>, it: &OwnAccount, outcome: &Outcome) -> FormsPart {
    let text = |key| setting.text(key).to_owned();
    let part = FormsPart {
        heading: Some(text("people.totp")),
        ..FormsPart::default()
    };
    match &it.pending {
        _ if it.has_totp => FormsPart {
            texts: vec![text("people.totp_on")],
            ..part
        },
        Some(shown) => {
            let fields = vec![password::code(setting, true, outcome.wrong.code)];
            let button = text("people.totp_prove");
            FormsPart {
                texts: vec![text("people.totp_how")],
                code: Some(shown.secret.clone()),
                form: Some(form(OWN_ACCOUNT, button, wanted("totp-prove"), fields)),
                ..part
            }
        }
        None => {
            let button = text("people.totp_begin");
            FormsPart {
                texts: vec![text("people.totp_off")],
                form: Some(form(OWN_ACCOUNT, button, wanted("totp-begin"), Vec::new())),
                ..part
            }
        }
    }
}

fn devices(setting: &Setting<'_>, it: &OwnAccount) -> Vec<FormsPart> {
    let text = |key| setting.text(key).to_owned();
    let mut parts: Vec<FormsPart> = it.devices.iter().map(|it| device(setting, it)).collect();
    if let Some(first) = parts.first_mut() {
        first.heading = Some(text("people.devices"));
    }
    let button = text("people.sign_out_everywhere");
    let all = form(
        OWN_ACCOUNT,
        button,
        wanted("sign-out-everywhere"),
        Vec::new(),
    );
    parts.push(with_form(all));
    parts
}

fn device(setting: &Setting<'_>, it: &Device) -> FormsPart {
    let (since, seen) = (time(setting, it.since), time(setting, it.seen));
    let values = [
        ("agent", it.agent.as_str()),
        ("address", it.address.as_str()),
        ("since", since.as_str()),
        ("seen", seen.as_str()),
    ];
    let mut texts = vec![setting.texts("people.device", &values)];
    if it.is_this {
        texts.push(setting.text("people.device_this").to_owned());
    }
    let mut wanted = wanted("sign-out-device");
    wanted.push(hidden(SESSION, &it.id));
    let button = setting.texts("people.device_sign_out", &[("since", &since)]);
    FormsPart {
        texts,
        form: (!it.is_this).then(|| form(OWN_ACCOUNT, button, wanted, Vec::new())),
        ..FormsPart::default()
    }
}

fn time(setting: &Setting<'_>, at: Instant) -> String {
    let zone = setting.visit.zone();
    format!(
        "{} {}",
        at.time_in(&zone),
        at.date_in(&zone).to_vietnamese()
    )
}

fn wanted(what: &str) -> Vec<HiddenField> {
    vec![hidden(WANTED, what)]
}

fn form(
    action: &str,
    button: String,
    hidden: Vec<HiddenField>,
    fields: Vec<FormsField>,
) -> FormsForm {
    FormsForm {
        long: false,
        asks: false,
        action: action.to_owned(),
        button,
        hidden,
        fields,
    }
}
