use dinh_domain::people::{
    FORMER_PASSWORDS, LONG_PASSWORD, MAX_PASSWORD_BYTES, PasswordFault, SHORT_PASSWORD,
};
use dinh_render::view::FormsField;

use super::setting::Setting;

/// A new password, typed once: a browser shows it, or keeps it.
pub(super) fn field(setting: &Setting<'_>, faults: &[PasswordFault]) -> FormsField {
    let figures = [
        ("long", LONG_PASSWORD.to_string()),
        ("short", SHORT_PASSWORD.to_string()),
    ];
    let figures = figures
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    FormsField {
        name: "mat-khau-moi".to_owned(),
        kind: "password",
        label: setting.text("people.new_password").to_owned(),
        help: Some(setting.texts("people.password_help", &figures)),
        autocomplete: "new-password",
        required: true,
        faults: faults.iter().map(|it| said(setting, *it)).collect(),
        ..FormsField::default()
    }
    .described()
}

/// A code of the second factor.
pub(super) fn code(setting: &Setting<'_>, required: bool, is_wrong: bool) -> FormsField {
    let wrong = is_wrong.then(|| setting.text("people.code_wrong").to_owned());
    FormsField {
        name: "ma-xac-thuc".to_owned(),
        kind: "text",
        label: setting.text("people.code").to_owned(),
        autocomplete: "one-time-code",
        required,
        faults: wrong.into_iter().collect(),
        ..FormsField::default()
    }
    .described()
}

fn said(setting: &Setting<'_>, fault: PasswordFault) -> String {
    let figure = |key: &str, figure: usize| {
        let figure = figure.to_string();
        setting.texts(key, &[("figure", &figure)])
    };
    match fault {
        PasswordFault::TooShort { fewest } => figure("people.password_short", fewest),
        PasswordFault::TooLong => figure("people.password_long", MAX_PASSWORD_BYTES),
        PasswordFault::Classes => setting.text("people.password_classes").to_owned(),
        PasswordFault::Monotonous => setting.text("people.password_monotonous").to_owned(),
        PasswordFault::HoldsName => setting.text("people.password_name").to_owned(),
        PasswordFault::Former => figure("people.password_former", FORMER_PASSWORDS),
    }
}
