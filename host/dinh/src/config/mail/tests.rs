use super::MailConfig;

fn config(keys: &[(&str, &str)]) -> MailConfig {
    let mut config = MailConfig::default();
    for (key, value) in keys {
        config.set(key, (*value).to_owned());
    }
    config
}

#[test]
fn mail_is_off_until_it_is_whole_and_a_password_is_never_shown() {
    assert!(config(&[]).mailer().unwrap().is_none());
    let near = [
        ("server", "smtp://127.0.0.1:1025"),
        ("from", "cong@example.vn"),
    ];
    let (_, per_minute) = config(&near).mailer().unwrap().unwrap();
    assert_eq!(per_minute, 60);
    let user = ("server", "smtps://me@mail.example.vn");
    let from = ("from", "cong@example.vn");
    let password = ("password", "Mat-khau-4711");
    let whole = config(&[user, from, password]);
    assert!(whole.mailer().unwrap().is_some());
    assert!(!format!("{whole:?}").contains("4711"));
    assert_eq!(
        whole.shown().unwrap(),
        "mail.example.vn:465, TLS, from cong@example.vn"
    );
    for (bad, word) in [
        (config(&[from]), "mail.server is missing"),
        (config(&[password]), "mail.server is missing"),
        (config(&[user]), "mail.from is missing"),
        (config(&[user, from]), "mail.password is missing"),
        (config(&[near[0], from, password]), "names no user"),
        (config(&[near[0], ("from", "cong")]), "no mail address"),
        (config(&[near[0], from, ("per_minute", "0")]), "1 to 600"),
        (
            config(&[("server", "smtp://a:b@c.vn"), from]),
            "stands in mail.password",
        ),
    ] {
        let told = bad.mailer().unwrap_err();
        assert!(told.contains(word) && !told.contains("4711"), "{told}");
    }
}
