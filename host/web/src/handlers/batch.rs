use std::sync::Arc;

use dinh_domain::declaration::TypedDates;
use dinh_domain::ids::{CollectionId, FileId, SiteId};
use dinh_domain::table::number::DecimalMark;
use dinh_portal::{
    BATCH_COLUMNS_MAX, BatchAct, BatchLayout, BatchOf, BatchSent, SentBatch, SignedIn, Undone,
    Visit,
};
use http::StatusCode;
use poem::Response;

use super::batch_files::lines;
use super::desk::status_of;
use crate::asked::{Asked, LOST_FILES};
use crate::present::batch::{
    COLUMN, DATES, DAY_FIRST, FILE, HEADING_ROW, LEAVE_OUT, MAPPING, MARK, READ_AS, SEEN, SHEET,
    path, read_as,
};
use crate::present::entry_form::BUTTON;
use crate::present::rooms::param;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// Input of a new spreadsheet.
const UPLOAD: &str = "tep-moi";
/// Values of the buttons: upload, read the headings anew, look, ask again which column is which, the list of what is wrong,
/// write.
const LOAD: &str = "nap";
const READ: &str = "doc";
const ASK: &str = "ghep";
const LINES: &str = "loi";
const KEEP: &str = "ghi";
/// Parameters that say what was written a moment ago: new, changed, as they were, left out.
const DONE: [&str; 4] = ["moi", "sua", "nguyen", "bo"];

/// The pages on which the rows of a spreadsheet become drafts.
pub(crate) async fn batch_form(
    state: Arc<State>,
    mut asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let setting = Setting::of(&state, &visit);
    let of = of(&asked)?;
    if asked.form.is_none() {
        let form = state.portal.batch_form(&who.staff, &of).await?;
        let form = form.map_err(|undone| refused(&setting, &undone))?;
        let said = said(&setting, &asked);
        let page = present::batch::page(&setting, (&of, &form), said);
        return reply::page(&state.theme, &asked, page).await;
    }
    let button = asked.field(BUTTON).to_owned();
    let files = std::mem::take(&mut asked.files);
    let upload = files.into_iter().find(|it| it.input == UPLOAD);
    let is_lost = button == LOAD && upload.is_none() || !asked.field(LOST_FILES).is_empty();
    let file = Some(asked.field(FILE)).filter(|it| !it.is_empty());
    let file = file.map(FileId::new).transpose();
    let is_read = button != READ && is_read(&asked);
    let sent = SentBatch {
        of: of.clone(),
        upload: upload.map(|it| (it.name, it.bytes)),
        file: file.map_err(|_| Problem::NotFound)?,
        layout: layout(&asked, is_read),
        act: act(&asked, &button, is_read),
    };
    let portal = state.portal.clone().asked_from(&asked.from);
    let done = portal.send_batch(&who.staff, sent).await?;
    let mut form = match done.map_err(|undone| refused(&setting, &undone))? {
        BatchSent::Kept(it) => {
            let counts = [it.new, it.changed, it.same, it.faulty];
            let told = DONE.iter().zip(counts);
            let told: Vec<String> = told.map(|(name, it)| format!("{name}={it}")).collect();
            let there = format!("{}?{}", path(&of), told.join("&"));
            return Ok(reply::redirect(StatusCode::SEE_OTHER, &there));
        }
        BatchSent::Again(form) => form,
    };
    if let Some(plan) = form.plan.as_ref().filter(|_| button == LINES) {
        return Ok(lines(&setting, &form, plan));
    }
    if is_lost {
        let lost = setting.text("write.lost_files").to_owned();
        form.faults.push(lost);
    }
    let status = match form.faults.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = present::batch::page(&setting, (&of, &form), None);
    reply::page_with(status, &state.theme, &asked, page).await
}

pub(super) fn of(asked: &Asked) -> Result<BatchOf, Problem> {
    let (plugin, name) = (asked.capture("plugin"), asked.capture("collection"));
    let collection = CollectionId::parse(&format!("{plugin}/{name}"));
    Ok(BatchOf {
        site: SiteId::new(asked.capture("site")).map_err(|_| Problem::NotFound)?,
        collection: collection.map_err(|_| Problem::NotFound)?,
    })
}

/// Whether the columns were chosen for the sheet, the row of headings and the mapping that are said now.
fn is_read(asked: &Asked) -> bool {
    let (sheet, row) = (number(asked, SHEET), number(asked, HEADING_ROW));
    asked.field(READ_AS) == read_as(sheet, row, asked.field(MAPPING))
}

fn act(asked: &Asked, button: &str, is_read: bool) -> BatchAct {
    match button {
        LOAD | READ | ASK => BatchAct::Ask,
        _ if !is_read => BatchAct::Ask,
        KEEP => BatchAct::Keep {
            seen: asked.field(SEEN).to_owned(),
            leaves_out: asked.field(LEAVE_OUT) == "1",
        },
        _ => BatchAct::Look,
    }
}

fn number(asked: &Asked, name: &str) -> usize {
    asked.field(name).trim().parse().unwrap_or_default()
}

/// What is said of the sheet; of one whose columns were chosen for another one, what still holds.
fn layout(asked: &Asked, is_read: bool) -> BatchLayout {
    let sheet = number(asked, SHEET);
    // The headings of another sheet stand where they stand.
    let is_same_sheet = asked.field(READ_AS).split(':').next() == Some(&*sheet.to_string());
    let row = number(asked, HEADING_ROW).max(1);
    BatchLayout {
        mapping: Some(asked.field(MAPPING).to_owned()).filter(|it| !it.is_empty()),
        sheet,
        heading_row: is_same_sheet.then(|| row - 1),
        columns: is_read.then(|| columns(asked)),
        dates: (asked.field(DATES) == DAY_FIRST).then_some(TypedDates::DayMonthYear),
        mark: match asked.field(MARK) {
            "comma" => Some(DecimalMark::Comma),
            "point" => Some(DecimalMark::Point),
            _ => None,
        },
    }
}

fn columns(asked: &Asked) -> Vec<String> {
    let mut columns = Vec::new();
    for (name, field) in asked.form.iter().flatten() {
        let at = name.strip_prefix(COLUMN).and_then(|it| it.parse().ok());
        let Some(at) = at.filter(|at| *at < BATCH_COLUMNS_MAX) else {
            continue;
        };
        if columns.len() <= at {
            columns.resize(at + 1, String::new());
        }
        columns[at].clone_from(field);
    }
    columns
}

/// What was written a moment ago, in a sentence.
fn said(setting: &Setting<'_>, asked: &Asked) -> Option<String> {
    let counts = DONE.map(|name| (name, param(asked, name)));
    let is_told = counts.iter().all(|(_, it)| it.parse::<usize>().is_ok());
    is_told.then(|| setting.texts("batch.done", &counts))
}

/// A batch that is not for this person, or not here.
pub(super) fn refused(setting: &Setting<'_>, undone: &Undone) -> Problem {
    if *undone == Undone::NotFound {
        return Problem::NotFound;
    }
    Problem::Refusal {
        status: status_of(undone),
        detail: setting.text("write.not_allowed").to_owned(),
    }
}
