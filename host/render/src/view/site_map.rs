use serde::Serialize;

use super::{Link, View};

/// The site map as a tree of links (Thông tư 32/2017 Đ16).
#[derive(Debug, Clone, Default, Serialize)]
pub struct SiteMapPage {
    /// Sections in menu order, then what belongs to the portal as a whole.
    pub groups: Vec<SiteMapGroup>,
}

/// A section and its pages.
#[derive(Debug, Clone, Serialize)]
pub struct SiteMapGroup {
    /// The section's name.
    pub label: String,
    /// The section's page; none for a mere heading.
    pub href: Option<String>,
    /// What lies under it.
    pub children: Vec<Link>,
    /// What divides it, each with its values.
    pub filters: Vec<SiteMapFilter>,
}

/// A filter of a section's list.
#[derive(Debug, Clone, Serialize)]
pub struct SiteMapFilter {
    /// "Loại văn bản".
    pub label: String,
    /// The list narrowed to each value.
    pub values: Vec<Link>,
}

impl View for SiteMapPage {
    const TEMPLATE: &'static str = "site-map";
}
