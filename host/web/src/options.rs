//! What the operator says about the surroundings of the portal.

use std::net::IpAddr;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How citizens reach the portal, and whom it believes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HttpOptions {
    /// Scheme of all addresses that leave the portal.
    pub public_scheme: PublicScheme,
    /// Port of all addresses that leave the portal; none is the scheme's own.
    pub public_port: Option<u16>,
    /// Proxies whose `X-Forwarded-For`, `-Proto` and `-Host` are believed; nobody by default.
    pub trusted_proxies: Vec<IpAddr>,
    /// Whether the access log names the caller's network address, which is personal data.
    pub log_client_addresses: bool,
}

/// Scheme of the public addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PublicScheme {
    /// Without encryption: the demo, or a closed network.
    #[default]
    Http,
    /// Encrypted; the proxy in front does it.
    Https,
}

/// The text is no scheme of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a public scheme: write `http` or `https`")]
pub struct UnknownScheme(String);

impl PublicScheme {
    /// As an address begins.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }

    fn own_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

impl FromStr for PublicScheme {
    type Err = UnknownScheme;
    fn from_str(text: &str) -> Result<Self, UnknownScheme> {
        match text {
            "http" => Ok(Self::Http),
            "https" => Ok(Self::Https),
            _ => Err(UnknownScheme(text.chars().take(32).collect())),
        }
    }
}

impl HttpOptions {
    /// How addresses of a host begin: `http://localhost:8080`, without a slash at the end.
    pub fn origin(&self, host: &str) -> String {
        let scheme = self.public_scheme.as_str();
        match self.public_port {
            Some(port) if port != self.public_scheme.own_port() => {
                format!("{scheme}://{host}:{port}")
            }
            _ => format!("{scheme}://{host}"),
        }
    }
}

#[cfg(test)]
mod tests;
