//! A message before it is sent: plain text, whose fields cannot begin another header.

use lettre::message::header::{
    ContentTransferEncoding, ContentType, HeaderName, HeaderValue, MIME_VERSION_1_0,
};
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
            .header(MIME_VERSION_1_0)
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
mod tests;
