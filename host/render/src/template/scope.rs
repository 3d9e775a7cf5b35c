//! What a path can see.

use std::borrow::Cow;

use serde_json::Value;

use super::expr::{Base, Path};

/// One level of blocks: what `this` is, and the names given there.
pub(crate) struct Scope<'s, 'm> {
    pub(crate) this: Cow<'m, Value>,
    pub(crate) names: Vec<(&'m str, Cow<'m, Value>)>,
    /// Place in the innermost `each` of this level.
    pub(crate) place: Option<Place<'m>>,
    /// The block around this one; none at the start of a template or partial.
    pub(crate) parent: Option<&'s Scope<'s, 'm>>,
}

/// A turn of `each`.
#[derive(Clone, Copy)]
pub(crate) struct Place<'m> {
    pub(crate) index: usize,
    pub(crate) count: usize,
    /// Key of the member, when an object is walked over.
    pub(crate) key: Option<&'m str>,
}

impl<'s, 'm> Scope<'s, 'm> {
    pub(crate) fn of_template(this: Cow<'m, Value>, names: Vec<(&'m str, Cow<'m, Value>)>) -> Self {
        Self {
            this,
            names,
            place: None,
            parent: None,
        }
    }

    /// The value at `path`; none when there is nothing.
    pub(crate) fn find(&self, path: &Path, root: &'m Value) -> Option<Cow<'m, Value>> {
        match &path.base {
            Base::Root => walk(root, &path.keys).map(Cow::Borrowed),
            Base::Scope(up) => self.find_from(*up, &path.keys),
            place => self.find_place(place),
        }
    }

    fn find_from(&self, up: usize, keys: &[String]) -> Option<Cow<'m, Value>> {
        let mut scope = self;
        for _ in 0..up {
            scope = scope.parent?;
        }
        let Some((first, rest)) = keys.split_first() else {
            return Some(scope.this.clone());
        };
        let mut naming = Some(scope);
        while let Some(level) = naming {
            if let Some((_, value)) = level.names.iter().find(|(name, _)| name == first) {
                return walk_cow(value, rest);
            }
            naming = level.parent;
        }
        walk_cow(&scope.this, keys)
    }

    fn find_place(&self, base: &Base) -> Option<Cow<'m, Value>> {
        let mut level = self;
        let place = loop {
            match (&level.place, level.parent) {
                (Some(place), _) => break *place,
                (None, Some(parent)) => level = parent,
                (None, None) => return None,
            }
        };
        Some(Cow::Owned(match base {
            Base::Index => place.index.into(),
            Base::First => (place.index == 0).into(),
            Base::Last => (place.index + 1 == place.count).into(),
            _ => place.key?.into(),
        }))
    }
}

/// What a helper made (a text, a truth value) is copied; the model never is.
fn walk_cow<'m>(value: &Cow<'m, Value>, keys: &[String]) -> Option<Cow<'m, Value>> {
    match value {
        Cow::Borrowed(value) => walk(value, keys).map(Cow::Borrowed),
        Cow::Owned(value) => walk(value, keys).cloned().map(Cow::Owned),
    }
}

fn walk<'v>(value: &'v Value, keys: &[String]) -> Option<&'v Value> {
    keys.iter().try_fold(value, |value, key| match value {
        Value::Object(map) => map.get(key),
        Value::Array(items) => key.parse::<usize>().ok().and_then(|index| items.get(index)),
        _ => None,
    })
}
