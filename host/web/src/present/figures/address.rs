//! What was chosen of a table as parameters: always short enough for an address.

use dinh_domain::table::choice::{MAX_CHOICE_BYTES, word};
use dinh_portal::shown::TableShown;

use crate::links::{Param, with_params};

/// The address of a table's page with everything that was chosen and looked at; none where it is too scattered for one.
pub(crate) fn of(path: &str, shown: &TableShown) -> Option<String> {
    let mut params = said(shown)?;
    let browsing = &shown.browsing;
    if let Some(at) = browsing.dimension {
        let dimension = &shown.table.dimensions()[at];
        params.push(("chieu".to_owned(), dimension.id.clone()));
        params.push(("tim".to_owned(), browsing.words.clone()));
        let page = Some(browsing.page).filter(|it| *it > 1);
        params.extend(page.map(|it| ("trang".to_owned(), it.to_string())));
    }
    Some(with_params(path, &params))
}

/// What the page of the same figures has to be told: what it does by itself is left out.
pub(super) fn said(shown: &TableShown) -> Option<Vec<Param>> {
    let dimensions = shown.table.dimensions();
    let said = shown.selection.said(&shown.table);
    let place = |name: &str, at: &usize| (name.to_owned(), dimensions[*at].id.clone());
    let columns = said.columns.iter().map(|at| place("cot", at));
    let mut params: Vec<Param> = columns.collect();
    params.extend(said.rows.iter().map(|at| place("hang", at)));
    params.extend(values(shown, |at| said.picks[at])?);
    let drawing = shown.drawing.iter().map(|it| ("ve".to_owned(), it.clone()));
    params.extend(drawing);
    let compared = Some(("so-sanh".to_owned(), "1".to_owned()));
    params.extend(compared.filter(|_| shown.is_compared));
    Some(params)
}

/// What a file of the same figures has to be told: a dimension of which nothing is said it has whole.
pub(super) fn chosen(shown: &TableShown) -> Option<Vec<Param>> {
    let dimensions = shown.table.dimensions();
    let picks = &shown.selection.picks;
    values(shown, |at| picks[at].len() < dimensions[at].codes.len())
}

fn values(shown: &TableShown, is_said: impl Fn(usize) -> bool) -> Option<Vec<Param>> {
    let dimensions = shown.table.dimensions().iter().enumerate();
    let pairs = dimensions.zip(&shown.selection.picks);
    let own = pairs.filter(|((at, _), _)| is_said(*at));
    let own = own.map(|((_, it), picks)| format!("{}:{}", it.id, word(it, picks)));
    let own: Vec<String> = own.collect();
    let bytes: usize = own.iter().map(String::len).sum();
    let params = own.into_iter().map(|it| ("chon".to_owned(), it));
    (bytes <= MAX_CHOICE_BYTES).then(|| params.collect())
}
