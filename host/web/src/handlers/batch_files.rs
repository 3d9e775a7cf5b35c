use std::sync::Arc;

use bytes::Bytes;
use dinh_domain::vietnamese::slugify;
use dinh_portal::{BatchForm, BatchPlan, Cell, SignedIn, Visit};
use poem::Response;

use super::batch::{of, refused};
use crate::asked::Asked;
use crate::present::Setting;
use crate::problem::Problem;
use crate::state::State;
use crate::{csv, reply};

const CSV: &str = "text/csv; charset=utf-8; header=present";
const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";
/// Longest name of a file that is made of a type's, in characters.
const NAME_CHARS: usize = 60;

/// A table with a type's headings, to be filled in.
pub(crate) async fn batch_template(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let setting = Setting::of(&state, &visit);
    let form = state.portal.batch_form(&who.staff, &of(&asked)?).await?;
    let form = form.map_err(|undone| refused(&setting, &undone))?;
    let name = |ending: &str| {
        let kind = slugify(&form.kind, NAME_CHARS);
        format!("mau-{kind}.{ending}")
    };
    match asked.capture("file") {
        "mau.csv" => {
            let header: Vec<String> = form.fields.iter().map(|it| it.label.clone()).collect();
            let guides = form.fields.iter().map(|it| Cell::Text(it.guide.clone()));
            let text = csv::begin(&header) + &csv::rows(&[guides.collect()]);
            Ok(given(CSV, &name("csv"), text.into_bytes()))
        }
        "mau.ods" => {
            let sheet = form.template().map_err(|error| Problem::Internal {
                cause: error.to_string(),
            })?;
            Ok(given(ODS, &name("ods"), sheet))
        }
        _ => Err(Problem::NotFound),
    }
}

/// Everything that is wrong with the rows of a sheet, as a file.
pub(super) fn lines(setting: &Setting<'_>, form: &BatchForm, plan: &BatchPlan) -> Response {
    let header = [
        "batch.row",
        "batch.line_column",
        "batch.line_kind",
        "batch.line",
    ];
    let header = header.map(|key| setting.text(key).to_owned());
    let rows = plan.lines.iter().map(|it| {
        let kind = match it.keeps_out {
            true => setting.text("batch.line_out"),
            false => setting.text("batch.line_lacking"),
        };
        vec![
            Cell::Integer(i64::try_from(it.row).unwrap_or_default()),
            Cell::Text(it.heading.clone()),
            Cell::Text(kind.to_owned()),
            Cell::Text(it.message.clone()),
        ]
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let text = csv::begin(&header) + &csv::rows(&rows);
    let name = format!("loi-{}.csv", slugify(&form.kind, NAME_CHARS));
    given(CSV, &name, text.into_bytes())
}

fn given(media_type: &str, name: &str, bytes: Vec<u8>) -> Response {
    let whole = async move { Ok(Bytes::from(bytes)) };
    reply::streamed(media_type, name, futures_util::stream::once(whole))
}
