//! The interface for programs: what the portal tells becomes JSON, and every refusal a problem that
//! names what was wrong (RFC 9457).

pub(crate) mod collections;
pub(crate) mod entry;
pub(crate) mod hits;
pub(crate) mod items;
pub(crate) mod openapi;
pub(crate) mod problem;
pub(crate) mod sites;

use dinh_domain::ids::CollectionId;

use crate::present::Setting;

/// Path of version 1.
pub(crate) const BASE: &str = "/api/v1";

/// Whether a path, as sent, is answered to programs.
pub(crate) fn is_path(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// The full address of a collection's list.
fn list_address(setting: &Setting<'_>, id: &CollectionId) -> String {
    setting.absolute(&format!("{BASE}/collections/{id}"))
}
