use dinh_domain::declaration::VERSIONS_WORD;
use dinh_domain::file_text::TextState;
use dinh_portal::shown::{self, BlockShown, Detail, FactShown};
use dinh_render::format;
use dinh_render::view::{
    Alternate, Article, BelongingList, Block, BlockKind, Credit, DetailPage, Fact, FactValue,
    FileLink, Link, Notice, Page, Relation, RelationGroup, Share, Tone, VersionRow,
};

use super::citation;
use super::fact::{badge, facts, left};
use super::figures;
use super::file_format;
use super::metadata;
use super::row::rows;
use super::setting::{Setting, path};
use super::subscription;
use super::versions;
use crate::{links, percent};

/// The page of one entry.
pub(crate) fn page(setting: &Setting<'_>, detail: Detail) -> Page<DetailPage> {
    let canonical = setting.absolute(&percent::tidy(&detail.path));
    let title = detail.entry.title.clone();
    let links = links(setting, &detail);
    let (figures, figure_links) = figures::on_detail(setting, &detail);
    let notices = notices(setting, &detail);
    let citation = citation::shown(setting, &detail);
    let mut frame = setting.section_frame(&detail.section, &title, &[]);
    let mut dublin_core = metadata::of_entry(&detail.dublin_core);
    if dublin_core.identifier == detail.entry.id.as_str() {
        dublin_core.identifier.clone_from(&canonical);
    }
    frame.description = detail.summary.clone().filter(|summary| !summary.is_empty());
    frame.dublin_core = Some(dublin_core);
    frame.json_ld = thing(setting, &detail, &canonical);
    let akn = detail.has_akn.then(|| format!("{}/akn.xml", detail.path));
    if let Some(akn) = &akn {
        frame.alternates.push(Alternate {
            media_type: "application/akn+xml".to_owned(),
            title: title.clone(),
            href: akn.clone(),
        });
    }
    if let Some(eli) = &detail.eli {
        let mut forms = vec![("text/html", canonical.clone())];
        forms.extend(
            akn.iter()
                .map(|akn| ("application/akn+xml", setting.absolute(akn))),
        );
        let more = metadata::legislation(setting, eli, &title, &forms, &detail.ends);
        frame.json_ld_more = Some(more);
    }
    frame.share = Some(Share {
        published: detail.credit.posted.clone(),
        modified: Some(detail.credit.updated.clone()),
        ..metadata::share(setting, "article")
    });
    frame.canonical = Some(canonical);
    let outputs = outputs(setting, &detail.path, akn.as_deref());
    let back = Link::new(&detail.section.name, path(&detail.section));
    let text = detail.blocks.iter();
    let blocks: Vec<Block> = text.flat_map(|it| blocks(setting, it)).collect();
    let body = DetailPage {
        title,
        summary: detail.summary.clone().filter(|summary| !summary.is_empty()),
        badge: detail.badge.as_ref().map(badge),
        left: detail.left.as_ref().map(|it| left(setting, it)),
        notices,
        facts: with_views(setting, &detail.facts, detail.views),
        files: files(setting, &detail.files),
        article: (!blocks.is_empty()).then(|| Article::new(blocks)),
        relations: detail
            .relations
            .iter()
            .filter_map(|group| relations(setting, group))
            .collect(),
        lists: belonging(setting, &detail.lists),
        figures,
        figure_links,
        versions: kept_versions(setting, &detail),
        citation,
        credit: credit(&detail.credit),
        actions: setting.links(&detail.head_ways),
        links,
        outputs,
        back,
    };
    Page { frame, body }
}

/// Its versions, where there are several.
fn kept_versions(setting: &Setting<'_>, detail: &Detail) -> Vec<VersionRow> {
    let below = format!("{}/{VERSIONS_WORD}", detail.path);
    versions::rows(setting, &below, &detail.versions)
}

/// The entry for search engines, with its table as downloads.
fn thing(setting: &Setting<'_>, detail: &Detail, canonical: &str) -> Option<serde_json::Value> {
    let declared = detail.json_ld.clone()?;
    let mut thing = metadata::thing(setting, declared, canonical, &detail.section, &detail.ends);
    if let Some(shown) = &detail.table {
        metadata::with_table(setting, &mut thing, detail, shown);
    }
    Some(thing)
}

/// The table of facts, and how often the page was read.
fn with_views(setting: &Setting<'_>, shown: &[FactShown], views: Option<u64>) -> Vec<Fact> {
    let views = views.map(format::number);
    let views = views.map(|it| Fact::text(setting.text("detail.views"), it));
    facts(shown).into_iter().chain(views).collect()
}

/// Other pages about it, and the form to be told of its changes.
fn links(setting: &Setting<'_>, detail: &Detail) -> Vec<Link> {
    let mut links = setting.links(&detail.ways);
    if detail.has_subscriptions {
        let key = "subscribe.entry";
        links.push(subscription::link(setting, key, &detail.path, &[]));
    }
    links
}

/// The entry on paper, to keep, for machines.
fn outputs(setting: &Setting<'_>, path: &str, akn: Option<&str>) -> Vec<Link> {
    let own = |key: &str, word: &str| Link::new(setting.texts(key, &[]), format!("{path}/{word}"));
    let mut links = vec![own("detail.print", "ban-in"), own("detail.copy", "ban-luu")];
    links.extend(akn.map(|akn| Link::new(setting.text("detail.akn"), akn)));
    links
}

fn notices(setting: &Setting<'_>, detail: &Detail) -> Vec<Notice> {
    let warning = detail.warning.iter().map(|(text, instead)| Notice {
        tone: Tone::Warn,
        text: text.clone(),
        link: instead.as_ref().map(|way| setting.link(way)),
    });
    warning.chain(lifted(setting, &detail.lifted)).collect()
}

/// Says what an import was allowed to leave out.
fn lifted(setting: &Setting<'_>, lifted: &[String]) -> Vec<Notice> {
    if lifted.is_empty() {
        return Vec::new();
    }
    let missing = lifted.join(", ");
    let text = setting.texts("lifted_gates.text", &[("missing", &missing)]);
    vec![Notice {
        tone: Tone::Warn,
        text,
        link: None,
    }]
}

fn files(setting: &Setting<'_>, shown: &[shown::FileShown]) -> Vec<FileLink> {
    let files = shown.iter().map(|shown| {
        let note = shown.text.and_then(note).map(|key| setting.text(key));
        file(shown, note)
    });
    files.collect()
}

fn file(shown: &shown::FileShown, note: Option<&str>) -> FileLink {
    FileLink {
        note: note.map(str::to_owned),
        name: shown.label.clone(),
        href: file_href(&shown.path),
        format: file_format::format(&shown.path, &shown.media_type),
        size: format::file_size(shown.size_bytes),
        sha256: shown.sha256.clone(),
    }
}

/// The address of a file, from its path as it is: names of files hold whatever they hold.
pub(super) fn file_href(path: &str) -> String {
    let parts: Vec<_> = path.split('/').map(percent::encode).collect();
    parts.join("/")
}

/// What is said of a file whose words are not found; a kind that is never read says nothing.
fn note(state: TextState) -> Option<&'static str> {
    match state {
        TextState::NoText => Some("file.no_text"),
        TextState::Encrypted => Some("file.encrypted"),
        TextState::Broken => Some("file.broken"),
        TextState::Text | TextState::TooLarge | TextState::Unsupported => None,
    }
}

fn relations(setting: &Setting<'_>, group: &shown::RelationGroup) -> Option<RelationGroup> {
    let items = group.items.iter().map(|shown| Relation {
        label: shown.label.clone(),
        href: shown.way.as_ref().map(|way| setting.href(way)),
        note: shown.note.clone().filter(|note| !note.is_empty()),
    });
    let items: Vec<Relation> = items.collect();
    (!items.is_empty()).then(|| RelationGroup {
        label: group.label.clone(),
        items,
    })
}

fn belonging(setting: &Setting<'_>, lists: &[shown::DetailListShown]) -> Vec<BelongingList> {
    lists.iter().map(|it| belonging_list(setting, it)).collect()
}

fn belonging_list(setting: &Setting<'_>, it: &shown::DetailListShown) -> BelongingList {
    let shown = rows(setting, &it.rows);
    let total = it.total.to_string();
    let all = || {
        let href = links::with_params(&it.path, std::slice::from_ref(&it.filter));
        Link::new(setting.texts("detail.all_of", &[("total", &total)]), href)
    };
    BelongingList {
        title: format!("{} ({total})", it.title),
        empty: it.empty.clone(),
        all: (it.total > 0).then(all),
        rows: shown,
    }
}

/// What may be said of a part of the text, and what was.
fn said_of(setting: &Setting<'_>, part: &shown::PartShown) -> Vec<Link> {
    let form = part.form.as_ref().map(|(label, path, of)| {
        let href = links::with_params(path, std::slice::from_ref(of));
        Link::new(format!("{label}: {}", part.name), href)
    });
    let count = part.count.to_string();
    let told = (part.count > 0).then(|| {
        let (path, filters) = &part.list;
        let words = [("count", count.as_str()), ("part", &part.name)];
        Link::new(
            setting.texts("detail.said", &words),
            links::with_params(path, filters),
        )
    });
    form.into_iter().chain(told).collect()
}

/// The time of the last change is shown only where it is not that of posting.
fn credit(shown: &shown::Credit) -> Credit {
    let changed = shown.posted.as_ref() != Some(&shown.updated);
    Credit {
        author: shown.author.clone(),
        source: shown.source.clone(),
        posted: shown.posted.as_deref().map(FactValue::time),
        updated: changed.then(|| FactValue::time(&shown.updated)),
    }
}

/// The heading or first paragraph stands with the number, the other paragraphs follow.
fn blocks(setting: &Setting<'_>, shown: &BlockShown) -> Vec<Block> {
    let said = shown.part.as_ref();
    pieces(shown, said.map(|it| said_of(setting, it)))
}

fn pieces(shown: &BlockShown, said: Option<Vec<Link>>) -> Vec<Block> {
    let kind = kind(shown);
    let mut texts: Vec<&str> = Vec::with_capacity(shown.paragraphs.len() + 1);
    texts.extend(Some(shown.heading.as_str()).filter(|heading| !heading.is_empty()));
    texts.extend(
        shown
            .paragraphs
            .iter()
            .map(String::as_str)
            .filter(|text| !text.is_empty()),
    );
    let is_heading = kind <= BlockKind::Article;
    // A heading without words of its own keeps its number apart from the paragraphs below it.
    let own = if is_heading && shown.heading.is_empty() || texts.is_empty() {
        ""
    } else {
        texts.remove(0)
    };
    let first = Block {
        kind,
        anchor: Some(shown.anchor.clone()).filter(|anchor| !anchor.is_empty()),
        label: shown.label.clone(),
        text: own.to_owned(),
        said: said.unwrap_or_default(),
    };
    let follow = texts.into_iter().map(|text| Block {
        kind: BlockKind::Paragraph,
        anchor: None,
        label: String::new(),
        text: text.to_owned(),
        said: Vec::new(),
    });
    std::iter::once(first)
        .filter(|block| !block.label.is_empty() || !block.text.is_empty())
        .chain(follow)
        .collect()
}

/// By the level's name where the theme has a style for it, or else by its place.
fn kind(shown: &BlockShown) -> BlockKind {
    match (shown.level.as_str(), shown.outer, shown.depth) {
        ("", _, _) => BlockKind::Paragraph,
        ("part", true, _) => BlockKind::Part,
        ("chapter", true, _) => BlockKind::Chapter,
        ("section", true, _) => BlockKind::Section,
        ("subsection", true, _) => BlockKind::Subsection,
        ("article", true, _) => BlockKind::Article,
        ("clause", false, _) => BlockKind::Clause,
        ("point", false, _) => BlockKind::Point,
        (_, true, 0) => BlockKind::Part,
        (_, true, 1) => BlockKind::Chapter,
        (_, true, 2) => BlockKind::Section,
        (_, true, 3) => BlockKind::Subsection,
        (_, true, _) => BlockKind::Article,
        (_, false, _) => BlockKind::Clause,
    }
}

#[cfg(test)]
mod tests;
