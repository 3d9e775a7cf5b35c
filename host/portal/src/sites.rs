//! Sites and the modules on them: who changes what, in one transaction with its audit line and its change.

mod home;
mod module;
mod plugin;
mod refusal;
mod room;
mod site;

pub use home::{HomeRoom, HomeRoomLine};
pub(crate) use module::may_change;
pub use module::{ModuleChange, OwingLine};
pub use plugin::{PluginAct, PluginRefusal, PluginRoomLine};
pub use refusal::ModuleRefusal;
pub use room::{MODULE_LINES_MAX, ModuleRoomLine, ModulesPage, OpenModule, OpenSetting};
pub use site::{NewSite, SITE_TEXTS, SiteChange, SiteLine};
