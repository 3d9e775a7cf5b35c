//! What a plugin may be granted, and the imports that need it.

use std::fmt;
use std::str::FromStr;

/// One thing an operator grants to a plugin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Capability {
    /// Reading entries, with the rights of the person a call is made for.
    ContentRead,
    /// Writing entries as drafts of the desk.
    ContentWrite,
    /// Writing to the operator's log.
    Log,
    /// The call's instant and the site's date.
    Clock,
    /// Keeping small values by key, for itself on each site.
    Kv,
    /// Asking what the operator has set for it.
    Settings,
    /// Being given what citizens send; opens an export instead of an import.
    Forms,
    /// HTTP to the systems that its manifest names.
    Fetch,
    /// Work for later: an import that enqueues, and the export that does it.
    Jobs,
    /// Being given what other systems send; opens an export, as forms do.
    Webhooks,
}

impl Capability {
    /// Every capability of this version of the contract.
    pub const ALL: [Self; 10] = [
        Self::ContentRead,
        Self::ContentWrite,
        Self::Log,
        Self::Clock,
        Self::Kv,
        Self::Settings,
        Self::Forms,
        Self::Fetch,
        Self::Jobs,
        Self::Webhooks,
    ];

    /// The word of a plugin's manifest: `content.read`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ContentRead => "content.read",
            Self::ContentWrite => "content.write",
            Self::Log => "log",
            Self::Clock => "clock",
            Self::Kv => "kv",
            Self::Settings => "settings",
            Self::Forms => "forms",
            Self::Fetch => "fetch",
            Self::Jobs => "jobs",
            Self::Webhooks => "webhooks",
        }
    }

    /// The WIT interfaces that it opens, without version: imports, or an export where there is nothing to
    /// import.
    const fn interfaces(self) -> &'static [&'static str] {
        match self {
            Self::ContentRead => &["dinh:content/read", "dinh:content/table"],
            Self::ContentWrite => &["dinh:content/write"],
            Self::Log => &["dinh:host/log"],
            Self::Clock => &["dinh:host/clock"],
            Self::Kv => &["dinh:host/kv"],
            Self::Settings => &["dinh:host/settings"],
            Self::Forms => &["dinh:module/forms"],
            Self::Fetch => &["dinh:host/fetch"],
            Self::Jobs => &["dinh:host/jobs"],
            Self::Webhooks => &["dinh:module/webhooks"],
        }
    }

    /// Whether it gives the guest nothing to call.
    fn is_export(self) -> bool {
        matches!(self, Self::Forms | Self::Webhooks)
    }

    /// The capability that opens an import, if one does.
    pub(crate) fn opening(interface: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|one| !one.is_export() && one.interfaces().contains(&interface))
    }
}

impl fmt::Display for Capability {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl FromStr for Capability {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = Self::ALL.map(Self::name);
        Self::ALL
            .into_iter()
            .find(|one| one.name() == name)
            .ok_or_else(|| format!("`{name}` is no capability; known are {}", known.join(", ")))
    }
}
