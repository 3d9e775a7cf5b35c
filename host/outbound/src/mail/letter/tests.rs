use super::Letter;
use crate::mail::MailError;

fn letter() -> Letter {
    Letter {
        id: "0198-a".to_owned(),
        from_name: "Cổng thông tin".to_owned(),
        to: "dan@example.vn".to_owned(),
        subject: "Biên nhận".to_owned(),
        text: "Kính gửi ông/bà.\n".to_owned(),
        unsubscribe: None,
    }
}

fn written(letter: &Letter) -> Result<String, MailError> {
    let message = letter.message(&"cong@example.vn".parse().unwrap())?;
    Ok(String::from_utf8(message.formatted()).unwrap())
}

/// Names of all headers.
fn headers(message: &str) -> Vec<String> {
    let (head, _) = message.split_once("\r\n\r\n").unwrap();
    let own = head.split("\r\n").filter(|it| !it.starts_with([' ', '\t']));
    let names = own.map(|it| it.split(':').next().unwrap().to_ascii_lowercase());
    names.collect()
}

#[test]
fn a_message_says_what_it_is_and_has_short_lines() {
    let long = Letter {
        text: format!("{}\n{}", "chữ ".repeat(400), "x".repeat(3_000)),
        subject: "Thông báo ".repeat(30),
        unsubscribe: Some("https://example.vn/nhan-tin/bo/abc".to_owned()),
        ..letter()
    };
    let message = written(&long).unwrap();
    let mut names = headers(&message);
    names.sort();
    assert_eq!(
        names,
        [
            "auto-submitted",
            "content-language",
            "content-transfer-encoding",
            "content-type",
            "date",
            "from",
            "list-unsubscribe",
            "list-unsubscribe-post",
            "message-id",
            "mime-version",
            "subject",
            "to",
        ]
    );
    let longest = message.split("\r\n").map(str::len).max().unwrap();
    assert!(longest <= 78, "{longest}");
    assert!(message.is_ascii());
    assert!(message.contains("Message-ID: <0198-a@example.vn>"));
}

#[test]
fn no_field_begins_another_header_or_another_recipient() {
    let evil = "x\r\nBcc: all@example.vn\r\n\r\nboo";
    let known = headers(&written(&letter()).unwrap());
    for changed in [
        Letter {
            subject: evil.to_owned(),
            ..letter()
        },
        Letter {
            from_name: evil.to_owned(),
            ..letter()
        },
        Letter {
            subject: "a\nb\rc\u{2028}d\u{85}e\0f".to_owned(),
            ..letter()
        },
        Letter {
            from_name: "\"x\" <all@example.vn>, y".to_owned(),
            ..letter()
        },
        Letter {
            text: format!("{evil}\r\n.\r\nMAIL FROM:<x@y>\r\n"),
            ..letter()
        },
    ] {
        let message = written(&changed).unwrap();
        assert_eq!(headers(&message), known, "{message}");
        let envelope = changed
            .message(&"cong@example.vn".parse().unwrap())
            .unwrap();
        assert_eq!(envelope.envelope().to().len(), 1);
    }
    for refused in [
        Letter {
            to: evil.to_owned(),
            ..letter()
        },
        Letter {
            to: "dan@example.vn\r\nBcc: x@y".to_owned(),
            ..letter()
        },
        Letter {
            to: "dan@example.vn, x@example.vn".to_owned(),
            ..letter()
        },
        Letter {
            to: String::new(),
            ..letter()
        },
        Letter {
            id: evil.to_owned(),
            ..letter()
        },
        Letter {
            unsubscribe: Some(evil.to_owned()),
            ..letter()
        },
        Letter {
            unsubscribe: Some("https://a.vn/>,<b".to_owned()),
            ..letter()
        },
    ] {
        assert!(
            matches!(written(&refused), Err(MailError::Never(_))),
            "{refused:?}"
        );
    }
}
