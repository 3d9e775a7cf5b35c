use super::{MailServer, TlsUse};

fn server(text: &str) -> MailServer {
    text.parse().unwrap()
}

#[test]
fn a_connection_off_the_machine_is_encrypted_unless_it_is_said_otherwise() {
    for (text, tls) in [
        ("smtp://127.0.0.1:1025", TlsUse::None),
        ("smtp://[::1]:1025", TlsUse::None),
        ("smtp://localhost", TlsUse::None),
        ("smtp://127.0.0.1:1025?tls=required", TlsUse::StartTls),
        ("smtp://mail.example.vn", TlsUse::StartTls),
        ("smtp://10.0.0.5:25?tls=none", TlsUse::None),
        ("smtps://me@example.vn@mail.example.vn", TlsUse::Wrapped),
    ] {
        assert_eq!(server(text).tls, tls, "{text}");
    }
    let named = server("smtps://me@example.vn@mail.example.vn");
    assert_eq!(named.user.as_deref(), Some("me@example.vn"));
    assert_eq!(named.to_string(), "mail.example.vn:465, TLS");
}

#[test]
fn what_is_no_server_or_gives_a_password_away_is_refused() {
    for text in [
        "mail.example.vn",
        "http://mail.example.vn",
        "smtp://",
        "smtp://mail.example.vn:port",
        "smtp://mail.example.vn?tls=maybe",
        "smtps://mail.example.vn?tls=none",
        "smtp://me:secret@mail.example.vn",
        "smtp://me@10.0.0.5?tls=none",
        "smtp://mail example vn",
    ] {
        assert!(text.parse::<MailServer>().is_err(), "{text}");
    }
    let told = "smtp://me:secret@mail.example.vn".parse::<MailServer>();
    assert!(!told.unwrap_err().to_string().contains("secret"));
}
