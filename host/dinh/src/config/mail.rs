//! `[mail]`: through which server mail is sent, if any.

use dinh_outbound::{MailServer, Mailer, Password};

/// Messages of a minute when nothing says otherwise: what the servers of a province take from one of many.
const PER_MINUTE: u32 = 60;
/// Most that may be asked for: ten a second.
const PER_MINUTE_MAX: u32 = 600;

/// What the operator said about mail.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MailConfig {
    server: Option<String>,
    from: Option<String>,
    password: Option<Password>,
    per_minute: Option<String>,
}

impl MailConfig {
    /// Takes the value of a key that is known.
    pub(super) fn set(&mut self, key: &str, value: String) {
        let value = Some(value).filter(|value| !value.is_empty());
        match key {
            "server" => self.server = value,
            "from" => self.from = value,
            "per_minute" => self.per_minute = value,
            _ => self.password = value.map(Password),
        }
    }

    /// The server, or which key is missing or wrong; none where no mail is sent.
    fn server(&self) -> Result<Option<(MailServer, &str)>, String> {
        match (&self.server, &self.from) {
            (None, None) if self.password.is_none() => Ok(None),
            (None, _) => Err("mail.server is missing, without which no mail is sent".to_owned()),
            (Some(_), None) => Err("mail.server is set, and mail.from is missing".to_owned()),
            (Some(server), Some(from)) => {
                let server = server
                    .parse()
                    .map_err(|error| format!("mail.server: {error}"))?;
                Ok(Some((server, from)))
            }
        }
    }

    /// What speaks to the server, and how many messages of a minute it is given; none where no mail is sent.
    pub fn mailer(&self) -> Result<Option<(Mailer, u32)>, String> {
        let Some((server, from)) = self.server()? else {
            return Ok(None);
        };
        let per_minute = match &self.per_minute {
            None => PER_MINUTE,
            Some(text) => text
                .trim()
                .parse()
                .ok()
                .filter(|it| (1..=PER_MINUTE_MAX).contains(it))
                .ok_or_else(|| {
                    format!("mail.per_minute: `{text}` is no number from 1 to {PER_MINUTE_MAX}")
                })?,
        };
        let mailer = Mailer::new(&server, self.password.as_ref(), from);
        let mailer = mailer.map_err(|error| error.to_string())?;
        Ok(Some((mailer, per_minute)))
    }

    /// For `dinh check`; without the user and the password.
    pub fn shown(&self) -> Result<String, String> {
        Ok(match self.server()? {
            None => "none is sent".to_owned(),
            Some((server, from)) => format!("{server}, from {from}"),
        })
    }
}

#[cfg(test)]
mod tests;
