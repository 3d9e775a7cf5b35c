//! Templates, themes and locales: typed views become HTML pages, vendors' templates are checked and rendered
//! within limits.
//!
//! Absent here: any word about what a section is; any way to write a value without escaping it, other than
//! what this crate itself rendered; JavaScript; input and output (files come as bytes, pages leave as text).

pub mod akn;
pub mod chart;
pub mod citation;
mod data_block;
pub mod format;
mod html;
mod locales;
mod plugin;
mod template;
mod theme;
pub mod view;

pub use html::SafeHtml;
pub use locales::{LocaleError, Locales};
pub use plugin::{Inspection, PluginTemplates, Reference, inspect};
pub use template::{RenderError, TemplateFault};
pub use theme::{Asset, Theme, ThemeError};
