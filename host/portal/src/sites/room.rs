//! The modules of sites as those see them who look after them.

use dinh_domain::ids::{OrganisationId, SiteId};
use dinh_domain::people::Right;
use dinh_domain::site::{Directory, Module, Share, Site};

use super::module::{OwingLine, may_change};
use crate::failure::Failure;
use crate::people::{By, SignedIn};
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;
use crate::settings::SettingLine;

/// Lines of one page.
pub const MODULE_LINES_MAX: u32 = 50;

/// A page of modules.
#[derive(Debug, Clone)]
pub struct ModulesPage {
    /// Sites that are theirs to look after, by name.
    pub sites: Vec<(SiteId, String)>,
    /// Those of this page.
    pub lines: Vec<ModuleRoomLine>,
    /// How many there are on all pages.
    pub total: u64,
    /// What their sites owe and have nothing of, on all pages.
    pub owing: Vec<OwingLine>,
    /// Whether plugins themselves are theirs to look after.
    pub has_plugins: bool,
}

/// A section that a site has, or could have.
#[derive(Debug, Clone)]
pub struct ModuleRoomLine {
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub site_name: String,
    /// Its host.
    pub host: String,
    /// The plugin.
    pub plugin: String,
    /// What readers call the section.
    pub name: String,
    /// Path, whether it shows, sharing and place; none of one that was never enabled there.
    pub module: Option<Module>,
    /// Path that it would have.
    pub mount: String,
    /// The clause by which the site must have it; none where it need not.
    pub owed: Option<String>,
}

/// One of them, with what it takes to change it.
#[derive(Debug, Clone)]
pub struct OpenModule {
    /// As in the list.
    pub line: ModuleRoomLine,
    /// Entries that readers see now.
    pub public_entries: u64,
    /// Its settings there, with what each takes.
    pub settings: Vec<OpenSetting>,
}

/// A setting with what it takes.
#[derive(Debug, Clone)]
pub struct OpenSetting {
    /// What is set.
    pub line: SettingLine,
    /// What may be chosen, of a choice.
    pub choices: Vec<String>,
}

impl ModuleRoomLine {
    /// Whether readers see it.
    pub fn is_enabled(&self) -> bool {
        self.module.as_ref().is_some_and(|it| it.enabled)
    }

    /// How far it is seen.
    pub fn share(&self) -> Share {
        self.module.as_ref().map_or(Share::Search, |it| it.share)
    }
}

impl Portal {
    /// Modules of the sites that somebody looks after, or of one of them; none where they look after none.
    pub async fn modules_room(
        &self,
        who: &SignedIn,
        (site, page): (Option<&str>, u32),
    ) -> Result<Option<ModulesPage>, Failure> {
        let directory = self.directory().await?;
        let own = directory.sites.iter();
        let own = own.filter(|it| may_change(By::Account(who), &directory, &it.id).is_ok());
        let own: Vec<_> = own.collect();
        if own.is_empty() {
            return Ok(None);
        }
        let is_asked = |it: &&Site| site.is_none_or(|id| it.id.as_str() == id);
        let shown: Vec<&Site> = own.iter().copied().filter(is_asked).collect();
        let plugins: Vec<_> = self.plugins().all().filter(|it| !is_removed(it)).collect();
        let all = shown
            .iter()
            .flat_map(|site| plugins.iter().map(move |it| (*site, *it)));
        let before = page.saturating_sub(1).saturating_mul(MODULE_LINES_MAX);
        let of_page = all.skip(before as usize).take(MODULE_LINES_MAX as usize);
        let lines = of_page.map(|(site, plugin)| self.line(&directory, site, plugin));
        let lines: Vec<ModuleRoomLine> = lines.collect();
        let owing = self.owing(&directory, &shown).await?;
        Ok(Some(ModulesPage {
            owing,
            sites: own
                .iter()
                .map(|it| (it.id.clone(), it.name.clone()))
                .collect(),
            lines,
            total: (shown.len() * plugins.len()) as u64,
            has_plugins: may_plugins(who, &directory),
        }))
    }

    /// One module of a site; none where there is no such thing for who asks.
    pub async fn open_module(
        &self,
        who: &SignedIn,
        site: &str,
        plugin: &str,
    ) -> Result<Option<OpenModule>, Failure> {
        let directory = self.directory().await?;
        let mut sites = directory.sites.iter();
        let Some(site) = sites.find(|it| it.id.as_str() == site) else {
            return Ok(None);
        };
        if may_change(By::Account(who), &directory, &site.id).is_err() {
            return Ok(None);
        }
        let mut plugins = self.plugins().all();
        let plugin = plugins.find(|it| it.declaration.manifest.id.as_str() == plugin);
        let plugin = plugin.filter(|it| !is_removed(it));
        let Some(plugin) = plugin else {
            return Ok(None);
        };
        let line = self.line(&directory, site, plugin);
        let collections = self.plugins().collections().into_iter();
        let collections: Vec<_> = collections
            .filter(|it| it.plugin().as_str() == line.plugin)
            .collect();
        let public_entries = match line.is_enabled() {
            true => self.store().count_public(&site.id, &collections).await?,
            false => 0,
        };
        let declared = &plugin.declaration.manifest.settings;
        let settings = self
            .plugin_settings(&line.plugin, Some(site.id.as_str()))
            .await?;
        let settings = settings.into_iter().map(|line| OpenSetting {
            choices: declared
                .get(&line.name)
                .map(|it| it.choices.clone())
                .unwrap_or_default(),
            line,
        });
        Ok(Some(OpenModule {
            settings: settings.collect(),
            public_entries,
            line,
        }))
    }
}

/// Plugins themselves are looked after at every top: what one may do it may do on every site.
pub(crate) fn may_plugins(who: &SignedIn, directory: &Directory) -> bool {
    let may = |at: &OrganisationId| who.staff.may(Right::Modules, directory, at, None);
    let mut tops = directory.tops().peekable();
    tops.peek().is_some() && tops.all(|it| may(&it.id))
}

fn is_removed(plugin: &LoadedPlugin) -> bool {
    plugin.origin.as_ref().is_some_and(|it| it.removed)
}

impl Portal {
    fn line(&self, directory: &Directory, site: &Site, plugin: &LoadedPlugin) -> ModuleRoomLine {
        let manifest = &plugin.declaration.manifest;
        let module = directory.module(&site.id, &manifest.id);
        ModuleRoomLine {
            site: site.id.clone(),
            site_name: site.name.clone(),
            host: site.host.clone(),
            plugin: manifest.id.to_string(),
            name: plugin.text("vi", &manifest.name),
            mount: module.map_or(&manifest.mount, |it| &it.mount).to_string(),
            module: module.cloned(),
            owed: self.owed(directory, &site.id, plugin).map(str::to_owned),
        }
    }
}
