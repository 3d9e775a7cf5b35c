//! Values by key and settings, as the portal keeps them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::FakeHost;
use crate::{Fault, Forms, KvError, KvItem, KvPage, Outcome, SettingError, Submission};

/// As the contract says.
const KEY_BYTES_MAX: usize = 128;
const VALUE_BYTES_MAX: usize = 16 << 10;
const KEYS_MAX: usize = 10_000;
const BYTES_MAX: usize = 4 << 20;
const SCAN_MAX: u32 = 100;

type Values = BTreeMap<String, String>;

/// What lasts from one call to the next.
#[derive(Debug, Default)]
pub(super) struct Kept {
    values: RefCell<Values>,
    writable: Cell<bool>,
    settings: BTreeMap<String, Option<String>>,
}

impl FakeHost {
    /// Declares a setting; none where it has neither a value nor a default.
    #[must_use]
    pub fn with_setting(mut self, name: &str, value: Option<&str>) -> Self {
        let value = value.map(str::to_owned);
        self.kept.settings.insert(name.into(), value);
        self
    }

    /// Sets a value by its key.
    #[must_use]
    pub fn with_value(self, key: &str, value: &str) -> Self {
        self.kept
            .values
            .borrow_mut()
            .insert(key.into(), value.into());
        self
    }

    /// The values as they are kept now.
    pub fn values(&self) -> BTreeMap<String, String> {
        self.kept.values.borrow().clone()
    }

    /// Sends a form as the portal does: writing is allowed, and what was written is kept when the
    /// answer is a view or a redirect, and dropped otherwise.
    ///
    /// # Errors
    /// The plugin's faults.
    pub fn submit<P: Forms>(&self, submission: &Submission) -> Result<Outcome, Vec<Fault>> {
        self.writing(
            || P::submit(submission, self),
            |answer| matches!(answer, Ok(Outcome::View(_) | Outcome::Redirect(_))),
        )
    }

    /// Makes a call that may write; what it wrote, enqueued and drafted is kept when it ended well.
    pub(super) fn writing<A>(&self, call: impl FnOnce() -> A, is_well: impl Fn(&A) -> bool) -> A {
        let (values, jobs, drafts) = (self.values(), self.enqueued(), self.desk.begin());
        self.kept.writable.set(true);
        let answer = call();
        self.kept.writable.set(false);
        if !is_well(&answer) {
            self.kept.values.replace(values);
            self.queue.put(jobs);
            self.desk.put(drafts);
        }
        answer
    }
}

impl Kept {
    pub(super) fn may_write(&self) -> bool {
        self.writable.get()
    }

    pub(super) fn get(&self, key: &str) -> Result<Option<String>, KvError> {
        check(key)?;
        Ok(self.values.borrow().get(key).cloned())
    }

    pub(super) fn set(&self, key: &str, value: Option<&str>) -> Result<(), KvError> {
        check(key)?;
        if !self.writable.get() {
            return Err(KvError::ReadOnly);
        }
        let mut values = self.values.borrow_mut();
        let Some(value) = value else {
            values.remove(key);
            return Ok(());
        };
        if value.len() > VALUE_BYTES_MAX {
            return Err(KvError::TooLarge(format!(
                "a value has at most {VALUE_BYTES_MAX} bytes"
            )));
        }
        if value.contains('\0') {
            return Err(KvError::Invalid("a value holds no NUL".into()));
        }
        let others = values.iter().filter(|(known, _)| *known != key);
        let (keys, bytes) = others.fold((0, 0), |(keys, bytes), (key, value)| {
            (keys + 1, bytes + key.len() + value.len())
        });
        if keys + 1 > KEYS_MAX || bytes + key.len() + value.len() > BYTES_MAX {
            let most = format!("at most {KEYS_MAX} keys and {BYTES_MAX} bytes are kept");
            return Err(KvError::Quota(most));
        }
        values.insert(key.into(), value.into());
        Ok(())
    }

    pub(super) fn scan(
        &self,
        prefix: &str,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<KvPage, KvError> {
        if !(1..=SCAN_MAX).contains(&limit) {
            return Err(KvError::Invalid(format!(
                "`limit` is 1 to {SCAN_MAX}, not {limit}"
            )));
        }
        let values = self.values.borrow();
        let found = values.iter().filter(|(key, _)| {
            key.starts_with(prefix) && cursor.is_none_or(|cursor| key.as_str() > cursor)
        });
        let mut items: Vec<KvItem> = found
            .map(|(key, value)| KvItem {
                key: key.clone(),
                value: value.clone(),
            })
            .collect();
        let limit = limit as usize;
        let is_last = items.len() <= limit;
        items.truncate(limit);
        let last = items.last().filter(|_| !is_last);
        Ok(KvPage {
            next: last.map(|item| item.key.clone()),
            items,
        })
    }

    pub(super) fn setting(&self, name: &str) -> Result<Option<String>, SettingError> {
        let known = self.settings.get(name);
        let known = known.ok_or_else(|| SettingError::Undeclared(format!("`{name}`")))?;
        Ok(known.clone())
    }
}

pub(super) fn check(key: &str) -> Result<(), KvError> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:@".contains(&byte);
    if (1..=KEY_BYTES_MAX).contains(&key.len()) && key.bytes().all(fits) {
        return Ok(());
    }
    Err(KvError::Invalid(format!(
        "a key is 1 to {KEY_BYTES_MAX} ASCII letters, digits and -_./:@"
    )))
}
