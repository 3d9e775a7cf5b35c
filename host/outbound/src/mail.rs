//! Mail: one message, one connection, to the server that the operator named.
//!
//! Absent here: a queue, retries, and any word of what a server answered but its code: servers repeat the address of
//! whom they refuse.

use std::time::Duration;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{Error as SmtpError, SUBMISSION_PORT};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use thiserror::Error;

pub use letter::Letter;
pub use server::{BadServer, MailServer};

mod letter;
mod server;

/// Longest wait for each answer of a server.
const ANSWER_WAIT: Duration = Duration::from_secs(30);
/// Longest sending of one message, with everything before it.
pub const SENDING_WAIT_MAX: Duration = Duration::from_secs(90);
/// Answers that say nothing of the recipient: who sends is not let in, or asks wrongly. An operator mends that.
const OURS: [u16; 9] = [500, 501, 502, 503, 504, 530, 534, 535, 538];

/// A password; never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(pub String);

impl std::fmt::Debug for Password {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Password(…)")
    }
}

/// Why a message was not taken by the server.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MailError {
    /// It may be taken later.
    #[error("{0}")]
    Later(String),
    /// It will never be.
    #[error("{0}")]
    Never(String),
}

/// Sends messages through one server; cheap to clone.
#[derive(Clone, Debug)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Address,
}

impl Mailer {
    /// One that speaks to a server, in the name of an address.
    ///
    /// # Errors
    /// What is wrong with the configuration; nothing is connected to.
    pub fn new(
        server: &MailServer,
        password: Option<&Password>,
        from: &str,
    ) -> Result<Self, BadServer> {
        let from: Address = from
            .trim()
            .parse()
            .map_err(|_| BadServer(format!("`{from}` is no mail address")))?;
        let unusable = |error: SmtpError| BadServer(format!("TLS cannot be used: {error}"));
        let parameters = || TlsParameters::new_rustls(server.host.clone()).map_err(unusable);
        let tls = match server.tls {
            server::TlsUse::Wrapped => Tls::Wrapper(parameters()?),
            server::TlsUse::StartTls => Tls::Required(parameters()?),
            server::TlsUse::None => Tls::None,
        };
        let mut builder =
            AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server.host.clone())
                .port(server.port.unwrap_or(SUBMISSION_PORT))
                .hello_name(ClientId::Domain(from.domain().to_owned()))
                .timeout(Some(ANSWER_WAIT))
                .tls(tls);
        match (&server.user, password) {
            (Some(user), Some(Password(password))) => {
                let credentials = Credentials::new(user.clone(), password.clone());
                builder = builder.credentials(credentials);
            }
            (None, None) => {}
            (Some(_), None) => {
                return Err(BadServer(
                    "mail.server names a user, and mail.password is missing".to_owned(),
                ));
            }
            (None, Some(_)) => {
                return Err(BadServer(
                    "mail.password is set, and mail.server names no user".to_owned(),
                ));
            }
        }
        Ok(Self {
            transport: builder.build(),
            from,
        })
    }

    /// Hands a message to the server, which has it when this returns.
    ///
    /// # Errors
    /// [`MailError`]; after a connection that broke off late the server may have it all the same.
    pub async fn send(&self, letter: &Letter) -> Result<(), MailError> {
        let message = letter.message(&self.from)?;
        let sending = tokio::time::timeout(SENDING_WAIT_MAX, self.transport.send(message)).await;
        match sending {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(told(&error)),
            Err(_) => Err(MailError::Later("the server took too long".to_owned())),
        }
    }
}

/// By the code alone.
fn told(error: &SmtpError) -> MailError {
    let Some(code) = error.status() else {
        let why = match error {
            error if error.is_timeout() => "the server does not answer",
            error if error.is_tls() => "no connection with a certificate that is trusted",
            // Also a server without STARTTLS where it is asked for.
            error if error.is_client() => "the server does not do what is needed to speak to it",
            error if error.is_response() => "the server's answer cannot be read",
            _ => "no connection to the server",
        };
        return MailError::Later(why.to_owned());
    };
    let is_ours = OURS.contains(&u16::from(code));
    let why = format!("the server answered {code}");
    if error.is_permanent() && !is_ours {
        MailError::Never(why)
    } else {
        MailError::Later(why)
    }
}
