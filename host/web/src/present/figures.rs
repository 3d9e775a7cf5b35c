//! Tables of figures: on a page, with a drawing beside them, and the form that chooses from them.

mod address;
mod changes;
mod chooser;

use dinh_domain::table::number::written;
use dinh_domain::table::slice::{MAX_PAGE_CELLS, Selection, offset};
use dinh_domain::table::{Mark, Table};
use dinh_portal::shown::{Detail, TableShown};
use dinh_render::view::{
    FigureCell, FigureHead, FigureRow, FigureSign, Figures, FiguresPage, Link, Notice, Page, Tone,
};

use super::drawing;
use super::setting::Setting;
use crate::links::{Param, with_params};
use crate::problem::Problem;
use crate::routes::DCAT;
pub(crate) use address::of as address;
use address::{chosen, said};

/// Along the columns; others beside each other are read from left to right.
const GROUP: char = '.';

/// The page of a table.
pub(crate) fn page(
    setting: &Setting<'_>,
    detail: Detail,
    shown: &TableShown,
) -> Result<Page<FiguresPage>, Problem> {
    let (Some(_), Some(chosen)) = (said(shown), chosen(shown)) else {
        let detail = setting.text("table.too_scattered").to_owned();
        return Err(Problem::BadRequest { detail });
    };
    let title = format!("{}: {}", detail.entry.title, setting.text("table.title"));
    let path = format!("{}/bang", detail.path);
    let back = Link::new(&detail.entry.title, detail.path.clone());
    let mut frame = setting.section_frame(
        &detail.section,
        setting.text("table.title"),
        std::slice::from_ref(&back),
    );
    frame.title.clone_from(&title);
    frame.canonical = Some(setting.absolute(&path));
    frame.noindex = shown.is_chosen || shown.is_compared;
    let count = shown.selection.cell_count();
    let mut notices = Vec::new();
    if !shown.selection.unknown.is_empty() {
        let words = shown.selection.unknown.join(", ");
        notices.push(notice(setting.texts("table.unknown", &[("words", &words)])));
    }
    let figures = if count > MAX_PAGE_CELLS {
        let (count, most) = (count.to_string(), MAX_PAGE_CELLS.to_string());
        notices.push(notice(
            setting.texts("table.too_large", &[("count", &count), ("most", &most)]),
        ));
        None
    } else {
        Some(figures(setting, &detail.entry.title, shown))
    };
    if drawing::is_refused(shown) && figures.as_ref().is_some_and(|it| it.chart.is_none()) {
        notices.push(notice(setting.text("table.not_drawn").to_owned()));
    }
    let body = FiguresPage {
        title,
        notices,
        figures,
        looks: swapped(setting, &path, shown).into_iter().collect(),
        chooser: chooser::chooser(setting, &path, shown),
        downloads: files(setting, &path, &chosen, ""),
        whole: files(setting, &path, &[], "_whole"),
        back,
    };
    Ok(Page { frame, body })
}

/// What the entry's own page shows of its table.
pub(crate) fn on_detail(setting: &Setting<'_>, detail: &Detail) -> (Option<Figures>, Vec<Link>) {
    let Some(shown) = &detail.table else {
        return (None, Vec::new());
    };
    let path = format!("{}/bang", detail.path);
    let mut links = vec![Link::new(setting.text("table.open"), path.clone())];
    links.extend(files(setting, &path, &[], "_whole"));
    (Some(figures(setting, &detail.entry.title, shown)), links)
}

fn notice(text: String) -> Notice {
    Notice {
        tone: Tone::Warn,
        text,
        link: None,
    }
}

/// The table itself.
pub(crate) fn figures(setting: &Setting<'_>, title: &str, shown: &TableShown) -> Figures {
    let (table, selection) = (&*shown.table, &shown.selection);
    let strides = table.strides();
    let base = selection.base(&strides);
    let columns = selection.column_heads();
    let caption = caption(setting, title, shown);
    let compared = changes::ends(shown, &columns);
    let mut marks = Vec::new();
    let rows = selection.row_heads().into_iter().map(|head| {
        let row = base + offset(&selection.rows, &head, &strides);
        let cells = columns.iter().map(|column| {
            let cell = table.cell(row + offset(&selection.columns, column, &strides));
            if !marks.contains(&cell.mark) {
                marks.push(cell.mark);
            }
            figure(table, cell.scaled, cell.mark)
        });
        let mut cells: Vec<FigureCell> = cells.collect();
        if let Some([first, last]) = compared {
            let at =
                |column: &[usize]| table.cell(row + offset(&selection.columns, column, &strides));
            cells.extend(changes::cells(table, at(first), at(last)));
        }
        FigureRow {
            cells,
            heads: labels(table, &selection.rows, &head),
        }
    });
    let rows = rows.collect();
    marks.sort_unstable();
    let mut head = head(table, selection, &columns);
    if let (Some(ends), Some(first)) = (compared, head.first_mut()) {
        first.extend(changes::heads(setting, (table, selection), ends));
    }
    Figures {
        head,
        rows,
        signs: marks
            .into_iter()
            .filter_map(|mark| sign(setting, mark))
            .collect(),
        notes: table.notes.clone(),
        chart: drawing::chart(
            setting,
            shown,
            &setting.texts("table.chart", &[("caption", &caption)]),
        ),
        caption,
    }
}

fn figure(table: &Table, scaled: Option<i64>, mark: Mark) -> FigureCell {
    match scaled {
        Some(scaled) => FigureCell {
            text: written(scaled, table.decimals, ',', Some(GROUP)),
            sign: mark.sign(),
        },
        None => FigureCell {
            text: mark.sign().to_owned(),
            sign: "",
        },
    }
}

/// Title, unit, and what is the same for all cells.
fn caption(setting: &Setting<'_>, title: &str, shown: &TableShown) -> String {
    let dimensions = shown.table.dimensions();
    let fixed = shown.selection.fixed().map(|at| {
        let code = &dimensions[at].codes[shown.selection.picks[at][0]];
        format!("{}: {}", dimensions[at].label, code.label)
    });
    let unit = Some(shown.table.unit.as_str()).filter(|it| !it.is_empty());
    let unit = unit.map(|unit| setting.texts("table.unit", &[("unit", unit)]));
    let parts: Vec<String> = std::iter::once(title.to_owned())
        .chain(fixed)
        .chain(unit)
        .collect();
    parts.join(". ")
}

/// Rows of headings: one for each dimension along the columns, the first with the names of what lies along the rows.
fn head(table: &Table, selection: &Selection, columns: &[Vec<usize>]) -> Vec<Vec<FigureHead>> {
    let depth = selection.columns.len();
    let mut head: Vec<Vec<FigureHead>> = Vec::with_capacity(depth);
    for (level, at) in selection.columns.iter().enumerate() {
        let mut cells: Vec<FigureHead> = Vec::new();
        if level == 0 {
            cells.extend(selection.rows.iter().map(|at| FigureHead {
                text: table.dimensions()[*at].label.clone(),
                span: 1,
                rows: depth,
            }));
        }
        let mut before: Option<&[usize]> = None;
        for column in columns {
            let own = &column[..=level];
            match cells.last_mut().filter(|_| before == Some(own)) {
                Some(last) => last.span += 1,
                None => cells.push(FigureHead {
                    text: table.dimensions()[*at].codes[column[level]].label.clone(),
                    span: 1,
                    rows: 1,
                }),
            }
            before = Some(own);
        }
        head.push(cells);
    }
    head
}

/// Names of values of dimensions.
pub(super) fn labels(table: &Table, dimensions: &[usize], values: &[usize]) -> Vec<String> {
    let pairs = dimensions.iter().zip(values);
    pairs
        .map(|(at, value)| table.dimensions()[*at].codes[*value].label.clone())
        .collect()
}

fn sign(setting: &Setting<'_>, mark: Mark) -> Option<FigureSign> {
    let key = match mark {
        Mark::Plain | Mark::Absent => return None,
        Mark::Preliminary => "table.sign_p",
        Mark::Estimated => "table.sign_e",
        Mark::Nil => "table.sign_nil",
        Mark::NotCollected => "table.sign_missing",
        Mark::NotApplicable => "table.sign_unfit",
        Mark::Confidential => "table.sign_secret",
    };
    Some(FigureSign {
        sign: mark.sign(),
        text: setting.text(key).to_owned(),
    })
}

/// The same figures with rows for columns; none where they are too scattered for an address.
fn swapped(setting: &Setting<'_>, path: &str, shown: &TableShown) -> Option<Link> {
    let selection = &shown.selection;
    let swapped = TableShown {
        selection: Selection {
            rows: selection.columns.clone(),
            columns: selection.rows.clone(),
            ..selection.clone()
        },
        ..shown.clone()
    };
    let params = said(&swapped)?;
    Some(Link::new(
        setting.text("table.swap"),
        with_params(path, &params),
    ))
}

/// Figures as files.
fn files(setting: &Setting<'_>, path: &str, params: &[Param], of: &str) -> Vec<Link> {
    let mut links: Vec<Link> = ["csv", "ods", "json"]
        .into_iter()
        .map(|ending| {
            let address = with_params(&format!("{path}/so-lieu.{ending}"), params);
            Link::new(setting.texts(&format!("table.{ending}{of}"), &[]), address)
        })
        .collect();
    if !of.is_empty() {
        let address = format!("{path}/so-lieu.csv-metadata.json");
        links.push(Link::new(setting.text("table.csvw"), address));
        links.push(Link::new(setting.text("site_map.data"), DCAT));
    }
    links
}
