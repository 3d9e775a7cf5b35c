//! The server that an operator names: `smtp://127.0.0.1:1025`, `smtps://user@mail.example.vn`.

use std::net::IpAddr;
use std::str::FromStr;

use thiserror::Error;

/// The port of `smtps` (RFC 8314).
const WRAPPED_PORT: u16 = 465;

/// Why a server cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct BadServer(pub(super) String);

/// A mail server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailServer {
    pub(super) host: String,
    pub(super) port: Option<u16>,
    pub(super) user: Option<String>,
    pub(super) tls: TlsUse,
}

/// How a connection is kept from being read on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TlsUse {
    /// From the first byte.
    Wrapped,
    /// By STARTTLS, or nothing is sent.
    StartTls,
    /// Not at all: on this machine, or because an operator says so.
    None,
}

impl FromStr for MailServer {
    type Err = BadServer;

    fn from_str(text: &str) -> Result<Self, BadServer> {
        let bad = |why: &str| BadServer(format!("{why}; write smtp://host:port or smtps://host"));
        let (scheme, rest) = text
            .trim()
            .split_once("://")
            .ok_or_else(|| bad("it has no scheme"))?;
        let (rest, asked) = rest.split_once('?').unwrap_or((rest, ""));
        let rest = rest.trim_end_matches('/');
        // A user may be an address: the last `@` parts it from the host.
        let (user, place) = match rest.rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, rest),
        };
        if user.is_some_and(|user| user.contains(':')) {
            return Err(BadServer(
                "a password stands in mail.password, and not in the address".to_owned(),
            ));
        }
        let (host, port) = place_of(place).ok_or_else(|| bad("it names no host"))?;
        let is_near = host == "localhost" || is_loopback(&host);
        let tls = match (scheme, asked) {
            ("smtps", "") => TlsUse::Wrapped,
            ("smtp", "") if is_near => TlsUse::None,
            ("smtp", "" | "tls=required") => TlsUse::StartTls,
            ("smtp", "tls=none") => TlsUse::None,
            ("smtp" | "smtps", _) => return Err(bad("only `tls` may be asked for")),
            _ => return Err(bad("its scheme is neither `smtp` nor `smtps`")),
        };
        if user.is_some() && tls == TlsUse::None && !is_near {
            return Err(BadServer(
                "a password is sent to another machine by TLS alone".to_owned(),
            ));
        }
        Ok(Self {
            host,
            port: port.or((tls == TlsUse::Wrapped).then_some(WRAPPED_PORT)),
            user: user.filter(|it| !it.is_empty()).map(str::to_owned),
            tls,
        })
    }
}

/// As operators are shown it: without its user.
impl std::fmt::Display for MailServer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let how = match self.tls {
            TlsUse::Wrapped => "TLS",
            TlsUse::StartTls => "STARTTLS",
            TlsUse::None => "not encrypted",
        };
        match self.port {
            Some(port) => write!(out, "{}:{port}, {how}", self.host),
            None => write!(out, "{}, {how}", self.host),
        }
    }
}

fn place_of(place: &str) -> Option<(String, Option<u16>)> {
    let (host, port) = match place.strip_prefix('[') {
        Some(rest) => {
            let (host, rest) = rest.split_once(']')?;
            (host, rest.strip_prefix(':'))
        }
        None => match place.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (place, None),
        },
    };
    let port = port.map(str::parse).transpose().ok()?;
    let letters = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | ':');
    let fits = !host.is_empty() && host.chars().all(letters);
    fits.then(|| (host.to_ascii_lowercase(), port))
}

fn is_loopback(host: &str) -> bool {
    host.parse::<IpAddr>().is_ok_and(|it| it.is_loopback())
}

#[cfg(test)]
mod tests;
