//! `dinh.toml` and the environment. Each key is also `DINH_SECTION_KEY`; an unknown key is an
//! error that names the nearest known one.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use dinh_domain::profile::Profile;
use dinh_outbound::Opened;
use dinh_portal::PeopleOptions;
use serde::Deserialize;

use crate::rules::{self, DEFAULT_PROFILE};

mod files;
mod mail;
#[cfg(test)]
mod tests;

pub use files::{FileStore, FilesConfig};
pub use mail::MailConfig;

/// What is logged where nothing else is said.
pub const DEFAULT_LOG: &str = "info";

/// Where the server listens when nothing says otherwise.
pub const DEFAULT_LISTEN: &str = "127.0.0.1:8080";
/// Where data lies when nothing says otherwise.
pub const DEFAULT_DATA: &str = "data";

/// Bytes of a MiB.
pub(crate) const MIB: u64 = 1024 * 1024;

/// A key is "near" when it is at least this similar (Jaro-Winkler, 0 to 1).
const NEAR: f64 = 0.7;

/// Everything an operator may set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The file that was read, for processes that are to read the same.
    pub file: Option<PathBuf>,
    /// Data folder.
    pub data: PathBuf,
    /// Address of the public listener.
    pub listen: SocketAddr,
    /// Database; SQLite in the data folder when empty.
    pub database_url: Option<String>,
    /// `http` or `https`: what citizens type, not what the proxy speaks to us.
    pub public_scheme: String,
    /// Port in public addresses, where it is not the scheme's own.
    pub public_port: Option<u16>,
    /// Proxies whose forwarded headers are believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Requests a second of one caller in the long run; 0 = no limit.
    pub client_requests_per_second: u32,
    /// Connections of one caller; 0 = no limit.
    pub client_connections: u32,
    /// Addresses that neither limit holds for.
    pub unlimited_clients: Vec<IpAddr>,
    /// Memory for kept pages, in MiB; 0 = none are kept.
    pub page_cache_mib: u32,
    /// Whether answers say in `Cache-Status` where they come from.
    pub cache_status: bool,
    /// Folder with `plugins/` and `themes/` instead of the built-in ones.
    pub bundle: Option<PathBuf>,
    /// File with the key of plugins' secrets; beside the data folder without it.
    pub seal_key_file: Option<PathBuf>,
    /// Folder of compiled code; in the data folder when none, not kept when empty.
    pub code_cache: Option<PathBuf>,
    /// Networks of the house that plugins may send requests to, each for one name.
    pub in_house_networks: Vec<Opened>,
    /// False in a rehearsal: no request of a plugin leaves it. No file and no variable sets it.
    pub sends_requests: bool,
    /// Host on which people sign in; the first site's without it.
    pub admin_host: Option<String>,
    /// The regulation that holds for all sites.
    pub profile: Profile,
    /// What holds for people with an account. No file and no variable sets it; only the demo does.
    pub people: PeopleOptions,
    /// Where attached files lie.
    pub files: FilesConfig,
    /// Through which server mail is sent.
    pub mail: MailConfig,
    /// Address of the operator's listener; none without it.
    pub operator_listen: Option<SocketAddr>,
    /// What is logged: `info`, `debug`, or a filter such as `dinh_web=debug,info`.
    pub log: String,
}

/// Why a configuration is refused.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {message}")]
pub struct BadConfig {
    place: String,
    message: String,
}

/// `(section, key)` of everything that may be set.
const KEYS: [(&str, &str); 30] = [
    ("data", "folder"),
    ("http", "listen"),
    ("http", "public_scheme"),
    ("http", "public_port"),
    ("http", "trusted_proxies"),
    ("http", "client_requests_per_second"),
    ("http", "client_connections"),
    ("http", "unlimited_clients"),
    ("http", "page_cache_mib"),
    ("http", "cache_status"),
    ("database", "url"),
    ("bundle", "folder"),
    ("plugins", "code_cache"),
    ("plugins", "in_house_networks"),
    ("log", "filter"),
    ("operator", "listen"),
    ("admin", "host"),
    ("rules", "profile"),
    ("secrets", "key_file"),
    ("files", "store"),
    ("files", "endpoint"),
    ("files", "region"),
    ("files", "bucket"),
    ("files", "prefix"),
    ("files", "access_key"),
    ("files", "secret_key"),
    ("mail", "server"),
    ("mail", "from"),
    ("mail", "password"),
    ("mail", "per_minute"),
];

/// Shorter names of the three keys that most people set.
const SHORT: [(&str, &str, &str); 3] = [
    ("DINH_DATA", "data", "folder"),
    ("DINH_LISTEN", "http", "listen"),
    ("DINH_BUNDLE_FOLDER", "bundle", "folder"),
];

/// Variables that building and testing use.
const NOT_OURS: [&str; 5] = [
    "DINH_BUNDLE",
    "DINH_PREVIEW",
    "DINH_REAL_DATA",
    "DINH_TEST_DATABASE_URL",
    "DINH_TEST_WITHOUT_S3",
];

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Given {
    Text(String),
    Number(i64),
    Flag(bool),
    List(Vec<String>),
}

impl Given {
    fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::List(items) => items.join(","),
        }
    }
}

impl Config {
    /// Reads the file, if one is named, and then the environment, which wins.
    pub fn read(
        file: Option<&Path>,
        environment: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, BadConfig> {
        let file = file.map(std::path::absolute).transpose();
        let file = file.map_err(|error| BadConfig {
            place: "--config".to_owned(),
            message: error.to_string(),
        })?;
        let mut config = Self {
            file: file.clone(),
            data: DEFAULT_DATA.into(),
            listen: parsed("the built-in default", DEFAULT_LISTEN, "an address")?,
            database_url: None,
            public_scheme: "http".to_owned(),
            public_port: None,
            trusted_proxies: Vec::new(),
            client_requests_per_second: dinh_web::CLIENT_REQUESTS_PER_SECOND,
            client_connections: dinh_web::CLIENT_CONNECTIONS,
            unlimited_clients: Vec::new(),
            page_cache_mib: u32::try_from(dinh_web::PAGE_CACHE_BYTES / MIB).unwrap_or_default(),
            cache_status: false,
            bundle: None,
            seal_key_file: None,
            code_cache: None,
            in_house_networks: Vec::new(),
            sends_requests: true,
            admin_host: None,
            profile: named_profile("the built-in default", DEFAULT_PROFILE)?,
            people: PeopleOptions::default(),
            files: FilesConfig::default(),
            mail: MailConfig::default(),
            operator_listen: None,
            log: DEFAULT_LOG.to_owned(),
        };
        if let Some(path) = &file {
            config.read_file(path)?;
        }
        let environment: Vec<(String, String)> = environment.collect();
        for (name, _) in &environment {
            if name.starts_with("DINH_") && !is_known(name) {
                return Err(BadConfig {
                    place: "environment".to_owned(),
                    message: unknown_variable(name),
                });
            }
        }
        for (section, key) in KEYS {
            let long = variable(section, key);
            let short = SHORT.iter().find(|(_, s, k)| (*s, *k) == (section, key));
            let names = [short.map(|(name, _, _)| *name), Some(long.as_str())];
            for name in names.into_iter().flatten() {
                if let Some((_, value)) = environment.iter().find(|(known, _)| known == name) {
                    config.set(name, section, key, value.clone())?;
                }
            }
        }
        let whole = |message| BadConfig {
            place: "configuration".to_owned(),
            message,
        };
        config.files.store().map_err(whole)?;
        config.mail.mailer().map_err(whole)?;
        Ok(config)
    }

    fn read_file(&mut self, path: &Path) -> Result<(), BadConfig> {
        let place = path.display().to_string();
        let bad = |message: String| BadConfig {
            place: place.clone(),
            message,
        };
        let text = std::fs::read_to_string(path).map_err(|error| bad(error.to_string()))?;
        let table: toml::Table = toml::from_str(&text).map_err(|error| bad(error.to_string()))?;
        for (section, keys) in table {
            let Ok(keys) = keys.try_into::<std::collections::BTreeMap<String, Given>>() else {
                return Err(bad(format!(
                    "`{section}` is not a section: write [{section}] above its keys"
                )));
            };
            for (key, value) in keys {
                if !KEYS.contains(&(section.as_str(), key.as_str())) {
                    return Err(bad(unknown(&section, &key)));
                }
                self.set(
                    &format!("{place}: {section}.{key}"),
                    &section,
                    &key,
                    value.text(),
                )?;
            }
        }
        Ok(())
    }

    fn set(
        &mut self,
        place: &str,
        section: &str,
        key: &str,
        value: String,
    ) -> Result<(), BadConfig> {
        match (section, key) {
            ("data", _) => self.data = value.into(),
            ("http", "listen") => {
                self.listen = parsed(place, &value, "an address such as 127.0.0.1:8080")?
            }
            ("http", "public_scheme") => {
                if value != "http" && value != "https" {
                    return Err(BadConfig {
                        place: place.to_owned(),
                        message: format!("`{value}` is neither `http` nor `https`"),
                    });
                }
                self.public_scheme = value;
            }
            ("http", "public_port") => self.public_port = Some(parsed(place, &value, "a port")?),
            ("http", "client_requests_per_second") => {
                self.client_requests_per_second = parsed(place, &value, "a number of requests")?;
            }
            ("http", "client_connections") => {
                self.client_connections = parsed(place, &value, "a number of connections")?;
            }
            ("http", "unlimited_clients") => self.unlimited_clients = addresses(place, &value)?,
            ("http", "page_cache_mib") => {
                self.page_cache_mib = parsed(place, &value, "a number of MiB")?;
            }
            ("http", "cache_status") => {
                self.cache_status = parsed(place, &value, "`true` or `false`")?;
            }
            ("http", _) => self.trusted_proxies = addresses(place, &value)?,
            ("database", _) => self.database_url = Some(value).filter(|url| !url.is_empty()),
            ("files", key) => self.files.set(key, value),
            ("mail", key) => self.mail.set(key, value),
            ("operator", _) if value.is_empty() => self.operator_listen = None,
            ("operator", _) => {
                let wanted = "an address such as 127.0.0.1:9090";
                self.operator_listen = Some(parsed(place, &value, wanted)?);
            }
            ("admin", _) => self.admin_host = Some(value).filter(|it| !it.is_empty()),
            ("rules", _) => self.profile = named_profile(place, &value)?,
            ("secrets", _) => {
                self.seal_key_file = Some(value).filter(|it| !it.is_empty()).map(Into::into);
            }
            ("plugins", "in_house_networks") => self.in_house_networks = networks(place, &value)?,
            ("plugins", _) => self.code_cache = Some(value.into()),
            ("bundle", _) => self.bundle = Some(value.into()),
            _ => self.log = value,
        }
        Ok(())
    }
}

fn named_profile(place: &str, name: &str) -> Result<Profile, BadConfig> {
    rules::profile(name).map_err(|message| BadConfig {
        place: place.to_owned(),
        message,
    })
}

fn addresses(place: &str, value: &str) -> Result<Vec<IpAddr>, BadConfig> {
    let parts = value.split(',').map(str::trim).filter(|it| !it.is_empty());
    parts
        .map(|part| parsed(place, part, "an IP address"))
        .collect()
}

fn networks(place: &str, value: &str) -> Result<Vec<Opened>, BadConfig> {
    let parts = value.split(',').map(str::trim).filter(|it| !it.is_empty());
    parts
        .map(|part| {
            parsed(
                place,
                part,
                "a name with a network, such as esb.example.vn=10.1.0.0/16",
            )
        })
        .collect()
}

fn parsed<T: std::str::FromStr>(place: &str, text: &str, what: &str) -> Result<T, BadConfig> {
    text.trim().parse().map_err(|_| BadConfig {
        place: place.to_owned(),
        message: format!("`{text}` is not {what}"),
    })
}

fn variable(section: &str, key: &str) -> String {
    format!("DINH_{}_{}", section.to_uppercase(), key.to_uppercase())
}

fn is_known(name: &str) -> bool {
    KEYS.iter()
        .any(|(section, key)| variable(section, key) == name)
        || SHORT.iter().any(|(short, _, _)| *short == name)
        || NOT_OURS.contains(&name)
}

fn unknown_variable(given: &str) -> String {
    let known = KEYS.iter().map(|(section, key)| variable(section, key));
    let known = known.chain(SHORT.iter().map(|(short, _, _)| (*short).to_owned()));
    let near = known
        .map(|known| (strsim::jaro_winkler(given, &known), known))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match near {
        Some((_, known)) => format!("unknown variable `{given}`; did you mean `{known}`?"),
        None => format!("unknown variable `{given}`"),
    }
}

fn unknown(section: &str, key: &str) -> String {
    let given = format!("{section}.{key}");
    let near = KEYS
        .map(|(section, key)| format!("{section}.{key}"))
        .into_iter()
        .map(|known| (strsim::jaro_winkler(&given, &known), known))
        .filter(|(similarity, _)| *similarity >= NEAR)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match near {
        Some((_, known)) => format!("unknown key `{given}`; did you mean `{known}`?"),
        None => format!("unknown key `{given}`"),
    }
}
