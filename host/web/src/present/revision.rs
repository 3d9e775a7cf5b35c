use dinh_domain::ids::EntryId;
use dinh_portal::shown::Detail;
use dinh_portal::{RevisionShown, Words};
use dinh_render::view::{
    ChangePart, DetailPage, Fact, FactValue, FieldChange, Link, Notice, Page, RevisionPage,
    RevisionRow, Tone,
};

use super::desk::{crumb, entry_path};
use super::setting::Setting;

/// Path of a revision's page.
pub(crate) fn revision_path(id: &str, number: i64) -> String {
    format!("{}/ban/{number}", entry_path(id))
}

/// A revision, compared.
pub(crate) fn page(
    setting: &Setting<'_>,
    (id, number): (&EntryId, i64),
    shown: &RevisionShown,
    faults: Vec<String>,
) -> Page<RevisionPage> {
    let zone = setting.visit.zone();
    let time = |at: dinh_domain::dates::Instant| FactValue::time(&at.rfc3339_in(&zone));
    let number_text = number.to_string();
    let values = [
        ("number", number_text.as_str()),
        ("title", shown.title.as_str()),
    ];
    let title = setting.texts("write.revision_title", &values);
    let against = shown.against.map(|it| it.to_string());
    let against = against.map(|it| setting.texts("write.against", &[("number", &it)]));
    let changes = shown.changes.iter().map(|(label, words)| FieldChange {
        label: label.clone(),
        parts: words.iter().map(part).collect(),
    });
    let revisions = shown.revisions.iter().map(|line| {
        let number = line.number.to_string();
        let label = setting.texts("write.revision", &[("number", &number)]);
        RevisionRow {
            link: Link::new(label, revision_path(id.as_str(), line.number)),
            at: time(line.at),
            who: line.by.clone(),
            current: line.id == shown.line.id,
        }
    });
    let text = shown.text.iter();
    let mut frame = setting.lone_frame(&title);
    frame.noindex = true;
    frame.breadcrumb.insert(0, crumb(setting));
    let body = RevisionPage {
        title,
        facts: vec![
            Fact::values(setting.text("write.made"), vec![time(shown.line.at)]),
            Fact::text(setting.text("write.by"), shown.line.by.clone()),
        ],
        against,
        changes: changes.collect(),
        text: text
            .map(|(label, words)| Fact::text(label.clone(), words.clone()))
            .collect(),
        revisions: revisions.collect(),
        restore: shown
            .may_restore
            .then(|| revision_path(id.as_str(), number)),
        newest: shown.newest.to_string(),
        faults,
        back: Link::new(setting.text("write.to_entry"), entry_path(id.as_str())),
    };
    Page { frame, body }
}

pub(super) fn part(words: &Words) -> ChangePart {
    let (text, gone, new) = match words {
        Words::Same(text) => (text, false, false),
        Words::Gone(text) => (text, true, false),
        Words::New(text) => (text, false, true),
    };
    ChangePart {
        text: text.clone(),
        gone,
        new,
    }
}

/// The page of an entry on its own site, with a word that it is not public.
pub(crate) fn preview(setting: &Setting<'_>, id: &EntryId, detail: Detail) -> Page<DetailPage> {
    let mut page = super::detail::page(setting, detail);
    page.frame.noindex = true;
    page.frame.canonical = None;
    page.frame.share = None;
    page.body.outputs = Vec::new();
    page.body.links = Vec::new();
    page.body.back = Link::new(setting.text("write.to_entry"), entry_path(id.as_str()));
    page.body.notices.insert(
        0,
        Notice {
            tone: Tone::Warn,
            text: setting.text("write.preview").to_owned(),
            link: Some(Link::new(
                setting.text("write.to_entry"),
                entry_path(id.as_str()),
            )),
        },
    );
    page
}
