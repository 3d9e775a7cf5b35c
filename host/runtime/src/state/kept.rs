//! The imports for what lasts: values by key, and settings.

use super::CallState;
use crate::bindings::imports::dinh::host::{kv, settings};
use crate::kept::{check_key, check_limit, check_prefix, check_value};
use crate::{KvError, KvPage, SettingError};

type Answer<T> = wasmtime::Result<Result<T, kv::Error>>;

impl kv::Host for CallState {
    async fn get(&mut self, key: String) -> Answer<Option<String>> {
        let began = self.begin()?;
        let answer = match check_key(&key) {
            Ok(()) => self.host.kv_get(&key).await,
            Err(refusal) => Err(refusal),
        };
        self.worked(began);
        Ok(answer.map_err(error))
    }

    async fn set(&mut self, key: String, value: String) -> Answer<()> {
        let began = self.begin()?;
        let answer = match check_key(&key).and_then(|()| check_value(&value)) {
            Ok(()) => self.host.kv_set(&key, Some(&value)).await,
            Err(refusal) => Err(refusal),
        };
        self.worked(began);
        Ok(answer.map_err(error))
    }

    async fn delete(&mut self, key: String) -> Answer<()> {
        let began = self.begin()?;
        let answer = match check_key(&key) {
            Ok(()) => self.host.kv_set(&key, None).await,
            Err(refusal) => Err(refusal),
        };
        self.worked(began);
        Ok(answer.map_err(error))
    }

    async fn scan(
        &mut self,
        prefix: String,
        cursor: Option<String>,
        limit: u32,
    ) -> Answer<kv::Page> {
        let began = self.begin()?;
        let cursor = cursor.as_deref();
        let fits = check_prefix(&prefix)
            .and_then(|()| check_prefix(cursor.unwrap_or_default()))
            .and_then(|()| check_limit(limit));
        let answer = match fits {
            Ok(()) => self.host.kv_scan(&prefix, cursor, limit).await,
            Err(refusal) => Err(refusal),
        };
        self.worked(began);
        Ok(answer.map(page).map_err(error))
    }
}

impl settings::Host for CallState {
    async fn get(
        &mut self,
        name: String,
    ) -> wasmtime::Result<Result<Option<String>, settings::Error>> {
        let began = self.begin()?;
        let answer = self.host.setting(&name).await;
        self.worked(began);
        let answer = answer.map_err(|error| match error {
            SettingError::Undeclared(why) => settings::Error::Undeclared(why),
            SettingError::Unavailable(why) => settings::Error::Unavailable(why),
        });
        Ok(answer.map(|setting| {
            setting.map(|setting| {
                if setting.is_secret {
                    self.secrets.add(&setting.value);
                }
                setting.value
            })
        }))
    }
}

fn page(page: KvPage) -> kv::Page {
    let items = page.items.into_iter().map(|item| kv::Item {
        key: item.key,
        value: item.value,
    });
    kv::Page {
        items: items.collect(),
        next: page.next,
    }
}

fn error(error: KvError) -> kv::Error {
    match error {
        KvError::ReadOnly => kv::Error::ReadOnly,
        KvError::Invalid(why) => kv::Error::Invalid(why),
        KvError::TooLarge(why) => kv::Error::TooLarge(why),
        KvError::Quota(why) => kv::Error::Quota(why),
        KvError::Rate(why) => kv::Error::Rate(why),
        KvError::Unavailable(why) => kv::Error::Unavailable(why),
    }
}
