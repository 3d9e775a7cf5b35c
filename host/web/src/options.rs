//! What the operator says about the surroundings of the portal.

use std::net::IpAddr;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How citizens reach the portal, and whom it believes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpOptions {
    /// Scheme of all addresses that leave the portal.
    pub public_scheme: PublicScheme,
    /// Port of all addresses that leave the portal; none is the scheme's own.
    pub public_port: Option<u16>,
    /// Host on which people sign in; none is the first site's.
    pub admin_host: Option<String>,
    /// Proxies whose `X-Forwarded-For`, `-Proto` and `-Host` are believed; nobody by default.
    pub trusted_proxies: Vec<IpAddr>,
    /// Whether the access log names the caller's network address, which is personal data.
    pub log_client_addresses: bool,
    /// Requests a second that one caller may send in the long run; 0 = no limit.
    pub client_requests_per_second: u32,
    /// Connections that one caller may hold; 0 = as many as there are.
    pub client_connections: u32,
    /// Addresses that neither limit holds for: a monitor, a load test. Trusted proxies never count
    /// as callers.
    pub unlimited_clients: Vec<IpAddr>,
    /// Bytes of kept answers; 0 = none are kept.
    pub page_cache_bytes: u64,
    /// Whether answers say in `Cache-Status` (RFC 9211) where they come from.
    pub cache_status: bool,
}

/// Requests a second of one caller: a page is one request once its style is known, and a whole
/// district office may share one address.
pub const CLIENT_REQUESTS_PER_SECOND: u32 = 100;
/// Connections of one caller: a browser holds six, an office shares one address, and eight such
/// callers together reach the limit of all.
pub const CLIENT_CONNECTIONS: u32 = 256;
/// Bytes of kept answers: some 1,000 pages of usual length with their compressed forms.
pub const PAGE_CACHE_BYTES: u64 = 64 * 1024 * 1024;

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            public_scheme: PublicScheme::default(),
            public_port: None,
            admin_host: None,
            trusted_proxies: Vec::new(),
            log_client_addresses: false,
            client_requests_per_second: CLIENT_REQUESTS_PER_SECOND,
            client_connections: CLIENT_CONNECTIONS,
            unlimited_clients: Vec::new(),
            page_cache_bytes: PAGE_CACHE_BYTES,
            cache_status: false,
        }
    }
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
    /// Whether the limits of one caller do not hold for an address.
    pub(crate) fn is_unlimited(&self, address: &IpAddr) -> bool {
        let address = address.to_canonical();
        let among = |list: &[IpAddr]| list.iter().any(|it| it.to_canonical() == address);
        among(&self.unlimited_clients) || among(&self.trusted_proxies)
    }

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
