//! The plugins and the theme that come with the binary.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use dinh_domain::declaration::{Declaration, PluginFiles};
use dinh_domain::search_words::{SEARCH_WORDS_FILE, SearchWords};

/// Files by path relative to the bundle.
type Files = BTreeMap<String, Vec<u8>>;

/// `(path, content)` of each file that `make build` put into the binary; none in other builds.
static EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/bundle.rs"));

/// Plugins and theme.
#[derive(Debug, Default)]
pub struct Bundle(Files);

/// The bundle cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {message}")]
pub struct BadBundle {
    path: PathBuf,
    message: String,
}

impl Bundle {
    /// From the named folder; else the built-in one; else, for a binary in cargo's target folder,
    /// the folder `bundle` beside it, which `make plugins` fills.
    pub fn find(folder: Option<&Path>) -> Result<Self, BadBundle> {
        if let Some(folder) = folder {
            return Self::read(folder);
        }
        if !EMBEDDED.is_empty() {
            let files = EMBEDDED
                .iter()
                .map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec()));
            return Ok(Self(files.collect()));
        }
        let program = std::env::current_exe().map_err(|error| BadBundle {
            path: PathBuf::from("the program itself"),
            message: error.to_string(),
        })?;
        let beside = program
            .ancestors()
            .skip(1)
            .take(3)
            .map(|folder| folder.join("bundle"));
        let mut beside = beside.filter(|folder| folder.is_dir());
        let found = beside.next().ok_or_else(|| BadBundle {
            path: program.clone(),
            message: "this build has no plugins inside and no bundle folder beside it: run `make plugins`".to_owned(),
        })?;
        Self::read(&found)
    }

    fn read(folder: &Path) -> Result<Self, BadBundle> {
        let mut files = Files::new();
        let mut open = vec![folder.to_owned()];
        while let Some(at) = open.pop() {
            let bad = |error: std::io::Error| BadBundle {
                path: at.clone(),
                message: error.to_string(),
            };
            for entry in std::fs::read_dir(&at).map_err(bad)? {
                let path = entry.map_err(bad)?.path();
                if path.is_dir() {
                    open.push(path);
                } else if let Ok(relative) = path.strip_prefix(folder) {
                    let name = relative.to_string_lossy().replace('\\', "/");
                    files.insert(name, std::fs::read(&path).map_err(bad)?);
                }
            }
        }
        Ok(Self(files))
    }

    /// Takes a plugin's folder into the bundle, in place of the plugin of the same id, which it gives.
    pub fn put_plugin(&mut self, folder: &Path) -> Result<String, BadBundle> {
        let bad = |message: String| BadBundle {
            path: folder.join("plugin.toml"),
            message,
        };
        let files = dinh_package::read_plugin(folder).map_err(|faults| {
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            BadBundle {
                path: folder.to_owned(),
                message: faults.join("\n"),
            }
        })?;
        let manifest = files
            .get("plugin.toml")
            .ok_or_else(|| bad("the file is missing".to_owned()))?;
        let manifest: toml::Table = toml::from_str(&String::from_utf8_lossy(manifest))
            .map_err(|error| bad(error.to_string()))?;
        let id = manifest.get("id").and_then(toml::Value::as_str);
        let id = id
            .ok_or_else(|| bad("`id` is missing".to_owned()))?
            .to_owned();
        let prefix = format!("plugins/{id}/");
        self.0.retain(|path, _| !path.starts_with(&prefix));
        self.0.extend(
            files
                .into_iter()
                .map(|(path, bytes)| (format!("{prefix}{path}"), bytes)),
        );
        Ok(id)
    }

    /// The plugins: folder name and files.
    pub fn plugins(&self) -> BTreeMap<String, PluginFiles> {
        let mut plugins: BTreeMap<String, PluginFiles> = BTreeMap::new();
        for (path, bytes) in &self.0 {
            let Some((folder, file)) = path
                .strip_prefix("plugins/")
                .and_then(|rest| rest.split_once('/'))
            else {
                continue;
            };
            let files = plugins.entry(folder.to_owned()).or_default();
            files.insert(file.to_owned(), bytes.clone());
        }
        plugins
    }

    /// What the search is to know: the portal's own words.
    pub fn search_words(&self) -> Result<SearchWords, BadBundle> {
        match self.0.get(SEARCH_WORDS_FILE) {
            Some(bytes) => read_words(Path::new(SEARCH_WORDS_FILE), bytes),
            None => Ok(SearchWords::default()),
        }
    }

    /// The same with the words of all plugins, whose code is not looked at.
    pub fn all_search_words(&self) -> Result<SearchWords, BadBundle> {
        let mut words = self.search_words()?;
        for (folder, files) in self.plugins() {
            let declared = Declaration::parse(&files).map_err(|faults| {
                let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
                BadBundle {
                    path: Path::new("plugins").join(folder),
                    message: faults.join("\n"),
                }
            })?;
            words.extend(declared.search_words());
        }
        Ok(words)
    }

    /// What a new plugin is made from: the files below `vendor/`, with their paths there.
    pub fn vendor(&self) -> BTreeMap<String, Vec<u8>> {
        let own = self.0.iter().filter_map(|(path, bytes)| {
            Some((path.strip_prefix("vendor/")?.to_owned(), bytes.clone()))
        });
        own.collect()
    }

    /// The files of a theme.
    pub fn theme(&self, name: &str) -> Files {
        let prefix = format!("themes/{name}/");
        let own = self.0.iter().filter_map(|(path, bytes)| {
            Some((path.strip_prefix(&prefix)?.to_owned(), bytes.clone()))
        });
        own.collect()
    }
}

/// The words of the search that a file holds; the error names every fault.
pub fn read_words(path: &Path, bytes: &[u8]) -> Result<SearchWords, BadBundle> {
    SearchWords::parse(&path.display().to_string(), bytes).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        BadBundle {
            path: path.to_owned(),
            message: format!("the words of the search are faulty\n{}", faults.join("\n")),
        }
    })
}
