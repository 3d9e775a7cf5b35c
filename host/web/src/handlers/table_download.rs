use std::sync::Arc;

use dinh_portal::shown::{Answer, Detail};
use dinh_portal::{SHEET_ROWS_MAX, TableExport, Visit};
use dinh_render::format;
use poem::Response;
use serde_json::json;

use super::export_download::{CSV, ODS};
use super::section_show::respond;
use crate::asked::Asked;
use crate::exports::{figures_csv, figures_ods};
use crate::present::Setting;
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// Media type of CSV on the Web's descriptions.
const CSVW: &str = "application/csvm+json";
/// The file that a description describes.
const CSV_NAME: &str = "so-lieu.csv";

/// What a reader chose of a table, or all of it, as a file.
pub(crate) async fn table_download(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let file = asked.capture("file");
    let path = asked.path.trim_start_matches('/');
    let Some(page) = path.strip_suffix(file).and_then(|it| it.strip_suffix('/')) else {
        return Err(Problem::NotFound);
    };
    let Some(ending) = file.strip_prefix("so-lieu.") else {
        return Err(Problem::NotFound);
    };
    let (detail, shown) = match state.portal.section(&visit, page, &asked.params).await? {
        Answer::Table(both) => *both,
        Answer::Moved(path) => {
            return respond(
                &state,
                &asked,
                &visit,
                Answer::Moved(format!("{path}/{file}")),
            )
            .await;
        }
        Answer::Withdrawn(withdrawn) => return Err(Problem::Withdrawn(withdrawn)),
        _ => return Err(Problem::NotFound),
    };
    let of = (detail.path.as_str(), detail.entry.title.as_str());
    let name = format!("{}.{ending}", detail.entry.slug);
    let export = TableExport::of(shown).await?;
    let setting = Setting::of(&state, &visit);
    let header = export.header((setting.text("table.value"), setting.text("table.sign")));
    match ending {
        "csv" => {
            let place = state.exports.place()?;
            Ok(reply::streamed(
                CSV,
                &name,
                figures_csv(export, &header, place),
            ))
        }
        "ods" => {
            let place = state.exports.place()?;
            let rows = export.table().cell_count() as u64;
            let Some(sheet) = export.spreadsheet(of.1, &header)? else {
                let (rows, most) = (format::number(rows), format::number(SHEET_ROWS_MAX));
                let detail = setting.texts("table.too_long", &[("rows", &rows), ("most", &most)]);
                return Err(Problem::BadRequest { detail });
            };
            Ok(reply::streamed(ODS, &name, figures_ods(sheet, place)))
        }
        "json" => {
            let _place = state.exports.place()?;
            json_stat(&asked, &setting, export, &detail).await
        }
        "csv-metadata.json" => {
            let url = setting.absolute(&format!("{}/bang/{CSV_NAME}", of.0));
            let described = export.csvw((&url, of.1, &visit.language), &header);
            Ok(reply::computed(
                &asked,
                CSVW,
                described.to_string().into_bytes(),
            ))
        }
        _ => Err(Problem::NotFound),
    }
}

async fn json_stat(
    asked: &Asked,
    setting: &Setting<'_>,
    export: TableExport,
    detail: &Detail,
) -> Result<Response, Problem> {
    let more = [
        ("label", json!(detail.entry.title)),
        ("source", json!(detail.credit.author)),
        ("updated", json!(detail.credit.updated)),
        (
            "href",
            json!(setting.absolute(&format!("{}/bang", detail.path))),
        ),
    ];
    // A large one is a text of some 8 MB: not on the threads that serve connections.
    let text = tokio::task::spawn_blocking(move || export.table().to_json_stat(&more)).await;
    let text = text.map_err(|error| Problem::Internal {
        cause: error.to_string(),
    })?;
    Ok(reply::computed(
        asked,
        "application/json",
        text.into_bytes(),
    ))
}
