//! The words of settings, forms and webhooks: each key that the manifest names leads to a text.

use dinh_domain::declaration::{Manifest, PluginFiles};
use dinh_render::Locales;

const MANIFEST: &str = "plugin.toml";

/// A line for each key without a text, with its place.
pub(super) fn missing(manifest: &Manifest, files: &PluginFiles, locales: &Locales) -> Vec<String> {
    let bytes = files.get(MANIFEST).map_or(&[][..], Vec::as_slice);
    let source = String::from_utf8_lossy(bytes);
    let unknown = keys(manifest).into_iter().filter(|key| !locales.has(key));
    let mut told: Vec<String> = unknown
        .map(|key| {
            let place = line(&source, key).map_or(String::new(), |line| format!(":{line}"));
            format!("{MANIFEST}{place}: there is no text `{key}` in locales/vi.toml: add it")
        })
        .collect();
    told.dedup();
    told
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
