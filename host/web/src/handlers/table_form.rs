use std::sync::Arc;

use dinh_domain::ids::{EntryId, FileId, RevisionId};
use dinh_domain::table::layout::{Layout, MAX_HEADINGS};
use dinh_domain::table::number::DecimalMark;
use dinh_domain::table::{ROLES, Role};
use dinh_portal::{SentTable, SignedIn, TableSent, Undone, Visit};
use http::StatusCode;
use poem::Response;

use super::desk::status_of;
use super::entry_form::SAVED;
use crate::asked::{Asked, LOST_FILES};
use crate::present::desk::entry_path;
use crate::present::entry_form::{BASE, BUTTON};
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// Input of a new spreadsheet.
const UPLOAD: &str = "tep-moi";
/// Id of one that came before.
const FILE: &str = "tep";
/// Value of the button that keeps the table.
const KEEP: &str = "luu";
/// Value of the button that uploads.
const LOAD: &str = "nap";

/// The page on which a spreadsheet becomes the table of an entry.
pub(crate) async fn table_form(
    state: Arc<State>,
    mut asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let setting = Setting::of(&state, &visit);
    let entry = EntryId::new(asked.capture("id")).map_err(|_| Problem::NotFound)?;
    let button = asked.field(BUTTON).to_owned();
    let files = std::mem::take(&mut asked.files);
    let upload = files.into_iter().find(|it| it.input == UPLOAD);
    let is_lost = button == LOAD && upload.is_none() || !asked.field(LOST_FILES).is_empty();
    let keep = match button.as_str() {
        KEEP => Some(RevisionId::new(asked.field(BASE)).map_err(|_| Problem::NotFound)?),
        _ => None,
    };
    let file = Some(asked.field(FILE)).filter(|it| !it.is_empty());
    let file = file
        .map(FileId::new)
        .transpose()
        .map_err(|_| Problem::NotFound)?;
    let sent = SentTable {
        entry,
        upload: upload.map(|it| (it.name, it.bytes)),
        layout: file.as_ref().map(|_| layout(&asked)),
        file,
        keep,
    };
    let portal = state.portal.clone().asked_from(&asked.from);
    let done = portal.send_table(&who.staff, sent).await?;
    match done.map_err(|undone| refused(&setting, &undone))? {
        TableSent::Kept(written) => {
            let there = format!("{}?{SAVED}=1", entry_path(written.entry.as_str()));
            Ok(reply::redirect(StatusCode::SEE_OTHER, &there))
        }
        TableSent::Again(mut form) => {
            if is_lost {
                form.faults
                    .push(setting.text("write.lost_files").to_owned());
            }
            let status = match form.faults.is_empty() && form.wrong == 0 {
                true => StatusCode::OK,
                false => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let page = present::sheet::page(&setting, &form);
            reply::page_with(status, &state.theme, &asked, page).await
        }
    }
}

fn refused(setting: &Setting<'_>, undone: &Undone) -> Problem {
    let key = match undone {
        Undone::NotFound => return Problem::NotFound,
        Undone::NotWritable { .. } => "write.not_writable",
        Undone::Changed { .. } => "sheet.changed",
        _ => "write.not_allowed",
    };
    Problem::Refusal {
        status: status_of(undone),
        detail: setting.text(key).to_owned(),
    }
}

/// The layout as it was said; what is no number is the smallest one, which the page shows then.
fn layout(asked: &Asked) -> Layout {
    let number = |name: &str| {
        asked
            .field(name)
            .trim()
            .parse::<usize>()
            .unwrap_or_default()
    };
    let count = |name: &str| number(name).clamp(1, MAX_HEADINGS);
    let all = |name: &str| {
        let form = asked.form.iter().flatten();
        form.filter(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
            .collect::<Vec<_>>()
    };
    let (heading_rows, name_columns) = (count("so-dong"), count("so-cot"));
    let is_split = asked.field("tach") == "1";
    let (names, roles) = (all("chieu"), all("loai"));
    let dimensions = (0..name_columns + heading_rows + usize::from(is_split)).map(|at| {
        let role = roles
            .get(at)
            .and_then(|word| ROLES.iter().find(|(own, _)| own == word));
        let name = names
            .get(at)
            .map_or_else(String::new, |it| it.trim().to_owned());
        (name, role.map_or(Role::Other, |(_, role)| *role))
    });
    let notes = asked.field("ghi-chu").lines().map(str::trim);
    Layout {
        sheet: number("trang"),
        heading_row: number("dong").saturating_sub(1),
        heading_rows,
        name_columns,
        is_split,
        dimensions: dimensions.collect(),
        mark: match asked.field("dau") {
            "comma" => Some(DecimalMark::Comma),
            "point" => Some(DecimalMark::Point),
            _ => None,
        },
        unit: asked.field("don-vi").trim().to_owned(),
        notes: notes
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect(),
        drop: Vec::new(),
    }
}
