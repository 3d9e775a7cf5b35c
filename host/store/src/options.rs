//! How the store is opened.

use std::path::Path;
use std::time::Duration;

/// Connections for reading when nobody says: two cores keep about this many busy.
const DEFAULT_CONNECTIONS: u32 = 8;
/// Longest wait for a lock or a connection: a reader has gone after it.
const DEFAULT_WAIT: Duration = Duration::from_secs(5);
/// Longest statement on PostgreSQL: no list of a portal takes a tenth of it.
const DEFAULT_STATEMENT_TIMEOUT: Duration = Duration::from_secs(30);

/// Where the data lies and how long to wait for it.
#[derive(Debug, Clone)]
pub struct StoreOptions {
    /// `sqlite://…` ([`sqlite_url`]) or `postgres://…`, with any `?sslmode`.
    pub url: String,
    /// Most connections; on SQLite those that read, one more writes.
    pub connections: u32,
    /// Longest wait for a lock or a connection.
    pub wait: Duration,
    /// Longest statement, on PostgreSQL.
    pub statement_timeout: Duration,
}

impl StoreOptions {
    /// The usual waits.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            connections: DEFAULT_CONNECTIONS,
            wait: DEFAULT_WAIT,
            statement_timeout: DEFAULT_STATEMENT_TIMEOUT,
        }
    }

    /// The address without its password, for messages.
    pub(crate) fn shown_url(&self) -> String {
        let Some((scheme, rest)) = self.url.split_once("://") else {
            return self.url.clone();
        };
        let rest = rest.split('?').next().unwrap_or_default();
        match rest.rsplit_once('@') {
            Some((user, place)) => {
                let user = user.split(':').next().unwrap_or_default();
                format!("{scheme}://{user}@{place}")
            }
            None => format!("{scheme}://{rest}"),
        }
    }
}

/// The address of a SQLite file, which is made if it is missing; its folder must exist.
pub fn sqlite_url(file: &Path) -> String {
    let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let mut url = "sqlite://".to_owned();
    for byte in absolute.as_os_str().as_encoded_bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"/-_.~".contains(byte);
        if plain {
            url.push(char::from(*byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    url.push_str("?mode=rwc");
    url
}
