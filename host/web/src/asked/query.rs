use super::Refused;
use crate::percent;

/// Most parameters: our longest filter has some twenty, with all its boxes ticked.
const MAX_PARAMS: usize = 100;
/// Most fields of a form: a page of the desk has fifty lines to tick, and names each of them once more.
const MAX_FIELDS: usize = 400;

/// The `name=value` pairs of a query, decoded, in its order; `+` is a space.
pub(crate) fn pairs(raw: &str) -> Result<Vec<(String, String)>, Refused> {
    decoded(raw, MAX_PARAMS, percent::decode)
}

/// The same of a form, which may hold several lines.
pub(crate) fn fields(raw: &str) -> Result<Vec<(String, String)>, Refused> {
    decoded(raw, MAX_FIELDS, percent::decode_any)
}

fn decoded(
    raw: &str,
    most: usize,
    word: impl Fn(&str) -> Result<String, Refused>,
) -> Result<Vec<(String, String)>, Refused> {
    let parts = raw.split('&').filter(|part| !part.is_empty());
    let mut pairs = Vec::new();
    for part in parts {
        if pairs.len() == most {
            return Err(Refused::TooManyParams);
        }
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        pairs.push((
            word(&name.replace('+', " "))?,
            word(&value.replace('+', " "))?,
        ));
    }
    Ok(pairs)
}
