use serde::Serialize;

use super::{Link, View};
use crate::SafeHtml;

/// A page that a plugin composed.
#[derive(Debug, Clone, Serialize)]
pub struct PluginPage {
    /// The page's heading.
    pub title: String,
    /// What the plugin's template gave.
    pub html: SafeHtml,
    /// Where to go back to.
    pub back: Option<Link>,
}

impl View for PluginPage {
    const TEMPLATE: &'static str = "plugin";
}
