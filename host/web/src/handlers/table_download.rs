use std::sync::Arc;

use dinh_domain::table::{JsonStat, Part, Table};
use dinh_portal::shown::{Answer, Detail};
use dinh_portal::{SHEET_ROWS_MAX, TableExport, TablePlace, Visit, table_csvw, table_header};
use dinh_render::format;
use poem::Response;
use serde_json::{Value, json};
use tokio::sync::OwnedSemaphorePermit;

use super::export_download::{CSV, ODS};
use super::section_show::respond;
use crate::asked::Asked;
use crate::exports::{figures_csv, figures_json, figures_ods};
use crate::links::with_params;
use crate::present::Setting;
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// Media type of CSV on the Web's descriptions.
const CSVW: &str = "application/csvm+json";
const JSON: &str = "application/json";
/// The file that a description describes.
const CSV_NAME: &str = "so-lieu.csv";
/// The parameter that chooses values.
const CHOICE: &str = "chon";
/// Goes up when the files of the same figures come to look otherwise: what readers have kept is old then.
const FORM: &str = "1";

/// What a reader chose of a table, or all of it, as a file.
pub(crate) async fn table_download(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let file = asked.capture("file");
    let path = asked.path.trim_start_matches('/');
    let page = path.strip_suffix(file).and_then(|it| it.strip_suffix('/'));
    let (Some(page), Some(ending)) = (page, file.strip_prefix("so-lieu.")) else {
        return Err(Problem::NotFound);
    };
    if !["csv", "ods", "json", "csv-metadata.json"].contains(&ending) {
        return Err(Problem::NotFound);
    }
    // Before anything is read: whoever comes when all places are taken costs nothing.
    let place = state.exports.place()?;
    let table = match state.portal.table_place(&visit, page).await? {
        Ok(table) => table,
        Err(Answer::Moved(path)) => {
            let moved = Answer::Moved(format!("{path}/{file}"));
            return respond(&state, &asked, &visit, moved).await;
        }
        Err(Answer::Withdrawn(withdrawn)) => return Err(Problem::Withdrawn(withdrawn)),
        Err(_) => return Err(Problem::NotFound),
    };
    let setting = Setting::of(&state, &visit);
    let tag = tag(&setting, &asked, &table, ending);
    if let Some(known) = reply::known(&asked, &tag) {
        return Ok(known);
    }
    let part = match state.portal.table_part(&table, &asked.params).await? {
        Ok(part) => part,
        Err(words) => {
            let words = words.join(", ");
            let detail = setting.texts("table.not_there", &[("words", &words)]);
            return Err(Problem::BadRequest { detail });
        }
    };
    let response = given(&setting, &asked, (&table, part, place), ending)?;
    Ok(reply::revalidated(response, &tag))
}

fn given(
    setting: &Setting<'_>,
    asked: &Asked,
    (table, part, place): (&TablePlace, Part<Arc<Table>>, OwnedSemaphorePermit),
    ending: &str,
) -> Result<Response, Problem> {
    let entry = &table.detail.entry;
    let name = format!("{}.{ending}", entry.slug);
    let names = (setting.text("table.value"), setting.text("table.sign"));
    let header = table_header(&table.stored, names);
    Ok(match ending {
        "csv" => {
            let bytes = figures_csv(TableExport::of(part), &header, place);
            reply::streamed(CSV, &name, bytes)
        }
        "ods" => {
            let rows = part.cell_count() as u64;
            let sheet = TableExport::of(part).spreadsheet(&entry.title, &header)?;
            let sheet = sheet.ok_or_else(|| too_long(setting, rows))?;
            reply::streamed(ODS, &name, figures_ods(sheet, place))
        }
        "json" => {
            let text = JsonStat::of(part, &more(setting, &table.detail));
            reply::streamed(JSON, &name, figures_json(text, place))
        }
        _ => {
            let csv = format!("{}/bang/{CSV_NAME}", table.detail.path);
            let url = setting.absolute(&with_params(&csv, &choice(asked)));
            let of = (url.as_str(), entry.title.as_str(), &*setting.visit.language);
            let described = table_csvw(&table.stored, of, &header);
            reply::computed(asked, CSVW, described.to_string().into_bytes())
        }
    })
}

/// What a file says follows from the table's own file, the text that holds it, and what was chosen.
fn tag(setting: &Setting<'_>, asked: &Asked, table: &TablePlace, ending: &str) -> String {
    let chosen = with_params("", &choice(asked));
    let visit = setting.visit;
    let (language, host) = (visit.language.as_str(), visit.site.host.as_str());
    let revision = table.detail.entry.revision.as_str();
    reply::tag_of(&[
        FORM,
        ending,
        table.hash(),
        revision,
        language,
        host,
        &chosen,
    ])
}

fn choice(asked: &Asked) -> Vec<(String, String)> {
    let own = asked.params.iter().filter(|(name, _)| name == CHOICE);
    own.cloned().collect()
}

fn too_long(setting: &Setting<'_>, rows: u64) -> Problem {
    let (rows, most) = (format::number(rows), format::number(SHEET_ROWS_MAX));
    let detail = setting.texts("table.too_long", &[("rows", &rows), ("most", &most)]);
    Problem::BadRequest { detail }
}

/// What JSON-stat says of the whole.
fn more(setting: &Setting<'_>, detail: &Detail) -> [(&'static str, Value); 4] {
    let page = setting.absolute(&format!("{}/bang", detail.path));
    [
        ("label", json!(detail.entry.title)),
        ("source", json!(detail.credit.author)),
        ("updated", json!(detail.credit.updated)),
        ("href", json!(page)),
    ]
}
