//! Sites and the modules on them: who changes what, in one transaction with its audit line and its change.

mod module;
mod refusal;
mod site;

pub use module::ModuleChange;
pub use refusal::ModuleRefusal;
pub use site::{NewSite, SITE_TEXTS, SiteChange, SiteLine};
