//! The words of settings, forms, webhooks and blocks: each key that is named leads to a text.

use dinh_domain::declaration::{Collection, Declaration, Manifest, PluginFiles};
use dinh_render::Locales;

const MANIFEST: &str = "plugin.toml";

/// A line for each key without a text, with its place.
pub(super) fn missing(
    declaration: &Declaration,
    files: &PluginFiles,
    locales: &Locales,
) -> Vec<String> {
    let manifest = (MANIFEST.to_owned(), keys(&declaration.manifest));
    let collections = declaration.collections.iter();
    let collections =
        collections.map(|(name, it)| (format!("collections/{name}.toml"), of_blocks(it)));
    let mut told = Vec::new();
    for (file, keys) in [manifest].into_iter().chain(collections) {
        let bytes = files.get(&file).map_or(&[][..], Vec::as_slice);
        let source = String::from_utf8_lossy(bytes);
        let unknown = keys.into_iter().filter(|key| !locales.has(key));
        told.extend(unknown.map(|key| {
            let place = line(&source, key).map_or(String::new(), |line| format!(":{line}"));
            format!("{file}{place}: there is no text `{key}` in locales/vi.toml: add it")
        }));
    }
    told.dedup();
    told
}

fn of_blocks(collection: &Collection) -> Vec<&str> {
    let blocks = collection.blocks.iter().flatten();
    let keys = blocks.flat_map(|it| [&it.title].into_iter().chain(&it.empty));
    keys.map(String::as_str).collect()
}

fn keys(manifest: &Manifest) -> Vec<&str> {
    let settings = manifest.settings.values().map(|it| &it.label);
    let buttons = manifest.routes.iter().flat_map(|it| &it.button);
    let fields = manifest.routes.iter().flat_map(|it| &it.fields);
    let of_fields = fields.flat_map(|field| {
        let choices = field.choices.iter().map(|it| &it.label);
        [&field.label].into_iter().chain(&field.help).chain(choices)
    });
    let systems = manifest.webhooks.iter().map(|it| &it.system);
    let all = settings.chain(systems).chain(buttons).chain(of_fields);
    all.map(String::as_str).collect()
}

/// The first line that has the key as a whole text.
fn line(source: &str, key: &str) -> Option<usize> {
    let (double, single) = (format!("\"{key}\""), format!("'{key}'"));
    let mut lines = (1..).zip(source.lines());
    let found = lines.find(|(_, text)| text.contains(&double) || text.contains(&single));
    found.map(|(number, _)| number)
}
