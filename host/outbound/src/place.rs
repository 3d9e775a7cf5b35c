//! Where a request may go: a scheme, a host's name and a port.

use std::fmt;

/// How it is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// With TLS, and certificates that the system trusts.
    Https,
    /// In the clear.
    Http,
}

impl Scheme {
    /// Its word in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Https => "https",
            Self::Http => "http",
        }
    }

    /// The port where none is said.
    pub fn port(self) -> u16 {
        match self {
            Self::Https => 443,
            Self::Http => 80,
        }
    }
}

/// One system. Two places are the same when all three parts are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// How it is spoken to.
    pub scheme: Scheme,
    /// A name in lower case, never an address.
    pub host: String,
    /// The port.
    pub port: u16,
}

impl Place {
    /// The host, and the port where it is not the scheme's own: what stands in `Host`.
    pub(crate) fn authority(&self) -> String {
        match self.port == self.scheme.port() {
            true => self.host.clone(),
            false => format!("{}:{}", self.host, self.port),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}://{}", self.scheme.as_str(), self.authority())
    }
}
