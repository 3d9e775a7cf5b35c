//! The plugins of this portal: declarations, texts, templates and code.

mod labels;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use dinh_domain::declaration::{Capability, Collection, Declaration, PluginFiles, TOTALS_PATH};
use dinh_domain::ids::{CollectionId, PluginId, Slug};
use dinh_domain::search_words::SearchWords;
use dinh_domain::site::Site;
use dinh_render::{Locales, PluginTemplates};
use dinh_runtime::{Compiled, Engine, Plugin};

use crate::install::PackageOrigin;

/// The file of a plugin's component within its folder.
pub const COMPONENT: &str = "plugin.wasm";

/// Why a plugin is not loaded; one line a fault, for vendors and operators.
#[derive(Debug, thiserror::Error)]
#[error("plugin {folder} is refused:\n{}", faults.join("\n"))]
pub struct PluginRefused {
    /// Its folder.
    pub folder: String,
    /// All faults found.
    pub faults: Vec<String>,
}

impl PluginRefused {
    /// All of it in one line.
    pub fn reason(&self) -> String {
        format!("it is refused: {}", self.faults.join("; "))
    }
}

/// One plugin, ready to be asked.
pub struct LoadedPlugin {
    /// What it declares.
    pub declaration: Declaration,
    /// Its texts.
    pub locales: Locales,
    /// Its templates, checked.
    pub templates: PluginTemplates,
    /// Its code; none where it was refused, and where nothing calls for any.
    code: Option<Plugin>,
    /// All its files, for fixtures.
    pub files: PluginFiles,
    /// The package it came in; none where it is bundled.
    pub origin: Option<PackageOrigin>,
    /// Why it was refused, where only what it declares is of use.
    refused: Option<String>,
}

impl LoadedPlugin {
    /// Checks a plugin's files and compiles its component; all faults are told at once. Heavy: call
    /// it off the async threads.
    pub fn load(engine: &Engine, folder: &str, files: PluginFiles) -> Result<Self, PluginRefused> {
        let mut faults = Vec::new();
        let declaration = Declaration::parse(&files)
            .map_err(|told| faults.extend(told.iter().map(ToString::to_string)))
            .ok();
        let locales = locales(&files).map_err(|told| faults.push(told)).ok();
        let id = declaration.as_ref().map(|it| it.manifest.id.clone());
        let id = id.as_ref().map_or(folder, PluginId::as_str);
        let templates = locales.as_ref().and_then(|locales| {
            let templates = templates(id, &files, locales);
            templates.map_err(|told| faults.extend(told)).ok()
        });
        let code = code(engine, id, &files, declaration.as_ref());
        let code = code.map_err(|told| faults.extend(told)).ok();
        match (declaration, locales, templates, code) {
            (Some(declaration), Some(locales), Some(templates), Some(code))
                if faults.is_empty() =>
            {
                Ok(Self {
                    declaration,
                    locales,
                    templates,
                    code,
                    files,
                    origin: None,
                    refused: None,
                })
            }
            _ => Err(PluginRefused {
                folder: folder.to_owned(),
                faults,
            }),
        }
    }

    /// The same of a plugin that comes with the host: one that is refused is there for what it
    /// declares, held with the reason. Only declarations that cannot be read are an error.
    pub fn load_or_hold(
        engine: &Engine,
        folder: &str,
        files: PluginFiles,
    ) -> Result<Self, PluginRefused> {
        let refused = match Self::load(engine, folder, files.clone()) {
            Ok(loaded) => return Ok(loaded),
            Err(refused) => refused,
        };
        match Self::declared(files, &refused) {
            Some(held) => Ok(held),
            None => Err(refused),
        }
    }

    /// What a refused plugin declares; its own templates are part of what does not run.
    fn declared(files: PluginFiles, refused: &PluginRefused) -> Option<Self> {
        let declaration = Declaration::parse(&files).ok()?;
        let locales = locales(&files).unwrap_or_default();
        let id = declaration.manifest.id.as_str();
        let templates = PluginTemplates::load(id, &BTreeMap::new(), locales.clone()).ok()?;
        Some(Self {
            declaration,
            locales,
            templates,
            code: None,
            files,
            origin: None,
            refused: Some(refused.reason()),
        })
    }

    /// What its code does not do though it is declared, or asks for and does not use; and words of its manifest that nobody wrote.
    pub fn loose_ends(&self) -> Vec<String> {
        let manifest = &self.declaration.manifest;
        let labels = labels::missing(&self.declaration, &self.files, &self.locales);
        let Some(code) = &self.code else {
            return labels;
        };
        let (used, exports) = (code.imports(), code.exports());
        let asked = asked(&self.declaration).into_iter();
        let unused = asked.filter(|one| !used.contains(one)).map(|one| {
            format!("plugin.toml: the capability `{one}` is asked for and not used by the code: do not ask for it")
        });
        let mut told: Vec<String> = unused.collect();
        if !manifest.routes.is_empty() && !exports.pages {
            told.push(format!(
                "{COMPONENT}: routes are declared, and the code exports no pages"
            ));
        }
        if !manifest.hooks.is_empty() && !exports.hooks {
            told.push(format!(
                "{COMPONENT}: hooks are declared, and the code exports none"
            ));
        }
        let has_forms = manifest.capabilities.contains(&Capability::Forms);
        if has_forms && !exports.forms {
            told.push(format!(
                "{COMPONENT}: forms are declared, and the code exports none"
            ));
        }
        if !manifest.jobs.is_empty() && !exports.jobs {
            told.push(format!(
                "{COMPONENT}: jobs are declared, and the code exports none"
            ));
        }
        if !manifest.webhooks.is_empty() && !exports.webhooks {
            told.push(format!(
                "{COMPONENT}: webhooks are declared, and the code exports none"
            ));
        }
        told.extend(labels);
        told
    }

    /// Why its code must not run, whatever an operator says.
    pub(crate) fn hold(&self) -> Option<&str> {
        let origin = || self.origin.as_ref()?.hold.as_deref();
        self.refused.as_deref().or_else(origin)
    }

    /// Its code; none where it was refused, and where nothing calls for any.
    pub fn code(&self) -> Option<&Plugin> {
        self.code.as_ref()
    }

    /// Its code where it may run on a site of these hosts.
    pub(crate) fn code_on(&self, site: &Site) -> Option<&Plugin> {
        self.code.as_ref().filter(|_| self.hold_on(site).is_none())
    }

    /// Why its code must not run on a site, though it may on others.
    pub(crate) fn hold_on(&self, site: &Site) -> Option<String> {
        let origin = self.origin.as_ref()?;
        let mut hosts = std::iter::once(&site.host).chain(&site.aliases);
        let bound = origin.hosts.join(", ");
        (!origin.fits(&mut hosts)).then(|| format!("bound to {bound}, which is not {}", site.id))
    }

    /// A text of the plugin, or the key itself where it has none.
    pub fn text(&self, language: &str, key: &str) -> String {
        self.locales.text(language, key).unwrap_or(key).to_owned()
    }

    /// Paths that no entry of a collection may have as its address: those of routes, of forms, and of the other
    /// collections.
    pub(crate) fn reserved(&self, collection: &CollectionId) -> Vec<&str> {
        let declaration = &self.declaration;
        let routes = declaration.manifest.routes.iter();
        let collections = declaration.collections.values();
        let forms = collections.clone().filter_map(|it| it.submission.as_ref());
        let paths = routes.map(|it| it.path.as_str());
        let paths = paths.chain(forms.map(|it| it.path.as_str()));
        let own = paths.filter_map(|path| declaration.below(path));
        let own = own.filter(|it| it.name == collection.name());
        let mut reserved: Vec<&str> = own.map(|it| it.rest).collect();
        let declared = declaration.collection(collection.name());
        if declared.is_some_and(|it| it.view.totals.is_some()) {
            reserved.push(TOTALS_PATH);
        }
        if declaration.own_path(collection.name()).is_empty() {
            reserved.extend(collections.filter_map(|it| it.path.as_ref().map(Slug::as_str)));
        }
        reserved
    }

    /// Its collections, the one at the section's mount first.
    pub fn collections(&self) -> impl Iterator<Item = (CollectionId, &Collection)> {
        let declared = self.declaration.collections.iter();
        declared.filter_map(|(name, collection)| {
            let id = CollectionId::new(&self.declaration.manifest.id, name).ok()?;
            Some((id, collection))
        })
    }
}

fn granted(capability: &Capability) -> dinh_runtime::Capability {
    match capability {
        Capability::ContentRead => dinh_runtime::Capability::ContentRead,
        Capability::ContentWrite => dinh_runtime::Capability::ContentWrite,
        Capability::Clock => dinh_runtime::Capability::Clock,
        Capability::Log => dinh_runtime::Capability::Log,
        Capability::Kv => dinh_runtime::Capability::Kv,
        Capability::Settings => dinh_runtime::Capability::Settings,
        Capability::Forms => dinh_runtime::Capability::Forms,
        Capability::Fetch => dinh_runtime::Capability::Fetch,
        Capability::Jobs => dinh_runtime::Capability::Jobs,
        Capability::Webhooks => dinh_runtime::Capability::Webhooks,
    }
}

fn asked(declaration: &Declaration) -> Vec<dinh_runtime::Capability> {
    declaration
        .manifest
        .capabilities
        .iter()
        .map(granted)
        .collect()
}

/// None where nothing is declared that needs any, and where nobody knows what it asks for.
fn code(
    engine: &Engine,
    id: &str,
    files: &PluginFiles,
    declaration: Option<&Declaration>,
) -> Result<Option<Plugin>, Vec<String>> {
    let told = |message: String| format!("{COMPONENT}: {message}");
    let alone = |error: dinh_runtime::RuntimeError| vec![told(error.to_string())];
    let missing = || {
        vec![told(
            "the file is missing: build the plugin first".to_owned(),
        )]
    };
    let needs_code = declaration.is_none_or(|it| it.manifest.needs_code());
    if !needs_code && !files.contains_key(COMPONENT) {
        return Ok(None);
    }
    let wasm = files.get(COMPONENT).ok_or_else(missing)?;
    let compiled = Compiled::new(engine, id, wasm).map_err(alone)?;
    let Some(asked) = declaration.map(asked) else {
        return Ok(None);
    };
    let faults = compiled.import_faults(&asked);
    if !faults.is_empty() {
        return Err(faults.into_iter().map(told).collect());
    }
    Plugin::link(&compiled, &asked).map(Some).map_err(alone)
}

fn templates(
    id: &str,
    files: &PluginFiles,
    locales: &Locales,
) -> Result<PluginTemplates, Vec<String>> {
    let own = files
        .iter()
        .filter(|(path, _)| path.starts_with("templates/"));
    let own: BTreeMap<String, Vec<u8>> = own
        .map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect();
    PluginTemplates::load(id, &own, locales.clone()).map_err(|faults| {
        let faults = faults.iter().map(|fault| format!("templates/{fault}"));
        let mut told: Vec<String> = faults.collect();
        told.dedup();
        told
    })
}

fn locales(files: &PluginFiles) -> Result<Locales, String> {
    let mut texts = BTreeMap::new();
    for (path, bytes) in files {
        let name = path
            .strip_prefix("locales/")
            .and_then(|rest| rest.strip_suffix(".toml"));
        if let Some(language) = name {
            let text = String::from_utf8(bytes.clone())
                .map_err(|_| format!("{path}: the file is not UTF-8: save it as UTF-8"))?;
            texts.insert(language.to_owned(), text);
        }
    }
    Locales::load(&texts).map_err(|error| format!("locales: {error}"))
}

/// An installed plugin that cannot be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Missing {
    /// Why.
    pub(crate) why: String,
    /// How often it had been changed when it was tried: it is tried again after the next change.
    pub(crate) step: i64,
}

/// Paths of collections below the mount of their section, each with a slash before it.
pub(crate) type OwnPaths = HashMap<CollectionId, String>;

/// All plugins by id, and what the search knows beside them.
#[derive(Clone, Default)]
pub struct Plugins {
    by_id: BTreeMap<PluginId, Arc<LoadedPlugin>>,
    search_words: SearchWords,
    /// Installed plugins that cannot be loaded.
    missing: BTreeMap<PluginId, Missing>,
}

impl Plugins {
    /// From loaded plugins; a second one of the same id replaces the first.
    pub fn new(loaded: impl IntoIterator<Item = LoadedPlugin>) -> Self {
        let named = loaded
            .into_iter()
            .map(|plugin| (plugin.declaration.manifest.id.clone(), Arc::new(plugin)));
        Self {
            by_id: named.collect(),
            ..Self::default()
        }
    }

    /// The same with plugins that come with the host and of which nothing can be read.
    #[must_use]
    pub fn without_refused(mut self, refused: impl IntoIterator<Item = PluginRefused>) -> Self {
        for one in refused {
            let why = one.reason();
            match PluginId::new(&one.folder) {
                Ok(id) => self = self.without(&id, Missing { why, step: 0 }),
                Err(_) => tracing::error!(folder = one.folder, why, "a folder is no plugin's"),
            }
        }
        self
    }

    /// The same with one more, or another in its place.
    #[must_use]
    pub(crate) fn and(mut self, plugin: Arc<LoadedPlugin>) -> Self {
        let id = plugin.declaration.manifest.id.clone();
        self.missing.remove(&id);
        self.by_id.insert(id, plugin);
        self
    }

    /// The same without one that cannot be loaded.
    #[must_use]
    pub(crate) fn without(mut self, id: &PluginId, missing: Missing) -> Self {
        self.by_id.remove(id);
        self.missing.insert(id.clone(), missing);
        self
    }

    /// Plugins whose code must not run, whatever an operator says.
    pub(crate) fn held(&self) -> impl Iterator<Item = PluginId> {
        let held = self.all().filter(|it| it.hold().is_some());
        held.map(|it| it.declaration.manifest.id.clone())
    }

    /// Installed plugins that cannot be loaded.
    pub(crate) fn missing(&self) -> &BTreeMap<PluginId, Missing> {
        &self.missing
    }

    /// The portal's own words of the search, in place of those there were.
    #[must_use]
    pub fn with_search_words(mut self, words: SearchWords) -> Self {
        self.search_words = words;
        self
    }

    /// The words of the search: the portal's own and those that plugins declare.
    pub fn search_words(&self) -> SearchWords {
        let mut words = self.search_words.clone();
        for plugin in self.all() {
            words.extend(plugin.declaration.search_words());
        }
        words
    }

    /// A plugin by its id.
    pub fn get(&self, id: &PluginId) -> Option<&Arc<LoadedPlugin>> {
        self.by_id.get(id)
    }

    /// All of them, by id.
    pub fn all(&self) -> impl Iterator<Item = &Arc<LoadedPlugin>> {
        self.by_id.values()
    }

    /// A collection with its plugin.
    pub fn collection(&self, id: &CollectionId) -> Option<(&Arc<LoadedPlugin>, &Collection)> {
        let plugin = self.by_id.get(id.plugin())?;
        Some((plugin, plugin.declaration.collection(id.name())?))
    }

    /// The ids of all declared collections.
    pub fn collections(&self) -> Vec<CollectionId> {
        let plugins = self.by_id.values();
        let ids = plugins.flat_map(|plugin| plugin.collections().map(|(id, _)| id));
        ids.collect()
    }

    /// What stands in addresses between the mount of a section and the entries of a collection, where that is
    /// something.
    pub(crate) fn own_paths(&self) -> OwnPaths {
        let plugins = self.by_id.values();
        let paths = plugins.flat_map(|plugin| {
            let own = |id: &CollectionId| plugin.declaration.own_path(id.name());
            plugin.collections().map(move |(id, _)| (own(&id), id))
        });
        let own = paths.filter(|(path, _)| !path.is_empty());
        own.map(|(path, id)| (id, path)).collect()
    }
}
