//! From an entry and its declaration to Akoma Ntoso.

use dinh_domain::declaration::{Akn, FieldKind};
use dinh_domain::display;
use dinh_domain::outline;
use dinh_domain::vietnamese::slugify;
use dinh_render::akn::{Act, Named, Piece, Structure};
use serde_json::Value;

use super::{Here, detail};
use crate::shown::{AknShown, Detail};

/// Longest part of an address in the document, in characters.
const PART_CHARS_MAX: usize = 120;

/// The document without the addresses that only `web` knows; none where the collection declares none.
pub(super) fn act(here: &Here<'_>, detail: &Detail) -> Option<AknShown> {
    let akn = here.collection.view.akn.as_ref()?;
    let entry = &detail.entry;
    let text = |name: &String| {
        let value = entry.body.get(name).and_then(Value::as_str);
        value.unwrap_or_default().trim().to_owned()
    };
    let text_of = |name: &Option<String>| name.as_ref().map(text).unwrap_or_default();
    let date_of = |name: &Option<String>| Some(text_of(name)).filter(|date| !date.is_empty());
    let zone = here.visit.zone();
    let posted = entry.first_published_at.unwrap_or(entry.changed_at);
    let posted_on = posted.date_in(&zone).to_string();
    let issued = Some(text(&akn.date)).filter(|date| !date.is_empty());
    let (author, number) = (text(&akn.author), text(&akn.number));
    let (declaration, language) = (&here.plugin.declaration, &here.visit.language);
    let kind = display::field(
        declaration,
        here.collection,
        &entry.body,
        &akn.kind,
        language,
    );
    let subjects = akn.subjects.as_ref().and_then(|name| entry.body.get(name));
    let subjects = subjects.and_then(Value::as_array).into_iter().flatten();
    let act = Act {
        country: akn.country.clone(),
        language: akn.language.clone(),
        kind: Named {
            id: text(&akn.kind),
            name: kind.unwrap_or_default(),
        },
        number_slug: slugify(&number, PART_CHARS_MAX),
        number,
        title: text(&akn.title),
        author: Named {
            id: slugify(&author, PART_CHARS_MAX),
            name: author,
        },
        signer: text_of(&akn.signer),
        signer_role: text_of(&akn.signer_role),
        date_name: if issued.is_some() { "issued" } else { "posted" },
        date: issued.unwrap_or_else(|| posted_on.clone()),
        in_force_from: date_of(&akn.in_force_from),
        in_force_until: date_of(&akn.in_force_until),
        posted_on,
        changed_on: entry.changed_at.date_in(&zone).to_string(),
        subjects: subjects
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        publisher: Named {
            id: String::new(),
            name: here.visit.organisation.name.clone(),
        },
        text: structure(here, akn, entry.body.get(&akn.text)),
        ..Act::default()
    };
    Some(AknShown {
        act,
        path: detail.path.clone(),
        eli: detail.eli.as_ref().map(|eli| eli.local.clone()),
        ends: detail.ends.clone(),
    })
}

/// What stands before the first level is the preamble, where there is a level at all.
fn structure(here: &Here<'_>, akn: &Akn, value: Option<&Value>) -> Structure {
    let field = here.collection.schema.get(&akn.text).map(|it| &it.kind);
    let (Some(FieldKind::Outline { levels, .. }), Some(value)) = (field, value) else {
        return Structure::default();
    };
    let blocks = outline::blocks(value);
    let first = blocks.iter().position(|block| !block.level.is_empty());
    let (before, after) = blocks.split_at(first.unwrap_or(0));
    let is_citation = |line: &str| akn.citation.as_ref().is_some_and(|it| it.0.is_match(line));
    let lines = before
        .iter()
        .flat_map(|block| std::iter::once(block.heading.as_str()).chain(block.text.lines()));
    let pieces = after.iter().map(|block| {
        let level = levels.level(&block.level);
        Piece {
            depth: levels.depth(&block.level),
            element: akn.levels.get(&block.level).map(|it| it.names()),
            outer: level.is_some_and(|level| level.inside.is_none())
                && level.is_some_and(|level| is_numbered_through(here, akn, &level.id)),
            number: if level.is_some() {
                slugify(&block.number, PART_CHARS_MAX)
            } else {
                String::new()
            },
            label: detail::label(here, level, &block.number),
            heading: block.heading.clone(),
            paragraphs: block.text.lines().map(str::to_owned).collect(),
        }
    });
    Structure {
        preamble: lines
            .filter(|line| !line.is_empty())
            .map(|line| (line.to_owned(), is_citation(line)))
            .collect(),
        pieces: pieces.collect(),
    }
}

/// Whether a level's numbers run through the whole text: those inside which others are declared to
/// lie do (articles), the ones around them begin anew (sections in each chapter).
fn is_numbered_through(here: &Here<'_>, akn: &Akn, id: &str) -> bool {
    let field = here.collection.schema.get(&akn.text).map(|it| &it.kind);
    let Some(FieldKind::Outline { levels, .. }) = field else {
        return false;
    };
    levels
        .ids()
        .filter_map(|other| levels.level(other)?.inside.as_deref())
        .any(|inside| inside == id)
}
