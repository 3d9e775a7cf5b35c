//! Whose a path below a section's mount is.

#[cfg(test)]
mod tests;

use super::{Collection, Declaration};

/// What a path below a section's mount is about.
#[derive(Debug, Clone, Copy)]
pub struct Below<'a> {
    /// Name of the collection.
    pub name: &'a str,
    /// The collection.
    pub collection: &'a Collection,
    /// The path below the collection's own; empty for its list.
    pub rest: &'a str,
}

impl Declaration {
    /// The collection of a path below the mount: the one whose path it begins with, else the first. None where the
    /// plugin has no collection.
    pub fn below<'a>(&'a self, path: &'a str) -> Option<Below<'a>> {
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        let is_own = |it: &Collection| it.path.as_ref().is_some_and(|own| own.as_str() == first);
        let own = self.collections.iter().find(|(_, it)| is_own(it));
        let (name, collection, rest) = match own {
            Some((name, collection)) => (name, collection, rest),
            None => {
                let (name, collection) = self.collections.first()?;
                (name, collection, path)
            }
        };
        Some(Below {
            name,
            collection,
            rest,
        })
    }

    /// The part of addresses below a section's mount that is a collection's own: `/noi-tiep-nhan`, empty for the first.
    pub fn own_path(&self, name: &str) -> String {
        let path = self.collections.get(name).and_then(|it| it.path.as_ref());
        path.map(|path| format!("/{path}")).unwrap_or_default()
    }
}
