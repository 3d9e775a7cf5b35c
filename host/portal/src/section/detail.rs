//! The page of one entry, from the declaration, without running code.

use dinh_domain::declaration::{FieldKind, Level};
use dinh_domain::display;
use dinh_domain::entry::Entry;
use dinh_domain::index;
use dinh_domain::outline;
use dinh_domain::visibility::Actor;
use dinh_store::FoundLink;

use super::attached::Attached;
use super::metadata::Source;
use super::{Here, facts, left};
use crate::failure::Failure;
use crate::portal::Portal;
use crate::shown::{
    Answer, Badge, BlockShown, Credit, Detail, FileShown, Left, RelationGroup, RelationShown,
    Shown, Way,
};

impl Portal {
    pub(crate) async fn detail(
        &self,
        here: &Here<'_>,
        entry: Entry,
        links: &[FoundLink],
    ) -> Result<Answer, Failure> {
        let files = self.attached(here, &entry).await?;
        let files = files.into_iter().map(shown_file).collect();
        let lists = self.belonging(here, &entry).await?;
        let versions = self.version_lines(here, &entry).await?;
        let mut answer = self.detail_of(here, entry, links, files);
        if let Answer::Detail(detail) = &mut answer {
            lists.put(here, detail);
            detail.versions = versions;
        }
        Ok(answer)
    }

    /// The page of any text of an entry, with the files that whoever asks may have.
    pub(crate) fn detail_of(
        &self,
        here: &Here<'_>,
        entry: Entry,
        links: &[FoundLink],
        files: Vec<FileShown>,
    ) -> Answer {
        let visit = here.visit;
        let source = Source {
            plugin: here.plugin,
            collection: here.collection,
            entry: &entry,
            visit,
        };
        let (dublin_core, json_ld) = (source.dublin_core(), source.json_ld());
        let (ends, eli) = (source.ends(links), source.eli());
        let dataset = source.dataset();
        let facts = &here.collection.view.detail.facts;
        let zone = visit.zone();
        let language = &visit.language;
        let lifted = entry
            .lifted_gates
            .iter()
            .filter(|gate| !entry.body.contains_key(*gate));
        let lifted = lifted.filter_map(|gate| here.collection.schema.get(gate));
        let warning = self.warning(here, &entry, links);
        Answer::Detail(Box::new(Detail {
            section: here.section.clone(),
            path: format!("/{}/{}", here.section.path, entry.slug),
            summary: summary(here, &entry),
            badge: badge(here, &entry),
            left: lasts(here, &entry),
            warning: warning.clone(),
            facts: facts::of_body(here.plugin, here.collection, &entry.body, facts, visit),
            blocks: blocks(here, &entry),
            relations: self.relation_groups(here, links),
            files,
            credit: Credit {
                author: entry.author.clone(),
                source: entry.source.clone(),
                posted: entry.first_published_at.map(|at| at.rfc3339_in(&zone)),
                updated: entry.changed_at.rfc3339_in(&zone),
            },
            lifted: lifted
                .map(|field| here.plugin.text(language, &field.label))
                .collect(),
            head_ways: match warning {
                Some(_) => Vec::new(),
                None => super::head_ways(here, entry.slug.as_str()),
            }
            .into_iter()
            .chain(super::open_forms(here, &entry))
            .collect(),
            ways: super::detail_ways(here, entry.slug.as_str()),
            dublin_core,
            json_ld,
            ends,
            eli,
            views: None,
            // What only staff are shown nobody subscribes to.
            has_subscriptions: self.sends_mail() && matches!(here.visit.actor, Actor::Visitor),
            has_akn: here.collection.view.akn.is_some(),
            citation: here.collection.view.citation.clone(),
            lists: Vec::new(),
            table: None,
            dataset,
            versions: Vec::new(),
            entry,
        }))
    }
}

pub(super) fn shown_file(attached: Attached) -> FileShown {
    let file = attached.file;
    FileShown {
        text: attached.read,
        label: attached.label,
        path: format!("/tep/{}/{}", file.id, file.name),
        media_type: file.media_type,
        size_bytes: u64::try_from(file.size_bytes).unwrap_or_default(),
        sha256: file.hash,
    }
}

fn summary(here: &Here<'_>, entry: &Entry) -> Option<String> {
    let name = here.collection.view.summary.as_ref()?;
    entry.body.get(name)?.as_str().map(str::to_owned)
}

fn badge(here: &Here<'_>, entry: &Entry) -> Option<Badge> {
    let name = here.collection.view.list.badge.as_ref()?;
    let now = here.visit.local;
    let (id, _) = index::effective_choice(here.collection, &entry.body, name, now);
    match facts::choice(here.plugin, here.collection, name, &id?, here.visit) {
        Shown::Badge(badge) => Some(badge),
        _ => None,
    }
}

fn lasts(here: &Here<'_>, entry: &Entry) -> Option<Left> {
    let name = here.collection.view.list.badge.as_ref()?;
    let now = here.visit.local;
    let (id, until) = index::effective_choice(here.collection, &entry.body, name, now);
    left::left((here.plugin, here.collection), &id?, until, here.visit)
}

fn blocks(here: &Here<'_>, entry: &Entry) -> Vec<BlockShown> {
    let mut shown = Vec::new();
    for (name, field) in &here.collection.schema {
        let (
            FieldKind::Outline {
                levels: grammar, ..
            },
            Some(value),
        ) = (&field.kind, entry.body.get(name))
        else {
            continue;
        };
        let blocks = outline::blocks(value);
        let anchors = grammar.anchors(&blocks);
        for (block, anchor) in blocks.into_iter().zip(anchors) {
            let level = grammar.level(&block.level);
            let outer = level.is_some_and(|level| level.inside.is_none());
            let label = label(here, level, &block.number);
            shown.push(BlockShown {
                depth: grammar.depth(&block.level),
                level: block.level,
                outer,
                label,
                heading: block.heading,
                paragraphs: block.text.lines().map(str::to_owned).collect(),
                anchor,
                part: None,
            });
        }
    }
    shown
}

/// A block's number as people read it: `Điều 4.`, `2.`, `a)`.
pub(crate) fn label(here: &Here<'_>, level: Option<&Level>, number: &str) -> String {
    match level {
        None => String::new(),
        Some(level) if level.inside.is_none() => {
            let name = here.plugin.text(&here.visit.language, &level.label);
            format!("{name} {number}.")
        }
        Some(_) if number.chars().all(|c| c.is_ascii_digit()) => format!("{number}."),
        Some(_) => format!("{number})"),
    }
}

impl Portal {
    fn relation_groups(&self, here: &Here<'_>, links: &[FoundLink]) -> Vec<RelationGroup> {
        let mut groups: Vec<RelationGroup> = Vec::new();
        for found in links {
            let Some(label) = self.edge_name(here, found) else {
                continue;
            };
            let item = relation(here, found);
            match groups.iter_mut().find(|group| group.label == label) {
                Some(group) => group.items.push(item),
                None => groups.push(RelationGroup {
                    label: label.to_owned(),
                    items: vec![item],
                }),
            }
        }
        groups
    }

    /// What an edge is called, seen from the entry that is shown: its own collection names those it holds, the
    /// other's those that lead to it.
    pub(crate) fn edge_name<'a>(&'a self, here: &Here<'a>, found: &FoundLink) -> Option<&'a str> {
        let link = &found.link;
        let (plugin, collection) = match &found.other {
            Some(other) if !link.outgoing => self.plugins().collection(&other.collection)?,
            _ => (here.plugin, here.collection),
        };
        let field = collection.schema.get(&link.field)?;
        let kind = plugin.declaration.list_of(field)?.get(&link.kind)?;
        let language = &here.visit.language;
        Some(match link.outgoing {
            true => kind.name(language),
            false => kind.inverse(language),
        })
    }

    /// What stands above an entry in its state, with what stands in its place.
    fn warning(
        &self,
        here: &Here<'_>,
        entry: &Entry,
        links: &[FoundLink],
    ) -> Option<(String, Option<Way>)> {
        let name = here.collection.view.list.badge.as_ref()?;
        let now = here.visit.local;
        let (id, changes) = index::effective_choice(here.collection, &entry.body, name, now);
        if let Some(changes) = changes {
            // A page with this state is good until it becomes another one.
            let at = changes.instant_in(&here.visit.zone());
            here.visit.reads.good_until(at);
        }
        let list = here
            .plugin
            .declaration
            .list_of(here.collection.schema.get(name)?)?;
        let state = list.get(&id?)?;
        let words = state.warning(&here.visit.language)?;
        let text = display::pattern(
            &here.plugin.declaration,
            here.collection,
            &entry.body,
            words,
            &here.visit.language,
        );
        // What another collection or another site says of this entry does not speak for it.
        let is_own = |it: &&FoundLink| {
            let other = it.other.as_ref();
            other.is_some_and(|other| other.collection == here.id && other.site == entry.site)
        };
        let is_it = |it: &&FoundLink| {
            !it.link.outgoing && state.instead.as_ref() == Some(&it.link.kind) && is_own(it)
        };
        let instead = links.iter().find(is_it);
        Some((text, instead.and_then(|found| relation(here, found).way)))
    }
}

fn relation(here: &Here<'_>, found: &FoundLink) -> RelationShown {
    let link = &found.link;
    let named = if link.label.is_empty() {
        &link.code
    } else {
        &link.label
    };
    let other = found.other.as_ref();
    let label = other.map_or(named, |other| &other.title).clone();
    let way = other.and_then(|other| {
        here.visit
            .way(&other.site, &other.collection, other.slug.as_str(), &label)
    });
    let note = (way.is_some() && !link.label.is_empty() && link.label != label)
        .then(|| link.label.clone());
    RelationShown { label, way, note }
}
