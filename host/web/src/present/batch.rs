//! The pages on which the rows of a spreadsheet become drafts.

mod look;

use dinh_domain::declaration::TypedDates;
use dinh_domain::ids::CollectionId;
use dinh_domain::table::number::DecimalMark;
use dinh_portal::{
    BATCH_BYTES_MAX, BATCH_COLUMNS_MAX, BATCH_ROWS_MAX, BatchColumn, BatchForm, BatchOf,
    BatchSheet, Beginning,
};
use dinh_render::view::{
    BatchAsk, BatchChoose, BatchColumn as Column, BatchPage, BatchWanted, FigureChoice, Link, Page,
};

use super::desk::crumb;
use super::setting::Setting;
use super::sheet::{found, marks};
use crate::links;
use crate::routes::DESK;

/// Id of a file that came before.
pub(crate) const FILE: &str = "tep";
/// Number of the sheet, from 0.
pub(crate) const SHEET: &str = "trang";
/// Row of headings, from 1.
pub(crate) const HEADING_ROW: &str = "dong";
/// Mapping that is followed.
pub(crate) const MAPPING: &str = "mau";
/// For which sheet, row and mapping the columns were proposed.
pub(crate) const READ_AS: &str = "doc-tu";
/// Begins the names of inputs for columns.
pub(crate) const COLUMN: &str = "cot-";
/// How dates are written.
pub(crate) const DATES: &str = "ngay";
/// How numbers are written.
pub(crate) const MARK: &str = "dau";
/// What was seen.
pub(crate) const SEEN: &str = "da-xem";
/// Rows that are not right are left out.
pub(crate) const LEAVE_OUT: &str = "bo-loi";
/// Value of [`DATES`]: day, month, year.
pub(crate) const DAY_FIRST: &str = "ngay-thang-nam";
/// Ending of the path of a table to fill in.
pub(crate) const TEMPLATE: &str = "mau";
/// Bytes of a mebibyte.
const MIB: usize = 1024 * 1024;

/// Path of the pages.
pub(crate) fn path(of: &BatchOf) -> String {
    let (plugin, name) = (of.collection.plugin(), of.collection.name());
    format!("{DESK}/nhap/{}/{plugin}/{name}", of.site)
}

/// Where many entries of a type are begun on a site.
pub(crate) fn link(setting: &Setting<'_>, of: &Beginning) -> Link {
    let there = path(&BatchOf {
        site: of.site.clone(),
        collection: of.collection.clone(),
    });
    Link::new(setting.texts("batch.link", &[("kind", &of.kind)]), there)
}

/// The pages; `said` is what was done a moment ago.
pub(crate) fn page(
    setting: &Setting<'_>,
    (of, form): (&BatchOf, &BatchForm),
    said: Option<String>,
) -> Page<BatchPage> {
    let title = setting.texts("batch.title", &[("kind", &form.kind)]);
    let mut frame = setting.lone_frame(&title);
    frame.noindex = true;
    frame.breadcrumb.insert(0, crumb(setting));
    let sheet = form.sheet.as_ref();
    let body = BatchPage {
        title,
        place: setting.texts("batch.place", &[("site", &form.site)]),
        done: said.as_ref().map(|_| done(setting, &of.collection)),
        said,
        faults: form.faults.clone(),
        action: path(of),
        choose: sheet.is_none().then(|| choose(setting, of, form)),
        ask: sheet
            .filter(|_| form.plan.is_none())
            .map(|it| ask(setting, form, it)),
        look: sheet
            .zip(form.plan.as_ref())
            .map(|(sheet, plan)| look::look(setting, sheet, plan)),
    };
    Page { frame, body }
}

fn done(setting: &Setting<'_>, collection: &CollectionId) -> Link {
    let narrowed = [
        (super::room::ROOM.to_owned(), "cua-toi".to_owned()),
        (super::room::KIND.to_owned(), collection.to_string()),
    ];
    let there = links::with_params(DESK, &narrowed);
    Link::new(setting.text("batch.to_drafts"), there)
}

fn choose(setting: &Setting<'_>, of: &BatchOf, form: &BatchForm) -> BatchChoose {
    let limits = [
        ("bytes", (BATCH_BYTES_MAX / MIB).to_string()),
        ("rows", BATCH_ROWS_MAX.to_string()),
        ("columns", BATCH_COLUMNS_MAX.to_string()),
    ];
    let limits = limits.each_ref().map(|(name, it)| (*name, it.as_str()));
    let list = |labels: &[String]| labels.join(", ");
    let others = || setting.texts("batch.others", &[("fields", &list(&form.others))]);
    let templates = [("csv", "batch.template_csv"), ("ods", "batch.template_ods")];
    let templates = templates.map(|(ending, key)| {
        let there = format!("{}/{TEMPLATE}.{ending}", path(of));
        Link::new(setting.text(key), there)
    });
    let wanted = form.fields.iter().map(|it| BatchWanted {
        label: it.label.clone(),
        guide: it.guide.clone(),
    });
    BatchChoose {
        limits: setting.texts("batch.limits", &limits),
        known_by: match form.known_by.is_empty() {
            true => setting.text("batch.known_by_title").to_owned(),
            false => setting.texts("batch.known_by", &[("fields", &list(&form.known_by))]),
        },
        others: (!form.others.is_empty()).then(others),
        templates: templates.to_vec(),
        fields: wanted.collect(),
    }
}

/// For which sheet, row and mapping columns are proposed.
pub(crate) fn read_as(sheet: usize, heading_row: usize, mapping: &str) -> String {
    format!("{sheet}:{heading_row}:{mapping}")
}

fn ask(setting: &Setting<'_>, form: &BatchForm, sheet: &BatchSheet) -> BatchAsk {
    let layout = &sheet.layout;
    let mapping = layout.mapping.as_deref().unwrap_or_default();
    let heading_row = layout.heading_row.unwrap_or_default() + 1;
    let own = sheet.columns.iter().enumerate();
    BatchAsk {
        file: sheet.file.clone(),
        found: found(setting, Some(&sheet.found), &sheet.name),
        read_as: read_as(layout.sheet, heading_row, mapping),
        sheets: sheets(sheet),
        mappings: mappings(setting, sheet, mapping),
        heading_row,
        columns: own.map(|it| column(setting, form, it)).collect(),
        dates: dates(setting, layout.dates),
        marks: marks(setting, layout.mark),
    }
}

fn choice(value: &str, label: &str, chosen: &str) -> FigureChoice {
    FigureChoice {
        selected: value == chosen,
        value: value.to_owned(),
        label: label.to_owned(),
    }
}

fn sheets(sheet: &BatchSheet) -> Vec<FigureChoice> {
    if sheet.sheets.len() < 2 {
        return Vec::new();
    }
    let chosen = sheet.layout.sheet.to_string();
    let named = sheet.sheets.iter().enumerate();
    named
        .map(|(at, name)| choice(&at.to_string(), name, &chosen))
        .collect()
}

fn mappings(setting: &Setting<'_>, sheet: &BatchSheet, chosen: &str) -> Vec<FigureChoice> {
    if sheet.mappings.is_empty() {
        return Vec::new();
    }
    let none = choice("", setting.text("batch.mapping_none"), chosen);
    let named = sheet.mappings.iter();
    let named = named.map(|(id, name)| choice(id, name, chosen));
    std::iter::once(none).chain(named).collect()
}

fn column(
    setting: &Setting<'_>,
    form: &BatchForm,
    (number, column): (usize, &BatchColumn),
) -> Column {
    let words = [("letter", &*column.letter), ("heading", &*column.heading)];
    let label = match column.heading.is_empty() {
        true => setting.texts("batch.column_bare", &words),
        false => setting.texts("batch.column", &words),
    };
    let samples = column.samples.join("; ");
    let told = || setting.texts("batch.samples", &[("cells", &samples)]);
    let none = choice("", setting.text("batch.pass_over"), &column.field);
    let fields = form.fields.iter();
    let fields = fields.map(|it| choice(&it.name, &it.label, &column.field));
    Column {
        number,
        label,
        samples: (!samples.is_empty()).then(told),
        fields: std::iter::once(none).chain(fields).collect(),
    }
}

fn dates(setting: &Setting<'_>, chosen: Option<TypedDates>) -> Vec<FigureChoice> {
    let chosen = dates_word(chosen);
    vec![
        choice("", setting.text("batch.dates_none"), chosen),
        choice(DAY_FIRST, setting.text("batch.dates_day_first"), chosen),
    ]
}

/// How dates are written, as a form says it.
pub(crate) fn dates_word(dates: Option<TypedDates>) -> &'static str {
    match dates {
        None => "",
        Some(TypedDates::DayMonthYear) => DAY_FIRST,
    }
}

/// How numbers are written, as a form says it.
pub(crate) fn mark_word(mark: Option<DecimalMark>) -> &'static str {
    match mark {
        None => "",
        Some(DecimalMark::Comma) => "comma",
        Some(DecimalMark::Point) => "point",
    }
}
