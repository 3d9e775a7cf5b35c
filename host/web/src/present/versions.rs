use dinh_portal::shown::{VersionShown, VersionText, Versions, VersionsCompared};
use dinh_portal::{PartChange, PartChanges, Words};
use dinh_render::format::number;
use dinh_render::view::{
    Crumb, DetailPage, FactValue, FilterOption, Link, Notice, Page, Tone, VersionField,
    VersionPart, VersionPick, VersionRow, VersionsDiffer, VersionsPage,
};

use super::revision::part;
use super::setting::Setting;
use crate::links::with_params;

/// Where two versions are compared: the parameters are the portal's.
fn compared_at(path: &str, from: i64, to: i64) -> String {
    let params = [("den", to), ("tu", from)];
    let params = params.map(|(name, number)| (name.to_owned(), number.to_string()));
    with_params(path, &params)
}

fn named(setting: &Setting<'_>, number: i64) -> String {
    setting.texts("versions.version", &[("number", &number.to_string())])
}

/// Versions as lines, the newest first; `path` is where they are compared.
pub(crate) fn rows(
    setting: &Setting<'_>,
    path: &str,
    versions: &[VersionShown],
) -> Vec<VersionRow> {
    let rows = versions.iter().enumerate().map(|(at, it)| VersionRow {
        link: Link::new(named(setting, it.number), &it.path),
        at: FactValue::time(&it.published),
        note: it.note.clone().filter(|note| !note.is_empty()),
        current: it.is_current,
        compare: versions.get(at + 1).map(|before| {
            let number = before.number.to_string();
            let label = setting.texts("versions.with_former", &[("number", &number)]);
            Link::new(label, compared_at(path, before.number, it.number))
        }),
    });
    rows.collect()
}

/// The text of one version.
pub(crate) fn text(setting: &Setting<'_>, shown: VersionText) -> Page<DetailPage> {
    let number = named(setting, shown.version.number);
    let mut page = super::detail::page(setting, shown.detail);
    let body = &mut page.body;
    body.title = format!("{} – {number}", body.title);
    body.outputs = Vec::new();
    body.links = vec![setting.link(&shown.versions)];
    if let [link] = body.links.as_mut_slice() {
        setting.text("versions.all").clone_into(&mut link.label);
    }
    body.back = setting.link(&shown.entry);
    let key = match shown.version.is_current {
        true => "versions.is_current",
        false => "versions.is_former",
    };
    body.notices.push(Notice {
        tone: Tone::Warn,
        text: setting.text(key).to_owned(),
        link: Some(setting.link(&shown.entry)),
    });
    page.frame.title.clone_from(&page.body.title);
    // Below the entry, not beside it.
    if let Some(entry) = page.frame.breadcrumb.last_mut() {
        entry.href = Some(setting.href(&shown.entry));
    }
    page.frame.breadcrumb.push(Crumb {
        label: number,
        href: None,
    });
    page.frame.noindex = true;
    page.frame.share = None;
    page.frame.json_ld = None;
    page.frame.dublin_core = None;
    page
}

/// All versions, two of them compared.
pub(crate) fn page(setting: &Setting<'_>, shown: &Versions) -> Page<VersionsPage> {
    let title = setting.texts("versions.title", &[("title", &shown.entry.label)]);
    let mut frame = setting.section_frame(&shown.section, &title, &[setting.link(&shown.entry)]);
    if let Some(own) = frame.breadcrumb.last_mut() {
        setting.text("versions.heading").clone_into(&mut own.label);
    }
    frame.noindex = shown.compared.is_some();
    frame.canonical = Some(setting.absolute(&shown.path));
    let compared = shown.compared.as_ref();
    // What is offered first is the newest beside the one before it.
    let newest = shown.versions.first().map(|it| it.number);
    let former = shown.versions.get(1).map(|it| it.number);
    let options = |chosen: Option<i64>| {
        let options = shown.versions.iter().map(|it| FilterOption {
            value: it.number.to_string(),
            label: named(setting, it.number),
            count: None,
            selected: Some(it.number) == chosen,
        });
        options.collect()
    };
    let pick = former.map(|_| VersionPick {
        action: shown.path.clone(),
        from: options(compared.map(|it| it.from).or(former)),
        to: options(compared.map(|it| it.to).or(newest)),
    });
    let body = VersionsPage {
        title,
        versions: rows(setting, &shown.path, &shown.versions),
        pick,
        compared: compared.map(|it| differ(setting, it)),
        back: setting.link(&shown.entry),
    };
    Page { frame, body }
}

fn differ(setting: &Setting<'_>, it: &VersionsCompared) -> VersionsDiffer {
    let (from, to) = (it.from.to_string(), it.to.to_string());
    let fields = it.fields.iter().map(|(label, changes)| VersionField {
        label: label.clone(),
        parts: changes
            .changes
            .iter()
            .map(|it| changed(setting, it))
            .collect(),
        same: same(setting, changes),
        cells: cells(setting, changes),
    });
    VersionsDiffer {
        title: setting.texts("versions.compared", &[("from", &from), ("to", &to)]),
        fields: fields.collect(),
    }
}

fn same(setting: &Setting<'_>, changes: &PartChanges) -> Option<String> {
    let count = changes.same.to_string();
    (changes.same > 0).then(|| setting.texts("versions.same", &[("count", &count)]))
}

fn cells(setting: &Setting<'_>, changes: &PartChanges) -> Option<String> {
    let (count, named) = (
        number(changes.cells as u64),
        number(changes.cells_named() as u64),
    );
    let values = [("count", count.as_str()), ("named", named.as_str())];
    (changes.cells > 0).then(|| setting.texts("versions.cells", &values))
}

fn changed(setting: &Setting<'_>, it: &PartChange) -> VersionPart {
    let all = |of: fn(&Words) -> bool| it.words.iter().all(of);
    let became = if all(|it| matches!(it, Words::New(_))) {
        "versions.new"
    } else if all(|it| matches!(it, Words::Gone(_))) {
        "versions.gone"
    } else {
        "versions.changed"
    };
    VersionPart {
        name: it.name.clone(),
        became: setting.text(became).to_owned(),
        words: it.words.iter().map(part).collect(),
    }
}
