//! The plugins of this portal: declarations, texts, templates and code.

use std::collections::BTreeMap;
use std::sync::Arc;

use dinh_domain::declaration::{Capability, Collection, Declaration, PluginFiles};
use dinh_domain::ids::{CollectionId, PluginId};
use dinh_domain::search_words::SearchWords;
use dinh_render::{Locales, PluginTemplates};
use dinh_runtime::{Engine, Plugin};

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

/// One plugin, ready to be asked.
pub struct LoadedPlugin {
    /// What it declares.
    pub declaration: Declaration,
    /// Its texts.
    pub locales: Locales,
    /// Its templates, checked.
    pub templates: PluginTemplates,
    /// Its code.
    pub code: Plugin,
    /// All its files, for fixtures.
    pub files: PluginFiles,
}

impl LoadedPlugin {
    /// Checks a plugin's files and compiles its component. Heavy: call it off the async threads.
    pub fn load(engine: &Engine, folder: &str, files: PluginFiles) -> Result<Self, PluginRefused> {
        let refused = |faults: Vec<String>| PluginRefused {
            folder: folder.to_owned(),
            faults,
        };
        let declaration = Declaration::parse(&files)
            .map_err(|faults| refused(faults.iter().map(ToString::to_string).collect()))?;
        let locales = locales(&files).map_err(|fault| refused(vec![fault]))?;
        let id = declaration.manifest.id.as_str();
        let own = files
            .iter()
            .filter(|(path, _)| path.starts_with("templates/"));
        let own: BTreeMap<String, Vec<u8>> = own
            .map(|(path, bytes)| (path.clone(), bytes.clone()))
            .collect();
        let templates = PluginTemplates::load(id, &own, locales.clone()).map_err(|faults| {
            let mut told: Vec<String> = faults
                .iter()
                .map(|fault| format!("templates/{fault}"))
                .collect();
            told.dedup();
            refused(told)
        })?;
        let missing = format!("{COMPONENT}: the file is missing: build the plugin first");
        let wasm = files.get(COMPONENT).ok_or_else(|| refused(vec![missing]))?;
        let granted: Vec<_> = declaration
            .manifest
            .capabilities
            .iter()
            .map(granted)
            .collect();
        let code = Plugin::load(engine, id, wasm, &granted)
            .map_err(|error| refused(vec![format!("{COMPONENT}: {error}")]))?;
        Ok(Self {
            declaration,
            locales,
            templates,
            code,
            files,
        })
    }

    /// A text of the plugin, or the key itself where it has none.
    pub fn text(&self, language: &str, key: &str) -> String {
        self.locales.text(language, key).unwrap_or(key).to_owned()
    }

    /// The collection that owns `/{section}/{slug}`: the first declared.
    pub fn first_collection(&self) -> Option<(CollectionId, &Collection)> {
        let (name, collection) = self.declaration.collections.first()?;
        let id = CollectionId::new(&self.declaration.manifest.id, name).ok()?;
        Some((id, collection))
    }
}

fn granted(capability: &Capability) -> dinh_runtime::Capability {
    match capability {
        Capability::ContentRead => dinh_runtime::Capability::ContentRead,
        Capability::Clock => dinh_runtime::Capability::Clock,
        Capability::Log => dinh_runtime::Capability::Log,
    }
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

/// All plugins by id, and what the search knows beside them.
#[derive(Clone, Default)]
pub struct Plugins {
    by_id: BTreeMap<PluginId, Arc<LoadedPlugin>>,
    search_words: SearchWords,
}

impl Plugins {
    /// From loaded plugins; a second one of the same id replaces the first.
    pub fn new(loaded: impl IntoIterator<Item = LoadedPlugin>) -> Self {
        let named = loaded
            .into_iter()
            .map(|plugin| (plugin.declaration.manifest.id.clone(), Arc::new(plugin)));
        Self {
            by_id: named.collect(),
            search_words: SearchWords::default(),
        }
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
        let ids = self.by_id.values().flat_map(|plugin| {
            let declared = plugin.declaration.collections.keys();
            declared
                .filter_map(|name| CollectionId::new(&plugin.declaration.manifest.id, name).ok())
        });
        ids.collect()
    }
}
