//! The published texts of an entry that stay readable, and two of them compared. Only what was itself public, and was
//! not taken down, is shown.

use dinh_domain::dates::Instant;
use dinh_domain::declaration::{FieldKind, VERSIONS_WORD, Versions as Declared};
use dinh_domain::entry::{Body, Entry};
use dinh_domain::ids::{EntryId, RevisionId, Slug};
use dinh_domain::outline::{self, Grammar};
use serde_json::Value;

use super::Here;
use crate::compare::{Part, PartChange, PartChanges, compare_parts, words};
use crate::desk::told;
use crate::failure::Failure;
use crate::portal::Portal;
use crate::shown::{Answer, VersionShown, VersionText, Versions, VersionsCompared, Way};
use crate::table;

/// Parameters of the page that compares: the former and the later number.
pub(super) const PARAMS: [&str; 2] = ["den", "tu"];
/// Most publications of an entry that are looked at, the newest: a draft has some five versions, and each is published
/// anew with every date that is changed.
const TEXTS_MAX: u32 = 200;

/// A version: where its text is.
pub(crate) struct Version {
    number: i64,
    at: Instant,
    note: Option<String>,
    title: String,
    pub(crate) revision: RevisionId,
}

impl Portal {
    /// The versions of an entry for its own page; none where there is but one.
    pub(super) async fn version_lines(
        &self,
        here: &Here<'_>,
        entry: &Entry,
    ) -> Result<Vec<VersionShown>, Failure> {
        let Some(declared) = &here.collection.versions else {
            return Ok(Vec::new());
        };
        let versions = self.versions_of(declared, &entry.id).await?;
        let lines = versions.iter().rev();
        let lines = lines.map(|it| shown(here, declared, entry, it));
        Ok(if versions.len() > 1 {
            lines.collect()
        } else {
            Vec::new()
        })
    }

    /// Answers below the word of versions: with a number its text, otherwise all of them, two of them compared.
    pub(super) async fn versions(
        &self,
        here: &Here<'_>,
        (slug, number): (&Slug, Option<&str>),
        given: &[(String, String)],
    ) -> Result<Answer, Failure> {
        let Some(declared) = &here.collection.versions else {
            return Ok(Answer::NotFound);
        };
        let detail = match self.entry(here, slug).await? {
            Answer::Detail(detail) => detail,
            Answer::Moved(path) => {
                let below = number.map(|it| format!("/{it}")).unwrap_or_default();
                return Ok(Answer::Moved(format!("{path}/{VERSIONS_WORD}{below}")));
            }
            other => return Ok(other),
        };
        let entry = detail.entry;
        let versions = self.versions_of(declared, &entry.id).await?;
        let now = Way {
            label: entry.title.clone(),
            path: detail.path,
            host: None,
        };
        let path = below(here, &entry);
        if let Some(number) = number {
            let version = versions.iter().find(|it| it.number.to_string() == number);
            return match version {
                Some(version) => self.text_of(here, (declared, &entry), version, now).await,
                None => Ok(Answer::NotFound),
            };
        }
        if versions.is_empty() {
            return Ok(Answer::NotFound);
        }
        let Ok(pair) = asked(&versions, given) else {
            return Ok(Answer::NotFound);
        };
        let compared = match pair {
            Some(pair) => Some(self.compared(here, (declared, &entry), pair).await?),
            None => None,
        };
        let lines = versions.iter().rev();
        Ok(Answer::Versions(Box::new(Versions {
            section: here.section.clone(),
            entry: now,
            path,
            versions: lines.map(|it| shown(here, declared, &entry, it)).collect(),
            compared,
        })))
    }

    /// One version of each number, by number. Published again with the same text, it keeps the first day.
    pub(crate) async fn versions_of(
        &self,
        declared: &Declared,
        entry: &EntryId,
    ) -> Result<Vec<Version>, Failure> {
        let fields = (declared.field.as_str(), declared.note.as_deref());
        let texts = self.store().published_lines(entry, fields, TEXTS_MAX);
        let mut versions: Vec<Version> = Vec::new();
        for text in texts.await? {
            let Some(number) = text.number.filter(|it| *it > 0) else {
                continue;
            };
            if text.is_withdrawn {
                // The same words may have been published before under this number: they were taken down with it.
                versions.retain(|it| it.number != number);
                continue;
            }
            let mut version = Version {
                number,
                at: text.at,
                note: text.note,
                title: text.title,
                revision: text.revision,
            };
            match versions.iter_mut().find(|it| it.number == number) {
                Some(known) => {
                    version.at = known.at;
                    *known = version;
                }
                None => versions.push(version),
            }
        }
        versions.sort_by_key(|it| it.number);
        Ok(versions)
    }

    async fn text_of(
        &self,
        here: &Here<'_>,
        (declared, entry): (&Declared, &Entry),
        version: &Version,
        now: Way,
    ) -> Result<Answer, Failure> {
        let body = self.store().body_of(&version.revision).await?;
        let of = (&entry.id, &version.revision);
        let files = self.attached_to_text(here, of, &body).await?;
        let own = [&declared.field];
        let own = own
            .into_iter()
            .chain(&declared.note)
            .chain(&declared.compare);
        let own = own.filter_map(|name| Some((name.clone(), body.get(name)?.clone())));
        let text = Entry {
            title: version.title.clone(),
            changed_at: version.at,
            lifted_gates: Vec::new(),
            body: own.collect(),
            ..entry.clone()
        };
        let Answer::Detail(mut detail) = self.detail_of(here, text, &[], files) else {
            return Ok(Answer::NotFound);
        };
        if declared
            .compare
            .iter()
            .any(|it| table::is_in(here.collection, it))
        {
            let table = self.table_of(here.collection, &entry.id, &body).await?;
            detail.table = table.map(|table| table::shown(table, &[]));
        }
        let version = shown(here, declared, entry, version);
        detail.path.clone_from(&version.path);
        detail.head_ways.clear();
        detail.ways.clear();
        let versions = Way {
            path: below(here, entry),
            ..now.clone()
        };
        Ok(Answer::Version(Box::new(VersionText {
            version,
            detail: *detail,
            entry: now,
            versions,
        })))
    }

    async fn compared(
        &self,
        here: &Here<'_>,
        (declared, entry): (&Declared, &Entry),
        (from, to): (&Version, &Version),
    ) -> Result<VersionsCompared, Failure> {
        let former = self.store().body_of(&from.revision).await?;
        let later = self.store().body_of(&to.revision).await?;
        let mut fields = Vec::new();
        let language = here.visit.language.as_str();
        for name in &declared.compare {
            let Some(field) = here.collection.schema.get(name) else {
                continue;
            };
            let changes = match &field.kind {
                FieldKind::Table {} if table::differs(name, &former, &later) => {
                    let bodies = (&former, &later, language);
                    self.compare_tables_of(here.collection, &entry.id, bodies)
                        .await?
                }
                _ => text_changes(here, name, (&former, &later)),
            };
            if !changes.changes.is_empty() {
                fields.push((here.plugin.text(language, &field.label), changes));
            }
        }
        Ok(VersionsCompared {
            from: from.number,
            to: to.number,
            fields,
        })
    }
}

/// The number of a text, where it has one.
pub(crate) fn number(declared: &Declared, body: &Body) -> Option<i64> {
    body.get(&declared.field)?.as_i64().filter(|it| *it > 0)
}

fn below(here: &Here<'_>, entry: &Entry) -> String {
    format!("/{}/{}/{VERSIONS_WORD}", here.section.path, entry.slug)
}

fn shown(here: &Here<'_>, declared: &Declared, entry: &Entry, it: &Version) -> VersionShown {
    VersionShown {
        number: it.number,
        note: it.note.clone(),
        published: it.at.rfc3339_in(&here.visit.zone()),
        is_current: number(declared, &entry.body) == Some(it.number),
        path: format!("{}/{}", below(here, entry), it.number),
    }
}

/// The two versions that are asked for, the former first; an error where one of them is not there.
fn asked<'a>(
    versions: &'a [Version],
    given: &[(String, String)],
) -> Result<Option<(&'a Version, &'a Version)>, ()> {
    let of = |wanted: &str| {
        let found = given.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| {
            let found = versions.iter().find(|it| it.number.to_string() == *value);
            found.ok_or(())
        })
    };
    let [to, from] = PARAMS.map(of);
    let pair = from.transpose()?.zip(to.transpose()?);
    Ok(pair.map(|(one, other)| match one.number <= other.number {
        true => (one, other),
        false => (other, one),
    }))
}

fn text_changes(here: &Here<'_>, name: &str, (former, later): (&Body, &Body)) -> PartChanges {
    let field = here.collection.schema.get(name);
    match field.map(|it| &it.kind) {
        Some(FieldKind::Outline { levels, .. }) => compare_parts(
            &parts(here, levels, former.get(name)),
            &parts(here, levels, later.get(name)),
        ),
        _ => {
            let text = |body: &Body| told(here.plugin, here.collection, body, name);
            whole(&text(former), &text(later))
        }
    }
}

/// A text without parts.
fn whole(former: &Option<String>, later: &Option<String>) -> PartChanges {
    let text = |it: &Option<String>| it.clone().unwrap_or_default();
    let change = || PartChange {
        name: String::new(),
        words: words(&text(former), &text(later)),
    };
    PartChanges {
        changes: (former != later).then(change).into_iter().collect(),
        ..PartChanges::default()
    }
}

/// The parts of a structured text: those within an article are named with it, `Điều 4, khoản 1`.
fn parts(here: &Here<'_>, levels: &Grammar, value: Option<&Value>) -> Vec<Part> {
    let mut open: Vec<(usize, String)> = Vec::new();
    let blocks = value.map(outline::blocks).unwrap_or_default().into_iter();
    let parts = blocks.map(|block| {
        if let Some(level) = levels.level(&block.level) {
            let depth = levels.depth(&block.level);
            let name = here.plugin.text(&here.visit.language, &level.label);
            match level.inside {
                None => open.clear(),
                Some(_) => open.retain(|(outer, _)| *outer < depth),
            }
            let name = match open.is_empty() {
                true => name,
                false => name.to_lowercase(),
            };
            open.push((depth, format!("{name} {}", block.number)));
        }
        let names: Vec<&str> = open.iter().map(|(_, name)| name.as_str()).collect();
        let text = [block.heading.as_str(), block.text.as_str()].into_iter();
        let text: Vec<&str> = text.filter(|it| !it.is_empty()).collect();
        Part {
            name: names.join(", "),
            text: text.join("\n"),
        }
    });
    parts.collect()
}
