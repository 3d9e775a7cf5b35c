use std::sync::Arc;

use dinh_portal::{ColumnName, Export, SHEET_ROWS_MAX, Spreadsheet, Visit};
use dinh_render::format;
use poem::Response;

use super::feed_show;
use crate::asked::Asked;
use crate::exports::{Address, csv_bytes, ods_bytes};
use crate::present::Setting;
use crate::problem::Problem;
use crate::state::State;
use crate::{links, reply};

pub(super) const CSV: &str = "text/csv; charset=utf-8; header=present";
pub(super) const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// The whole list of a section as a text file.
pub(crate) async fn csv_download(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let place = state.exports.place()?;
    let export = begun(&state, &asked, &visit).await?;
    let header = header(&Setting::of(&state, &visit), &export);
    let name = file_name(&export, &visit, "csv");
    let bytes = csv_bytes(export, &header, address(&state, &visit), place);
    Ok(reply::streamed(CSV, &name, bytes))
}

/// The same as a spreadsheet.
pub(crate) async fn ods_download(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let place = state.exports.place()?;
    let export = begun(&state, &asked, &visit).await?;
    let setting = Setting::of(&state, &visit);
    let (header, total) = (header(&setting, &export), export.total);
    let name = file_name(&export, &visit, "ods");
    let Some(sheet) = Spreadsheet::begin(export, &header)? else {
        let (rows, most) = (format::number(total), format::number(SHEET_ROWS_MAX));
        let detail = setting.texts("exports.too_long", &[("rows", &rows), ("most", &most)]);
        return Err(Problem::BadRequest { detail });
    };
    let bytes = ods_bytes(sheet, address(&state, &visit), place);
    Ok(reply::streamed(ODS, &name, bytes))
}

async fn begun(state: &State, asked: &Asked, visit: &Arc<Visit>) -> Result<Export, Problem> {
    let section = feed_show::list_path(asked);
    let begun = state.portal.export(visit, &section, &asked.params).await?;
    begun.ok_or(Problem::NotFound)
}

fn header(setting: &Setting<'_>, export: &Export) -> Vec<String> {
    let names = export.columns.iter().map(|name| match name {
        ColumnName::Field(label) => label.clone(),
        ColumnName::Title => setting.text("exports.title").to_owned(),
        ColumnName::Author => setting.text("credit.author").to_owned(),
        ColumnName::Source => setting.text("credit.source").to_owned(),
        ColumnName::Posted => setting.text("credit.posted").to_owned(),
        ColumnName::Updated => setting.text("credit.updated").to_owned(),
        ColumnName::Address => setting.text("exports.address").to_owned(),
    });
    names.collect()
}

/// `van-ban-yen-the.csv`: where a file came from is seen in its name.
fn file_name(export: &Export, visit: &Visit, ending: &str) -> String {
    let section = export.section.path.replace('/', "-");
    format!("{section}-{}.{ending}", visit.site.id)
}

fn address(state: &State, visit: &Visit) -> Address {
    let (options, here) = (state.options.clone(), visit.site.host.clone());
    Arc::new(move |way| links::absolute(&options, &here, way))
}
