//! The page on which an uploaded spreadsheet becomes a table of figures.

use dinh_domain::table::layout::{Given, Layout, MAX_HEADINGS};
use dinh_domain::table::number::DecimalMark;
use dinh_domain::table::{ROLES, Role};
use dinh_portal::{Found, TableForm, letters};
use dinh_render::view::{
    Crumb, FigureChoice, Link, Page, Sheet, SheetCell, SheetDimension, SheetPage, SheetRow,
};

use super::desk::{crumb, entry_path};
use super::figures;
use super::setting::Setting;

/// Path of the page of an entry.
pub(crate) fn path(entry: &str) -> String {
    format!("{}/bang", entry_path(entry))
}

/// The page, with what somebody has said so far.
pub(crate) fn page(setting: &Setting<'_>, form: &TableForm) -> Page<SheetPage> {
    let title = setting.texts("sheet.title", &[("title", &form.title)]);
    let mut frame = setting.lone_frame(&title);
    frame.noindex = true;
    let entry = entry_path(form.entry.as_str());
    let own = Crumb {
        label: form.title.clone(),
        href: Some(entry.clone()),
    };
    frame.breadcrumb.insert(0, own);
    frame.breadcrumb.insert(0, crumb(setting));
    let body = SheetPage {
        title,
        faults: form.faults.clone(),
        action: path(form.entry.as_str()),
        base: form.revision.to_string(),
        sheet: form.file.as_ref().map(|file| sheet(setting, form, file)),
        back: Link::new(&form.title, entry),
    };
    Page { frame, body }
}

fn sheet(setting: &Setting<'_>, form: &TableForm, (file, name): &(String, String)) -> Sheet {
    let layout = form
        .layout
        .clone()
        .unwrap_or_else(|| first_layout(setting, &form.rows));
    let (count, shown) = (form.wrong.to_string(), form.cells.len().to_string());
    let wrong = || setting.texts("sheet.wrong", &[("count", &count), ("shown", &shown)]);
    let width = form.rows.iter().map(Vec::len).max().unwrap_or_default();
    let (rows, columns) = (form.size.0.to_string(), form.size.1.to_string());
    let is_cut = form.size.0 > form.rows.len() || form.size.1 > width;
    let rest = || setting.texts("sheet.rest", &[("rows", &rows), ("columns", &columns)]);
    Sheet {
        file: file.clone(),
        found: found(setting, form.found.as_ref(), name),
        sheets: sheets(form, layout.sheet),
        heading_row: layout.heading_row + 1,
        heading_rows: numbers(layout.heading_rows),
        name_columns: numbers(layout.name_columns),
        is_split: layout.is_split,
        marks: marks(setting, layout.mark),
        dimensions: dimensions(setting, &layout),
        unit: layout.unit.clone(),
        notes: layout.notes.join("\n"),
        letters: (0..width).map(letters).collect(),
        rows: preview(form, &layout, width),
        rest: is_cut.then(rest),
        wrong: form.cells.clone(),
        wrong_count: (form.wrong > 0).then(wrong),
        table: form
            .table
            .as_ref()
            .map(|it| figures::figures(setting, &form.title, it)),
    }
}

/// What is proposed for a sheet of which nobody has said anything: headings in the first row with several cells.
fn first_layout(setting: &Setting<'_>, rows: &[Vec<Given>]) -> Layout {
    let filled = |row: &Vec<Given>| row.iter().filter(|it| !it.text().is_empty()).count();
    let heading_row = rows
        .iter()
        .position(|row| filled(row) > 1)
        .unwrap_or_default();
    let heading = rows.get(heading_row);
    let cells = || heading.into_iter().flatten().map(Given::text);
    // "Sơ bộ 2016" is a year too.
    let is_year = |it: &str| {
        let it = it.trim_start_matches(|c: char| !c.is_ascii_digit());
        it.get(..4)
            .is_some_and(|year| year.bytes().all(|it| it.is_ascii_digit()))
    };
    let others = || cells().skip(1).filter(|it| !it.is_empty());
    let across = match others().all(is_year) {
        true => (setting.text("sheet.role_time").to_owned(), Role::Time),
        false => (setting.text("sheet.role_metric").to_owned(), Role::Metric),
    };
    let down = cells().next().unwrap_or_default().to_owned();
    Layout {
        sheet: 0,
        heading_row,
        heading_rows: 1,
        name_columns: 1,
        is_split: false,
        dimensions: vec![(down, Role::Other), across],
        mark: None,
        unit: String::new(),
        notes: Vec::new(),
        drop: Vec::new(),
    }
}

/// What was found out about a file.
pub(super) fn found(setting: &Setting<'_>, found: Option<&Found>, name: &str) -> Vec<String> {
    let mut told = vec![setting.texts("sheet.name_is", &[("name", name)])];
    if let Some(found) = found {
        let encoding = found
            .encoding
            .map(|it| setting.texts("sheet.encoding", &[("encoding", it.name())]));
        let separator = found.separator.map(|it| {
            let sign = match it {
                '\t' => setting.text("sheet.tab").to_owned(),
                other => other.to_string(),
            };
            setting.texts("sheet.separator", &[("separator", &sign)])
        });
        told.extend(encoding.into_iter().chain(separator));
    }
    told
}

fn sheets(form: &TableForm, chosen: usize) -> Vec<FigureChoice> {
    if form.sheets.len() < 2 {
        return Vec::new();
    }
    let named = form.sheets.iter().enumerate();
    let choices = named.map(|(at, name)| FigureChoice {
        value: at.to_string(),
        label: name.clone(),
        selected: at == chosen,
    });
    choices.collect()
}

fn numbers(chosen: usize) -> Vec<FigureChoice> {
    let choices = (1..=MAX_HEADINGS).map(|number| FigureChoice {
        value: number.to_string(),
        label: number.to_string(),
        selected: number == chosen,
    });
    choices.collect()
}

/// How numbers may be written.
pub(super) fn marks(setting: &Setting<'_>, chosen: Option<DecimalMark>) -> Vec<FigureChoice> {
    let marks = [
        ("", "sheet.mark_none", None),
        ("comma", "sheet.mark_comma", Some(DecimalMark::Comma)),
        ("point", "sheet.mark_point", Some(DecimalMark::Point)),
    ];
    let choices = marks.map(|(value, key, mark)| FigureChoice {
        value: value.to_owned(),
        label: setting.text(key).to_owned(),
        selected: mark == chosen,
    });
    choices.to_vec()
}

fn dimensions(setting: &Setting<'_>, layout: &Layout) -> Vec<SheetDimension> {
    let named = layout.dimensions.iter().enumerate();
    let named = named.map(|(at, (name, role))| {
        let place = if at < layout.name_columns {
            setting.texts("sheet.in_column", &[("letter", &letters(at))])
        } else if at < layout.name_columns + layout.heading_rows {
            let number = (at - layout.name_columns + 1).to_string();
            setting.texts("sheet.in_row", &[("number", &number)])
        } else {
            setting.text("sheet.in_second").to_owned()
        };
        let roles = ROLES.iter().map(|(word, own)| FigureChoice {
            value: (*word).to_owned(),
            label: setting.texts(&format!("sheet.role_{word}"), &[]),
            selected: own == role,
        });
        SheetDimension {
            number: at + 1,
            place,
            name: name.clone(),
            roles: roles.collect(),
        }
    });
    named.collect()
}

fn preview(form: &TableForm, layout: &Layout, width: usize) -> Vec<SheetRow> {
    let headings = layout.heading_row..layout.heading_row.saturating_add(layout.heading_rows);
    let rows = form.rows.iter().enumerate().map(|(at, row)| {
        let cells = (0..width).map(|column| SheetCell {
            text: row
                .get(column)
                .map_or("", Given::text)
                .chars()
                .take(60)
                .collect(),
            is_wrong: form.places.contains(&(at, column)),
            is_name: at >= headings.end && column < layout.name_columns,
        });
        SheetRow {
            number: at + 1,
            is_heading: headings.contains(&at),
            cells: cells.collect(),
        }
    });
    rows.collect()
}
