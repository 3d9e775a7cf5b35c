//! Drafts, as the portal keeps them for officers. What a collection declares is not known here, so that no field is
//! checked.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use serde_json::Value;

use super::FakeHost;
use crate::{DraftError, Effect, NewDraft, Object, Saved, Target};

/// As the contract says.
const A_CALL_MAX: usize = 50;
const BYTES_MAX: usize = 256 << 10;
const KEY_BYTES_MAX: usize = 1_000;

/// By collection and entry.
pub(super) type Drafts = BTreeMap<(String, String), Object>;

/// What officers find at their desk.
#[derive(Debug, Default)]
pub(super) struct Desk {
    drafts: RefCell<Drafts>,
    /// Drafts of the call that is under way.
    count: Cell<usize>,
    /// Ids by collection and key.
    under_way: Vec<(String, String)>,
    closed: Vec<(String, String)>,
    declared: Option<Vec<String>>,
}

impl FakeHost {
    /// Declares the only collections that may be written, as `<plugin>/<collection>`.
    #[must_use]
    pub fn with_writes<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.desk.declared = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// Says that people have the entry of a key under way.
    #[must_use]
    pub fn with_under_way(mut self, collection: &str, key: &str) -> Self {
        self.desk.under_way.push((collection.into(), key.into()));
        self
    }

    /// Says that the office took down or discarded the entry of a key.
    #[must_use]
    pub fn with_closed(mut self, collection: &str, key: &str) -> Self {
        self.desk.closed.push((collection.into(), key.into()));
        self
    }

    /// The drafts of a collection, by the keys or ids under which they were saved.
    pub fn drafts(&self, collection: &str) -> BTreeMap<String, Object> {
        let drafts = self.desk.drafts.borrow();
        let own = drafts.iter().filter(|((of, _), _)| of == collection);
        own.map(|((_, entry), fields)| (entry.clone(), fields.clone()))
            .collect()
    }

    pub(super) fn saved(&self, draft: &NewDraft) -> Result<Saved, DraftError> {
        if !self.kept.may_write() {
            return Err(DraftError::ReadOnly);
        }
        let desk = &self.desk;
        let collection = &draft.collection;
        let declared = desk.declared.as_ref();
        if declared.is_some_and(|known| !known.contains(collection)) {
            return Err(DraftError::Denied(format!(
                "`{collection}` is not among `writes` of plugin.toml"
            )));
        }
        if Value::Object(draft.fields.clone()).to_string().len() > BYTES_MAX {
            let most = format!("a body has at most {BYTES_MAX} bytes");
            return Err(DraftError::TooLarge(most));
        }
        let (name, stored) = match &draft.target {
            Target::Key(key) if key.is_empty() || key.len() > KEY_BYTES_MAX => {
                let most = format!("a key has 1 to {KEY_BYTES_MAX} bytes");
                return Err(DraftError::Invalid(most));
            }
            Target::Key(key) => (key, self.keyed(collection, key)),
            Target::Id(id) => {
                let mut entries = self.entries.iter();
                let found = entries.find(|it| it.collection == *collection && it.id == *id);
                (id, Some(found.ok_or(DraftError::NotFound)?.body.clone()))
            }
        };
        let place = (collection.clone(), name.clone());
        if desk.under_way.contains(&place) {
            return Err(DraftError::UnderWay(
                "an officer writes its next text".into(),
            ));
        }
        if desk.closed.contains(&place) {
            return Err(DraftError::Closed("it was discarded".into()));
        }
        let mut drafts = desk.drafts.borrow_mut();
        let before = drafts.get(&place).cloned().or(stored);
        let mut fields = before.clone().unwrap_or_default();
        for (field, value) in &draft.fields {
            match value {
                Value::Null => fields.remove(field),
                value => fields.insert(field.clone(), value.clone()),
            };
        }
        let effect = match before {
            None => Effect::Created,
            Some(before) if before == fields => Effect::Unchanged,
            Some(_) => Effect::Revised,
        };
        if effect != Effect::Unchanged {
            desk.count.set(desk.count.get() + 1);
            if desk.count.get() > A_CALL_MAX {
                return Err(DraftError::Rate(format!(
                    "at most {A_CALL_MAX} drafts a call"
                )));
            }
            drafts.insert(place, fields);
        }
        Ok(Saved {
            id: format!("entry-of-{name}"),
            effect,
        })
    }

    /// The text of an entry that a test has put in with a key.
    fn keyed(&self, collection: &str, key: &str) -> Option<Object> {
        let mut entries = self.entries.iter();
        let found =
            entries.find(|it| it.collection == collection && it.key.as_deref() == Some(key));
        found.map(|it| it.body.clone())
    }
}

impl Desk {
    /// A call begins; what there is before it.
    pub(super) fn begin(&self) -> Drafts {
        self.count.set(0);
        self.drafts.borrow().clone()
    }

    pub(super) fn put(&self, drafts: Drafts) {
        self.drafts.replace(drafts);
    }
}
