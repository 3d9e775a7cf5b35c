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
mod tests {
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
}
