use super::{Setting, SettingKind};

fn setting(kind: SettingKind) -> Setting {
    Setting {
        kind,
        label: "setting.it".to_owned(),
        default: None,
        choices: vec!["mail".to_owned(), "paper".to_owned()],
    }
}

#[test]
fn a_value_has_one_spelling() {
    let read = |kind, given| setting(kind).read(given);
    assert_eq!(read(SettingKind::Number, " 007 "), Ok("7".to_owned()));
    assert_eq!(read(SettingKind::Flag, "true"), Ok("true".to_owned()));
    assert_eq!(read(SettingKind::Choice, "mail"), Ok("mail".to_owned()));
    assert_eq!(
        read(SettingKind::Text, "Xin chào"),
        Ok("Xin chào".to_owned())
    );
}

#[test]
fn what_is_not_taken_is_told_by_what_is() {
    let told = |kind, given| setting(kind).read(given).unwrap_err();
    assert!(told(SettingKind::Number, "many").contains("a whole number"));
    assert!(told(SettingKind::Flag, "yes").contains("`true` or `false`"));
    assert!(told(SettingKind::Choice, "pigeon").contains("mail, paper"));
    assert!(told(SettingKind::Text, "two\nlines").contains("in one line"));
    let secret = told(SettingKind::Secret, "hunter2");
    assert!(secret.contains("8 to 4096 bytes"), "{secret}");
    assert!(
        !secret.contains("hunter2"),
        "a secret is not repeated: {secret}"
    );
}
