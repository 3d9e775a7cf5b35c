//! Where a loaded plugin comes from.

use dinh_store::{Installation, PluginVersion, TrustedKey};

/// The package a plugin came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageOrigin {
    /// Who signed it, for people.
    pub publisher: String,
    /// Key of its publisher.
    pub publisher_key: String,
    /// Key of its reviewer, where there is one.
    pub reviewer_key: Option<String>,
    /// SHA-256 of its manifest.
    pub manifest: String,
    /// Hosts that it is bound to; none named is all.
    pub hosts: Vec<String>,
    /// What was granted.
    pub grants: Vec<String>,
    /// Why its code must not run.
    pub hold: Option<String>,
    /// What is wrong with its files on this disk.
    pub(crate) damage: Option<String>,
    /// Whether an operator removed it.
    pub removed: bool,
}

impl PackageOrigin {
    pub(super) fn new(
        version: &PluginVersion,
        publisher: Option<&TrustedKey>,
        state: Installation,
        damage: Option<String>,
    ) -> Self {
        let removed = state == Installation::Removed;
        let revoked = publisher.and_then(|key| {
            let revoked = key.revoked.as_ref()?;
            let (id, reason) = (&key.id, &revoked.reason);
            Some(format!(
                "the key of its publisher, {id}, was revoked: {reason}"
            ))
        });
        let removal = removed.then(|| "an operator removed it".to_owned());
        Self {
            publisher: publisher.map(|it| it.name.clone()).unwrap_or_default(),
            publisher_key: version.publisher_key.clone(),
            reviewer_key: version.reviewer_key.clone(),
            manifest: version.manifest_hash.clone(),
            hosts: version.hosts.clone(),
            grants: version.grants.clone(),
            hold: removal.or(revoked).or_else(|| damage.clone()),
            damage,
            removed,
        }
    }

    /// Whether a site of these hosts may have it.
    pub(crate) fn fits<'a>(&self, mut hosts: impl Iterator<Item = &'a String>) -> bool {
        self.hosts.is_empty() || hosts.any(|host| self.hosts.contains(host))
    }
}
