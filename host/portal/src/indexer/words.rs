//! What is found of an entry: every public word that its page shows.

use std::collections::HashMap;

use dinh_domain::dates::LocalTime;
use dinh_domain::declaration::{Collection, Field, FieldKind};
use dinh_domain::display;
use dinh_domain::entry::Entry;
use dinh_domain::index;
use dinh_domain::table::StoredTable;
use dinh_search::AttachedText;
use dinh_store::HeldText;
use serde_json::Value;

use crate::plugins::LoadedPlugin;

/// An entry with what it was declared by, on a day.
pub(super) struct Words<'a> {
    pub(super) plugin: &'a LoadedPlugin,
    pub(super) collection: &'a Collection,
    pub(super) entry: &'a Entry,
    pub(super) now: LocalTime,
}

impl Words<'_> {
    /// The words of a field or of a host's value; none where there are none.
    pub(super) fn of(&self, name: &str) -> Option<String> {
        if name == "@title" {
            return Some(self.entry.title.clone());
        }
        let field = self.collection.schema.get(name)?;
        let words = match &field.kind {
            FieldKind::Choice { .. } => self.choice(name, field),
            FieldKind::Relations { .. } => self.parts(name, &["target", "label"]),
            FieldKind::Files { .. } => self.parts(name, &["label", "name"]),
            FieldKind::Table {} => {
                let table = StoredTable::of(self.entry.body.get(name)?)?;
                Some(table.words)
            }
            _ => display::field(
                &self.plugin.declaration,
                self.collection,
                &self.entry.body,
                name,
                &self.entry.language,
            ),
        };
        words.filter(|words| !words.trim().is_empty())
    }

    /// What the page shows beside the fields that the declaration says are searched: a section that
    /// names none of them is found all the same. Days and numbers of things are filters, not words.
    pub(super) fn rest(&self, told: &[String]) -> Vec<String> {
        let search = &self.collection.search;
        let named = |name: &String| {
            let mut all = search.title.iter().chain(&search.body).chain(&search.codes);
            all.any(|it| it == name)
        };
        let is_words = |field: &Field| {
            !matches!(
                field.kind,
                FieldKind::Date { .. } | FieldKind::Instant {} | FieldKind::Integer {}
            )
        };
        let fields = self.collection.schema.iter();
        let fields = fields.filter(|(name, field)| is_words(field) && !named(name));
        let fields = fields.filter_map(|(name, _)| self.of(name));
        let credit = [self.entry.author.clone(), self.entry.source.clone()];
        let mut rest: Vec<String> = Vec::new();
        for words in fields.chain(credit) {
            let is_told = |told: &String| told.contains(&words);
            if !words.trim().is_empty() && !told.iter().chain(&rest).any(is_told) {
                rest.push(words);
            }
        }
        rest
    }

    /// The texts of the attached files, by the names that readers see.
    pub(super) fn files(&self, held: Vec<HeldText>) -> Vec<AttachedText> {
        let mut held: HashMap<String, HeldText> = held
            .into_iter()
            .map(|it| (it.file.to_string(), it))
            .collect();
        let fields = self.collection.schema.iter();
        let fields = fields.filter(|(_, field)| matches!(field.kind, FieldKind::Files { .. }));
        let items = fields.flat_map(|(name, _)| self.items(name));
        let files = items.filter_map(|item| {
            let part = |name: &str| item.get(name).and_then(Value::as_str);
            let HeldText { name, text, .. } = held.remove(part("file")?)?;
            let label = part("label").filter(|label| !label.trim().is_empty());
            Some(AttachedText {
                name: label.map_or(name, str::to_owned),
                text,
            })
        });
        files.collect()
    }

    fn items(&self, name: &str) -> impl Iterator<Item = &Value> {
        let items = self.entry.body.get(name).and_then(Value::as_array);
        items.into_iter().flatten()
    }

    /// The value that counts now, as the page names it.
    fn choice(&self, name: &str, field: &Field) -> Option<String> {
        let (id, _) = index::effective_choice(self.collection, &self.entry.body, name, self.now);
        let id = id?;
        let list = self.plugin.declaration.list_of(field);
        let named = list.and_then(|list| list.get(&id));
        Some(named.map_or_else(
            || id.clone(),
            |value| value.name(&self.entry.language).to_owned(),
        ))
    }

    /// Parts of every item of a list, a line for each item.
    fn parts(&self, name: &str, parts: &[&str]) -> Option<String> {
        let lines = self.items(name).map(|item| {
            let texts = parts
                .iter()
                .filter_map(|part| item.get(*part)?.as_str())
                .collect::<Vec<_>>();
            texts.join(" ")
        });
        Some(lines.collect::<Vec<_>>().join("\n"))
    }
}
