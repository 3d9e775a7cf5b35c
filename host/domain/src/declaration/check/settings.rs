//! Settings that a manifest declares.

use crate::declaration::{Capability, Manifest, Setting, SettingKind};

/// Most settings of a plugin.
const SETTINGS_MAX: usize = 64;
/// Longest name, in bytes.
const NAME_BYTES_MAX: usize = 40;

pub(super) fn settings(manifest: &Manifest, fault: &mut impl FnMut(String)) {
    let count = manifest.settings.len();
    if count > SETTINGS_MAX {
        fault(format!(
            "{count} settings are declared, more than {SETTINGS_MAX}"
        ));
    }
    if count > 0 && !manifest.capabilities.contains(&Capability::Settings) {
        fault("settings are declared: ask for the capability `settings`".to_owned());
    }
    for (name, setting) in &manifest.settings {
        if !is_name(name) {
            fault(format!(
                "setting `{name}`: a name is 1 to {NAME_BYTES_MAX} small letters, digits, `-` and `_`, a letter first"
            ));
        }
        if let Some(why) = wrong(setting) {
            fault(format!("setting `{name}`: {why}"));
        }
    }
}

/// Whether a name may stand on a command line and in an address.
pub(super) fn is_name(name: &str) -> bool {
    let fits =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    name.len() <= NAME_BYTES_MAX
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(fits)
}

fn wrong(setting: &Setting) -> Option<String> {
    let is_choice = setting.kind == SettingKind::Choice;
    if is_choice && setting.choices.is_empty() {
        return Some("a choice needs `choices`".to_owned());
    }
    if !is_choice && !setting.choices.is_empty() {
        return Some("`choices` are for a choice".to_owned());
    }
    let default = setting.default.as_ref()?;
    if setting.kind == SettingKind::Secret {
        return Some("a secret has no default: everybody could read it".to_owned());
    }
    let fits = match setting.kind {
        SettingKind::Number => default.is_integer(),
        SettingKind::Flag => default.is_bool(),
        _ => default.is_str(),
    };
    let read = setting.read(&setting.default_text().unwrap_or_default());
    match read {
        Err(why) => Some(format!("its default does not fit: {why}")),
        Ok(_) if !fits => Some(format!(
            "its default does not fit: it takes {}",
            setting.takes()
        )),
        Ok(_) => None,
    }
}
