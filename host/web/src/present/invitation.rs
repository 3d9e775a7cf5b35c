use dinh_domain::people::PasswordFault;
use dinh_portal::InvitationShown;
use dinh_render::view::{FormsForm, FormsPage, FormsPart, Page};

use super::password;
use super::setting::Setting;
use super::sign_in::{whole, with_form};

/// What is wrong with what was sent.
#[derive(Default)]
pub(crate) struct Wrong {
    pub(crate) password: Vec<PasswordFault>,
    pub(crate) code: bool,
}

/// An invitation, to be accepted.
pub(crate) fn page(
    setting: &Setting<'_>,
    action: &str,
    it: &InvitationShown,
    wrong: &Wrong,
) -> Page<FormsPage> {
    let text = |key| setting.text(key).to_owned();
    let greeting = FormsPart {
        texts: vec![setting.texts(
            "people.invited",
            &[("person", &it.full_name), ("name", &it.name)],
        )],
        ..FormsPart::default()
    };
    let key = match it.needs_totp {
        true => "people.totp_needed",
        false => "people.totp_optional",
    };
    let totp = FormsPart {
        heading: Some(text("people.totp")),
        texts: vec![text(key), text("people.totp_how")],
        code: Some(it.totp.secret.clone()),
        ..FormsPart::default()
    };
    let form = FormsForm {
        long: false,
        asks: false,
        action: action.to_owned(),
        button: text("people.accept"),
        hidden: Vec::new(),
        fields: vec![
            password::field(setting, &wrong.password),
            password::code(setting, it.needs_totp, wrong.code),
        ],
    };
    let mut page = whole(
        setting,
        text("people.invitation"),
        vec![greeting, totp, with_form(form)],
    );
    if wrong.code || !wrong.password.is_empty() {
        page.body.faults.push(text("people.faults"));
    }
    page
}

/// An invitation that leads nowhere.
pub(crate) fn void(setting: &Setting<'_>) -> Page<FormsPage> {
    let text = |key| setting.text(key).to_owned();
    let mut page = whole(setting, text("people.invitation"), Vec::new());
    page.body.faults.push(text("people.invitation_void"));
    page
}
