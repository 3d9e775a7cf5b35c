//! The step before drafts are written: what would become of the rows.

use dinh_portal::{
    BATCH_LINES_SHOWN, BatchLine as Line, BatchPlan, BatchRow as Row, BatchRowBecomes, BatchSheet,
};
use dinh_render::view::{BatchLine, BatchLines, BatchLook, BatchRow, HiddenField};

use super::{COLUMN, DATES, FILE, HEADING_ROW, MAPPING, MARK, READ_AS, SEEN, SHEET};
use super::{dates_word, mark_word, read_as};
use crate::present::setting::Setting;
use crate::present::sign_in::hidden;

pub(super) fn look(setting: &Setting<'_>, sheet: &BatchSheet, plan: &BatchPlan) -> BatchLook {
    let (out, lacking): (Vec<&Line>, Vec<&Line>) = plan.lines.iter().partition(|it| it.keeps_out);
    let faulty = plan.count.faulty.to_string();
    let written = plan.count.written().to_string();
    let all = plan.count.written() + plan.count.same + plan.count.faulty;
    let (shown, count) = (plan.rows.len().to_string(), all.to_string());
    let rest = [("shown", shown.as_str()), ("count", count.as_str())];
    let leave_out = || setting.texts("batch.leave_out", &[("count", &faulty)]);
    let keep = || setting.texts("batch.keep", &[("count", &written)]);
    BatchLook {
        hidden: kept(sheet, plan),
        counts: counts(setting, plan),
        fields: plan.fields.clone(),
        rows: plan.rows.iter().map(|it| row(setting, it)).collect(),
        rest: (all > plan.rows.len()).then(|| setting.texts("batch.rest_rows", &rest)),
        out: lines(setting, &out),
        lacking: lines(setting, &lacking),
        has_lines: !plan.lines.is_empty(),
        leave_out: (plan.count.faulty > 0).then(leave_out),
        keep: (plan.count.written() > 0).then(keep),
    }
}

/// What was said of the sheet and is seen, to be sent with what is wanted next.
fn kept(sheet: &BatchSheet, plan: &BatchPlan) -> Vec<HiddenField> {
    let layout = &sheet.layout;
    let mapping = layout.mapping.as_deref().unwrap_or_default();
    let row = layout.heading_row.unwrap_or_default() + 1;
    let mut fields = vec![
        hidden(FILE, &sheet.file),
        hidden(SHEET, &layout.sheet.to_string()),
        hidden(HEADING_ROW, &row.to_string()),
        hidden(MAPPING, mapping),
        hidden(READ_AS, &read_as(layout.sheet, row, mapping)),
        hidden(DATES, dates_word(layout.dates)),
        hidden(MARK, mark_word(layout.mark)),
        hidden(SEEN, &plan.seen),
    ];
    let columns = sheet.columns.iter().enumerate();
    fields.extend(columns.map(|(at, it)| hidden(&format!("{COLUMN}{at}"), &it.field)));
    fields
}

fn counts(setting: &Setting<'_>, plan: &BatchPlan) -> Vec<String> {
    let count = &plan.count;
    let told = [
        (true, "batch.count_new", count.new),
        (true, "batch.count_changed", count.changed),
        (true, "batch.count_same", count.same),
        (true, "batch.count_faulty", count.faulty),
        (plan.lacking > 0, "batch.count_lacking", plan.lacking),
        (plan.unasked > 0, "batch.count_unasked", plan.unasked),
    ];
    let told = told.iter().filter(|(is_told, ..)| *is_told);
    let told = told.map(|(_, key, count)| setting.texts(key, &[("count", &count.to_string())]));
    told.collect()
}

/// What becomes of a row, in words.
fn becomes(setting: &Setting<'_>, it: BatchRowBecomes) -> String {
    let key = match it {
        BatchRowBecomes::New => "batch.new",
        BatchRowBecomes::Changed => "batch.changed",
        BatchRowBecomes::Revised => "batch.revised",
        BatchRowBecomes::Same => "batch.same",
        BatchRowBecomes::Faulty => "batch.faulty",
    };
    setting.text(key).to_owned()
}

fn row(setting: &Setting<'_>, row: &Row) -> BatchRow {
    BatchRow {
        number: row.number,
        becomes: becomes(setting, row.becomes),
        is_out: row.becomes == BatchRowBecomes::Faulty,
        cells: row.cells.clone(),
    }
}

fn lines(setting: &Setting<'_>, lines: &[&Line]) -> BatchLines {
    let shown = lines.iter().take(BATCH_LINES_SHOWN);
    let shown: Vec<BatchLine> = shown
        .map(|it| {
            let row = it.row.to_string();
            let words = [("row", row.as_str()), ("heading", &*it.heading)];
            BatchLine {
                at: match it.heading.is_empty() {
                    true => setting.texts("batch.at_row", &words),
                    false => setting.texts("batch.at_cell", &words),
                },
                message: it.message.clone(),
            }
        })
        .collect();
    let (count, most) = (lines.len().to_string(), shown.len().to_string());
    let rest = || setting.texts("batch.rest_lines", &[("count", &count), ("shown", &most)]);
    BatchLines {
        rest: (lines.len() > shown.len()).then(rest),
        lines: shown,
    }
}
