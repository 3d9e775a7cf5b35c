//! What lasts: values by key, and settings.

use super::bindings::imports::dinh::host::{kv, settings};
use crate::{KvError, KvItem, KvPage, SettingError};

pub(super) fn get(key: &str) -> Result<Option<String>, KvError> {
    kv::get(key).map_err(error)
}

pub(super) fn set(key: &str, value: &str) -> Result<(), KvError> {
    kv::set(key, value).map_err(error)
}

pub(super) fn delete(key: &str) -> Result<(), KvError> {
    kv::delete(key).map_err(error)
}

pub(super) fn scan(prefix: &str, cursor: Option<&str>, limit: u32) -> Result<KvPage, KvError> {
    let page = kv::scan(prefix, cursor, limit).map_err(error)?;
    let items = page.items.into_iter().map(|item| KvItem {
        key: item.key,
        value: item.value,
    });
    Ok(KvPage {
        items: items.collect(),
        next: page.next,
    })
}

pub(super) fn setting(name: &str) -> Result<Option<String>, SettingError> {
    settings::get(name).map_err(|error| match error {
        settings::Error::Undeclared(why) => SettingError::Undeclared(why),
        settings::Error::Unavailable(why) => SettingError::Unavailable(why),
    })
}

fn error(error: kv::Error) -> KvError {
    match error {
        kv::Error::ReadOnly => KvError::ReadOnly,
        kv::Error::Invalid(why) => KvError::Invalid(why),
        kv::Error::TooLarge(why) => KvError::TooLarge(why),
        kv::Error::Quota(why) => KvError::Quota(why),
        kv::Error::Rate(why) => KvError::Rate(why),
        kv::Error::Unavailable(why) => KvError::Unavailable(why),
    }
}
