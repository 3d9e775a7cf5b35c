//! A message before it is sent: plain text, whose fields cannot begin another header.

use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox};
use lettre::{Address, Message};

use super::MailError;

/// Longest subject, in characters: what is longer is cut with `…`.
const SUBJECT_CHARS_MAX: usize = 200;

/// A message to one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Names it for ever, so that a server which was given it twice can tell: letters, digits and `-`.
    pub id: String,
    /// Who it is from, in words.
    pub from_name: String,
    /// The address.
    pub to: String,
    /// In one line.
    pub subject: String,
    /// Its text, in Vietnamese.
    pub text: String,
    /// The address at which a `POST` ends what this is a part of (RFC 8058).
    pub unsubscribe: Option<String>,
}

impl Letter {
    /// The message; what cannot be one is refused for ever.
    pub(super) fn message(&self, from: &Address) -> Result<Message, MailError> {
        let never = |why: &str| MailError::Never(why.to_owned());
        let to: Address = self
            .to
            .parse()
            .map_err(|_| never("the address is no mail address"))?;
        let is_id = |it: char| it.is_ascii_alphanumeric() || it == '-';
        if self.id.is_empty() || !self.id.chars().all(is_id) {
            return Err(never("the message has no usable id"));
        }
        let named = Mailbox::new(Some(one_line(&self.from_name)), from.clone());
        let mut builder = Message::builder()
            .from(named)
            .to(Mailbox::new(None, to))
            .subject(one_line(&self.subject))
            .message_id(Some(format!("<{}@{}>", self.id, from.domain())))
            .header(ContentType::TEXT_PLAIN);
        let mut more = vec![
            // No machine answers it (RFC 3834), and no holiday notice comes back.
            ("Auto-Submitted", "auto-generated".to_owned()),
            ("Content-Language", "vi".to_owned()),
        ];
        if let Some(address) = &self.unsubscribe {
            if !address
                .bytes()
                .all(|it| it.is_ascii_graphic() && it != b'>')
            {
                return Err(never("the address to unsubscribe at is none"));
            }
            more.push(("List-Unsubscribe", format!("<{address}>")));
            let one_click = "List-Unsubscribe=One-Click".to_owned();
            more.push(("List-Unsubscribe-Post", one_click));
        }
        for (name, value) in more {
            builder = builder.raw_header(header(name, value)?);
        }
        let body = Body::new_with_encoding(
            self.text.replace("\r\n", "\n").replace('\r', "\n"),
            ContentTransferEncoding::QuotedPrintable,
        );
        let body = body.map_err(|_| never("the text cannot be written as a message"))?;
        builder
            .body(body)
            .map_err(|_| never("the message cannot be written"))
    }
}

/// These values are ours and ASCII: written as they are, since an address in `<…>` must not be folded.
fn header(name: &str, value: String) -> Result<HeaderValue, MailError> {
    let name = HeaderName::new_from_ascii(name.to_owned())
        .map_err(|_| MailError::Never("a header has no name".to_owned()))?;
    Ok(HeaderValue::dangerous_new_pre_encoded(
        name,
        value.clone(),
        value,
    ))
}

/// Without anything that ends a line, within [`SUBJECT_CHARS_MAX`].
fn one_line(text: &str) -> String {
    let is_end = |it: char| it.is_control() || matches!(it, '\u{2028}' | '\u{2029}');
    let words = text.split(|it: char| is_end(it) || it.is_whitespace());
    let words: Vec<&str> = words.filter(|it| !it.is_empty()).collect();
    let line = words.join(" ");
    match line.char_indices().nth(SUBJECT_CHARS_MAX) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
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
}
