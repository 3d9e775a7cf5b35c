//! `dinh plugin settings`: what operators set for plugins. Secrets come from a file or standard input.

use std::io::{IsTerminal, Read};
use std::path::Path;

use dinh_portal::{Portal, SettingChange, SettingLine};

use super::arguments::SettingsArguments;
use super::operator::{self, PluginWork};
use crate::command::{Said, printed};

/// Longest secret read from standard input, in bytes: more than any setting takes.
const SECRET_BYTES_MAX: u64 = 64 << 10;

/// What the arguments ask for. Reads the secrets.
pub(crate) async fn wanted(it: SettingsArguments, by: String) -> Result<PluginWork, String> {
    let mut changes = Vec::new();
    for given in &it.values {
        let (name, value) = parts(given, "NAME=VALUE")?;
        changes.push(change(name, Some(value.to_owned()), false));
    }
    for given in &it.secrets {
        let (name, file) = parts(given, "NAME=FILE")?;
        let secret = match file {
            "-" => typed()?,
            file => operator::small(Path::new(file)).await?.1,
        };
        let secret = secret.strip_suffix('\n').unwrap_or(&secret);
        let secret = secret.strip_suffix('\r').unwrap_or(secret).to_owned();
        changes.push(change(name, Some(secret), true));
    }
    changes.extend(it.unset.iter().map(|name| change(name, None, false)));
    let (plugin, json) = (it.plugin, it.json);
    match (it.site, changes.is_empty()) {
        (site, true) => Ok(PluginWork::SettingsList { plugin, site, json }),
        (Some(site), false) => Ok(PluginWork::SettingsSet {
            plugin,
            site,
            changes,
            by,
        }),
        (None, false) => Err("name the site that this is for with --site".to_owned()),
    }
}

fn change(name: &str, value: Option<String>, is_hidden: bool) -> SettingChange {
    SettingChange {
        name: name.to_owned(),
        value,
        is_hidden,
    }
}

/// Never repeats what was given: it may be a secret.
fn parts<'a>(given: &'a str, shape: &str) -> Result<(&'a str, &'a str), String> {
    let parts = given.split_once('=');
    parts.ok_or_else(|| format!("an argument has no `=`: write {shape}"))
}

fn typed() -> Result<String, String> {
    let input = std::io::stdin();
    if input.is_terminal() {
        eprintln!("The secret, then Enter and Ctrl-D:");
    }
    let mut text = String::new();
    let read = input
        .lock()
        .take(SECRET_BYTES_MAX)
        .read_to_string(&mut text);
    read.map_err(|error| format!("standard input: {error}"))?;
    Ok(text)
}

/// Sets what was asked for, for a plugin on a site.
pub(super) async fn set(
    portal: &Portal,
    (plugin, site): (&str, &str),
    changes: &[SettingChange],
    by: &str,
) -> Result<Said, String> {
    let done = portal.set_plugin_settings(plugin, site, changes, by).await;
    done.map_err(|failure| failure.to_string())?;
    let names: Vec<&str> = changes.iter().map(|it| it.name.as_str()).collect();
    Ok(Said::done(format!(
        "{plugin} on {site}: {}",
        names.join(", ")
    )))
}

/// All settings of a plugin.
pub(super) async fn list(
    portal: &Portal,
    plugin: &str,
    site: Option<&str>,
    json: bool,
) -> Result<Said, String> {
    let lines = portal.plugin_settings(plugin, site).await;
    let lines = lines.map_err(|failure| failure.to_string())?;
    if lines.is_empty() && !json {
        return Ok(Said::done(format!("{plugin} has no settings, or no site")));
    }
    printed(json, &lines, shown)
}

fn shown(it: &SettingLine) -> String {
    let value = match (&it.value, &it.set_at) {
        (Some(value), _) if it.is_set => value.clone(),
        (Some(value), _) => format!("{value} (default)"),
        (None, Some(at)) => format!("set on {at}"),
        (None, None) => "–".to_owned(),
    };
    format!(
        "{:20} {:20} {:7} {value}  # {}",
        it.site, it.name, it.kind, it.label
    )
}
