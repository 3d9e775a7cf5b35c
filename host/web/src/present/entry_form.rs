use dinh_domain::entry_form::{FIELD_PREFIX, TypedEdge, TypedField, TypedFile};
use dinh_portal::{Beginning, EntryField, EntryForm, EntryInput, FormOf, Meanwhile};
use dinh_render::view::{
    BeginKind, BeginPage, BeginSite, EntryFormCell, EntryFormField, EntryFormFound, EntryFormItem,
    EntryFormPage, Fact, FactValue, HiddenField, Link, MeanwhileShown, Page, PluginFormChoice,
};

use super::desk::{crumb, entry_path};
use super::file_format;
use super::setting::Setting;
use super::sign_in::hidden;
use crate::percent;
use crate::routes::DESK;

/// The button that sent a form, and the field of its source.
pub(crate) const BUTTON: &str = "viec";
/// The revision that a form began from.
pub(crate) const BASE: &str = "ban";
/// The source to name.
pub(crate) const SOURCE: &str = "nguon";
/// Buttons: one more row, look for an edge's other end, take one that was found.
pub(crate) const MORE: &str = "them";
pub(crate) const FIND: &str = "tim";
pub(crate) const TAKE: &str = "lay";
/// Ends the name of the input for new files.
pub(crate) const NEW_FILES: &str = ".new";
/// Empty rows that a list begins with, and gets when more are asked for.
const EMPTY_ROWS: usize = 1;
const MORE_ROWS: usize = 3;
/// Height of texts, in lines.
const TEXT_ROWS: u32 = 6;
const OUTLINE_ROWS: u32 = 24;
/// Longest source, in characters.
const SOURCE_CHARS: usize = 500;

/// What may be begun.
pub(crate) fn begin(setting: &Setting<'_>, beginnings: &[Beginning]) -> Page<BeginPage> {
    let mut sites: Vec<BeginSite> = Vec::new();
    for it in beginnings {
        let (plugin, collection) = (it.collection.plugin(), it.collection.name());
        let path = format!("{DESK}/soan/{}/{plugin}/{collection}", it.site);
        let link = BeginKind {
            one: Link::new(it.kind.clone(), path),
            many: super::batch::link(setting, it),
        };
        match sites.last_mut().filter(|last| last.name == it.site_name) {
            Some(site) => site.kinds.push(link),
            None => sites.push(BeginSite {
                name: it.site_name.clone(),
                kinds: vec![link],
            }),
        }
    }
    let title = setting.text("write.begin").to_owned();
    let mut frame = setting.lone_frame(&title);
    frame.noindex = true;
    frame.breadcrumb.insert(0, crumb(setting));
    Page {
        frame,
        body: BeginPage { title, sites },
    }
}

/// Where the form of an entry is.
pub(crate) fn form_path(of: &FormOf) -> String {
    match of {
        FormOf::Known(id) => format!("{}/sua", entry_path(id.as_str())),
        FormOf::New { site, collection } => {
            let (plugin, name) = (collection.plugin(), collection.name());
            format!("{DESK}/soan/{site}/{plugin}/{name}")
        }
    }
}

/// The form; `faults` are what is wrong with the sending and not with the text, `alike` how many others may have the
/// same answer, and whether they shall.
pub(crate) fn page(
    setting: &Setting<'_>,
    form: &EntryForm,
    (faults, alike): (Vec<String>, (usize, bool)),
) -> Page<EntryFormPage> {
    let title = match (&form.answer, &form.title) {
        (Some(answer), Some(title)) => format!("{answer}: {title}"),
        (_, Some(title)) => setting.texts("write.edit", &[("title", title)]),
        (_, None) => setting.texts("write.new", &[("kind", &form.kind)]),
    };
    let back = match &form.of {
        FormOf::Known(id) => entry_path(id.as_str()),
        FormOf::New { .. } => DESK.to_owned(),
    };
    let base = form.revision.as_ref();
    let hidden: Vec<HiddenField> = base
        .map(|it| hidden(BASE, it.as_str()))
        .into_iter()
        .collect();
    let mut fields: Vec<EntryFormField> = form
        .fields
        .iter()
        .map(|it| field(setting, form, it))
        .collect();
    fields.extend(form.source.as_ref().map(|typed| {
        let field = EntryFormField {
            name: SOURCE.to_owned(),
            id: SOURCE.to_owned(),
            kind: "line",
            keyboard: "text",
            label: setting.text("write.source").to_owned(),
            help: Some(setting.text("write.source_help").to_owned()),
            max_chars: Some(SOURCE_CHARS),
            typed: typed.clone(),
            ..EntryFormField::default()
        };
        field.described()
    }));
    let wrong = fields.iter().filter(|it| !it.faults.is_empty()).count();
    let mut all = form.faults.clone();
    all.extend(faults);
    if wrong > 0 {
        all.insert(
            0,
            setting.texts("write.wrong", &[("count", &wrong.to_string())]),
        );
    }
    let mut frame = setting.lone_frame(&title);
    frame.noindex = true;
    frame.breadcrumb.insert(0, crumb(setting));
    let count = alike.0.to_string();
    let label = || setting.texts("send.answer_alike", &[("count", &count)]);
    let body = EntryFormPage {
        alike: (alike.0 > 0).then(label),
        alike_ticked: alike.1,
        title,
        facts: facts(setting, form),
        faults: all,
        meanwhile: form.meanwhile.as_ref().map(|it| meanwhile(setting, it)),
        save_help: match &form.answer {
            Some(_) => setting.text("write.answer_help").to_owned(),
            None => setting.text("write.save_help").to_owned(),
        },
        action: form_path(&form.of),
        hidden,
        fields,
        back: Link::new(setting.text("write.back"), back),
    };
    Page { frame, body }
}

/// Where it stands; and what a citizen sent, where this answers it.
fn facts(setting: &Setting<'_>, form: &EntryForm) -> Vec<Fact> {
    let place = [("desk.site", &form.site), ("desk.kind", &form.kind)];
    let place = place.map(|(key, value)| Fact::text(setting.text(key), value.clone()));
    let sent = form.answered.iter();
    let sent = sent.map(|(label, value)| Fact::text(label, value.clone()));
    place.into_iter().chain(sent).collect()
}

fn meanwhile(setting: &Setting<'_>, it: &Meanwhile) -> MeanwhileShown {
    let at = FactValue::time(&it.at.rfc3339_in(&setting.visit.zone())).text;
    let taken = it.taken.join("; ");
    let both = it.both.iter();
    MeanwhileShown {
        text: setting.texts("write.meanwhile", &[("who", &it.by), ("at", &at)]),
        taken: (!taken.is_empty()).then(|| setting.texts("write.taken", &[("fields", &taken)])),
        both: both
            .map(|(label, words)| Fact::text(label.clone(), words.clone()))
            .collect(),
    }
}

fn field(setting: &Setting<'_>, form: &EntryForm, it: &EntryField) -> EntryFormField {
    let text = |key: &'static str| Some(setting.text(key).to_owned());
    let (kind, keyboard, rows, help) = match it.input {
        EntryInput::Line => ("line", "text", 0, None),
        EntryInput::Text => ("text", "text", TEXT_ROWS, None),
        EntryInput::Outline => ("text", "text", OUTLINE_ROWS, text("write.outline_help")),
        EntryInput::Date => ("line", "text", 0, text("write.date_help")),
        EntryInput::Instant => ("line", "text", 0, text("write.instant_help")),
        EntryInput::Integer => ("line", "numeric", 0, None),
        EntryInput::Choice => ("choice", "text", 0, None),
        EntryInput::Lines => ("lines", "text", 0, text("write.lines_help")),
        EntryInput::Rows => ("rows", "text", 0, text("write.rows_help")),
        EntryInput::Edges => ("edges", "text", 0, text("write.edges_help")),
        EntryInput::Files => ("files", "text", 0, Some(files_help(setting, it))),
        EntryInput::Table => ("table", "text", 0, Some(table_help(setting, it))),
    };
    let items = items(form, it);
    let is_full = it.max_items.is_some_and(|max| items.len() >= max);
    let is_list = matches!(
        it.input,
        EntryInput::Lines | EntryInput::Rows | EntryInput::Edges
    );
    // What is wrong with a row stands beside it, where there is one.
    let own = it.faults.iter();
    let own = own.filter(|(row, _)| row.is_none_or(|row| row >= items.len()));
    let field = EntryFormField {
        name: format!("{FIELD_PREFIX}{}", it.name),
        id: it.name.clone(),
        kind,
        label: it.label.clone(),
        help,
        needed: it.needed,
        max_chars: it.max_chars,
        keyboard,
        rows,
        typed: match &it.typed {
            TypedField::One(typed) => typed.clone(),
            _ => String::new(),
        },
        choices: match &it.typed {
            TypedField::One(typed) => choices(it, typed),
            _ => Vec::new(),
        },
        accept: it.media_types.join(","),
        more: (is_list && !is_full).then(|| format!("{MORE}:{}", it.name)),
        faults: own.map(|(_, words)| words.clone()).collect(),
        items,
        link: match (it.input, &form.of) {
            (EntryInput::Table, FormOf::Known(id)) => {
                let path = super::sheet::path(id.as_str());
                Some(Link::new(setting.text("write.table_go"), path))
            }
            _ => None,
        },
        described_by: None,
    };
    field.described()
}

/// Whether there is a table; how one is made.
fn table_help(setting: &Setting<'_>, it: &EntryField) -> String {
    let there = match &it.typed {
        TypedField::One(hash) if !hash.is_empty() => "write.table_there",
        _ => "write.table_none",
    };
    format!(
        "{} {}",
        setting.text(there),
        setting.text("write.table_help")
    )
}

fn files_help(setting: &Setting<'_>, it: &EntryField) -> String {
    let formats = it.media_types.iter().map(|media| file_format::known(media));
    let formats = formats.collect::<Vec<_>>().join(", ");
    setting.texts("write.files_help", &[("formats", &formats)])
}

fn choices(it: &EntryField, typed: &str) -> Vec<PluginFormChoice> {
    let choices = it.choices.iter().map(|(id, label)| PluginFormChoice {
        value: id.clone(),
        label: label.clone(),
        selected: id == typed,
    });
    choices.collect()
}

fn items(form: &EntryForm, it: &EntryField) -> Vec<EntryFormItem> {
    let empty = if it.more { MORE_ROWS } else { EMPTY_ROWS };
    let room = |len: usize| {
        it.max_items
            .map_or(empty, |max| empty.min(max.saturating_sub(len)))
    };
    let mut items: Vec<EntryFormItem> = match &it.typed {
        TypedField::One(_) => Vec::new(),
        TypedField::Lines(lines) => {
            let empty = std::iter::repeat_n(String::new(), room(lines.len()));
            let lines = lines.iter().cloned().chain(empty);
            lines
                .map(|typed| EntryFormItem {
                    typed,
                    ..EntryFormItem::default()
                })
                .collect()
        }
        TypedField::Rows(rows) => {
            let empty = std::iter::repeat_n(Vec::new(), room(rows.len()));
            let rows = rows.iter().cloned().chain(empty).enumerate();
            rows.map(|(row, cells)| EntryFormItem {
                cells: cells_of(it, row, cells),
                ..EntryFormItem::default()
            })
            .collect()
        }
        TypedField::Edges(edges) => {
            let empty = std::iter::repeat_n(TypedEdge::default(), room(edges.len()));
            let edges = edges.iter().cloned().chain(empty).enumerate();
            edges.map(|(row, typed)| edge(it, row, typed)).collect()
        }
        TypedField::Files(files) => files.iter().map(|typed| file(form, typed)).collect(),
    };
    for (row, item) in items.iter_mut().enumerate() {
        item.number = row + 1;
        let own = it.faults.iter().filter(|(at, _)| *at == Some(row));
        item.faults = own.map(|(_, words)| words.clone()).collect();
    }
    items
}

/// The inputs of a row of a table.
fn cells_of(it: &EntryField, row: usize, typed: Vec<String>) -> Vec<EntryFormCell> {
    let mut typed = typed.into_iter();
    let cells = it.columns.iter().map(|column| EntryFormCell {
        name: format!("{FIELD_PREFIX}{}.{}", it.name, column.name),
        id: format!("o-{}-{}-{}", it.name, column.name, row + 1),
        label: column.label.clone(),
        needed: column.needed,
        keyboard: if column.is_number { "numeric" } else { "text" },
        max_chars: column.max_chars,
        typed: typed.next().unwrap_or_default(),
    });
    cells.collect()
}

fn edge(it: &EntryField, row: usize, typed: TypedEdge) -> EntryFormItem {
    let found = it.found.as_ref().filter(|found| found.row == row);
    let targets = found.into_iter().flat_map(|found| &found.targets);
    EntryFormItem {
        choices: choices(it, &typed.kind),
        find: format!("{FIND}:{}:{row}", it.name),
        looked: found.is_some(),
        found: targets
            .map(|(code, title)| EntryFormFound {
                value: format!("{TAKE}:{}:{row}:{code}", it.name),
                label: title.clone(),
            })
            .collect(),
        typed: typed.target,
        label: typed.label,
        ..EntryFormItem::default()
    }
}

fn file(form: &EntryForm, typed: &TypedFile) -> EntryFormItem {
    let is_saved = form.saved_files.contains(&typed.file);
    let path = match &form.of {
        FormOf::Known(id) if is_saved => Some(file_path(id.as_str(), &typed.file, &typed.name)),
        _ => None,
    };
    EntryFormItem {
        typed: typed.name.clone(),
        label: typed.label.clone(),
        file: typed.file.clone(),
        link: path.map(|path| Link::new(typed.name.clone(), path)),
        gone: typed.is_removed,
        ..EntryFormItem::default()
    }
}

/// Where staff read a file of an entry that is not public.
pub(crate) fn file_path(entry: &str, file: &str, name: &str) -> String {
    format!("{}/tep/{file}/{}", entry_path(entry), percent::encode(name))
}
