//! Other systems that a plugin's code may send requests to.

use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;

/// One system: a request may go there when scheme, host and port are the same.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FetchPlace {
    /// A name in lower case: `api.example.vn`. Never an address, never a pattern.
    pub host: String,
    /// The port, where it is not the scheme's own.
    #[serde(default)]
    pub port: Option<u16>,
    /// `https` where nothing is said.
    #[serde(default)]
    pub scheme: FetchScheme,
}

/// How a system is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FetchScheme {
    /// With TLS.
    #[default]
    Https,
    /// In the clear: for systems of the house alone.
    Http,
}

impl FetchScheme {
    /// Its word in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Https => "https",
            Self::Http => "http",
        }
    }
}

impl FetchPlace {
    /// The port that is meant.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.scheme {
            FetchScheme::Https => 443,
            FetchScheme::Http => 80,
        })
    }

    /// Whether the host is a name, as a resolver takes it.
    pub(super) fn is_name(&self) -> bool {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let is_label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(fits)
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        // A last label with a letter first tells a name from every spelling of an address.
        let last = self.host.rsplit('.').next().unwrap_or_default();
        self.host.len() <= 253
            && self.host.split('.').all(is_label)
            && last.starts_with(|first: char| first.is_ascii_lowercase())
    }
}

impl fmt::Display for FetchPlace {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}://{}", self.scheme.as_str(), self.host)?;
        match self.port {
            Some(port) => write!(out, ":{port}"),
            None => Ok(()),
        }
    }
}
