use dinh_domain::declaration::{TOTALS_CSV, TOTALS_PATH};
use dinh_portal::Cell;
use dinh_portal::shown::{TotalLine, TotalsShown, TotalsTable as Table};
use dinh_render::chart::{Chart, Kind, Series};
use dinh_render::view::{Chip, Link, Page, TotalsLine, TotalsPage, TotalsTable};
use dinh_render::{SafeHtml, format};

use super::drawing;
use super::metadata;
use super::setting::{self, Setting, path};
use crate::links;

/// What a section's list comes to.
pub(crate) fn page(setting: &Setting<'_>, totals: &TotalsShown) -> Page<TotalsPage> {
    let list = path(&totals.section);
    let here = format!("{list}/{TOTALS_PATH}");
    let canonical = setting.absolute(&links::with_params(&here, &totals.asked));
    let mut frame = setting.section_frame(&totals.section, &totals.title, &[]);
    frame.dublin_core = Some(metadata::of_section(setting, &totals.section, &canonical));
    frame.share = Some(metadata::share(setting, "website"));
    frame.canonical = Some(canonical);
    frame.noindex = !totals.asked.is_empty();
    let chips = totals.chips.iter().map(|chip| Chip {
        label: chip.label.clone(),
        remove: links::with_params(&here, &chip.without),
    });
    let csv = links::with_params(&format!("{list}/{TOTALS_CSV}"), &totals.asked);
    let body = TotalsPage {
        title: totals.title.clone(),
        of: totals.section.name.clone(),
        notices: setting::warnings(&totals.complaints),
        chips: chips.collect(),
        clear: (!totals.chips.is_empty()).then(|| here.clone()),
        columns: columns(setting, totals),
        whole: numbers(totals.count, &totals.added),
        tables: totals
            .tables
            .iter()
            .map(|it| table(setting, totals, it))
            .collect(),
        csv: Link::new(setting.text("totals.csv"), csv),
        back: Link::new(
            &totals.section.name,
            links::with_params(&list, &totals.asked),
        ),
    };
    Page { frame, body }
}

/// Heads of the columns of numbers.
fn columns(setting: &Setting<'_>, totals: &TotalsShown) -> Vec<String> {
    let count = setting.text("totals.count").to_owned();
    std::iter::once(count).chain(totals.sums.clone()).collect()
}

fn table(setting: &Setting<'_>, totals: &TotalsShown, table: &Table) -> TotalsTable {
    let lines = table.lines.iter().map(|line| {
        let href = line.value.as_ref().map(|value| {
            let asked = links::set(&totals.asked, &table.index, value);
            links::with_params(&path(&totals.section), &asked)
        });
        TotalsLine {
            label: label(setting, line),
            href,
            depth: line.depth,
            numbers: numbers(line.count, &line.sums),
        }
    });
    let rest = table.rest.iter().map(|line| TotalsLine {
        label: setting.text("totals.rest").to_owned(),
        href: None,
        depth: 0,
        numbers: numbers(line.count, &line.sums),
    });
    TotalsTable {
        chart: chart(setting, totals, table),
        label: table.label.clone(),
        note: table
            .is_tree
            .then(|| setting.text("totals.tree").to_owned()),
        lines: lines.chain(rest).collect(),
    }
}

/// How many entries each value has; of a tree its highest values, which hold all below them.
fn chart(setting: &Setting<'_>, totals: &TotalsShown, table: &Table) -> Option<SafeHtml> {
    let lines = || table.lines.iter().filter(|line| line.depth == 0);
    let count = setting.text("totals.count");
    drawing::draw(&Chart {
        title: format!("{}. {}: {count}", totals.title, table.label),
        kind: Kind::Bars,
        labels: lines().map(|line| label(setting, line)).collect(),
        series: vec![Series {
            name: count.to_owned(),
            values: lines()
                .map(|line| u32::try_from(line.count).ok().map(f64::from))
                .collect(),
        }],
        unit: String::new(),
    })
}

fn label(setting: &Setting<'_>, line: &TotalLine) -> String {
    let unstated = || setting.text("totals.unstated").to_owned();
    line.label.clone().unwrap_or_else(unstated)
}

fn numbers(count: u64, sums: &[i128]) -> Vec<String> {
    let sums = sums.iter().map(|it| format::integer(*it));
    std::iter::once(format::number(count)).chain(sums).collect()
}

/// The same as lines of a file: what is divided, by which value, the numbers; the whole comes last.
pub(crate) fn file(setting: &Setting<'_>, totals: &TotalsShown) -> (Vec<String>, Vec<Vec<Cell>>) {
    let text = |key: &'static str| setting.text(key).to_owned();
    let mut header = vec![text("totals.divided"), text("totals.value")];
    header.extend(columns(setting, totals));
    let mut rows = Vec::new();
    for table in &totals.tables {
        rows.extend(table.lines.iter().map(|line| {
            let names = (table.label.clone(), label(setting, line));
            row(names, line.count, &line.sums)
        }));
        rows.extend(table.rest.iter().map(|line| {
            let names = (table.label.clone(), text("totals.rest"));
            row(names, line.count, &line.sums)
        }));
    }
    let names = (text("totals.whole"), String::new());
    rows.push(row(names, totals.count, &totals.added));
    (header, rows)
}

fn row((divided, value): (String, String), count: u64, sums: &[i128]) -> Vec<Cell> {
    let number = |number: i128| match i64::try_from(number) {
        Ok(number) => Cell::Integer(number),
        Err(_) => Cell::Text(number.to_string()),
    };
    let numbers = std::iter::once(i128::from(count)).chain(sums.iter().copied());
    [Cell::Text(divided), Cell::Text(value)]
        .into_iter()
        .chain(numbers.map(number))
        .collect()
}
