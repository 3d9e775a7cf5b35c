use super::Refused;
use crate::percent;

/// Most parameters: our longest form has some twenty, with all boxes of a filter ticked.
const MAX_PARAMS: usize = 100;

/// The `name=value` pairs of a query, decoded, in its order; `+` is a space.
pub(crate) fn pairs(raw: &str) -> Result<Vec<(String, String)>, Refused> {
    let parts = raw.split('&').filter(|part| !part.is_empty());
    let mut pairs = Vec::new();
    for part in parts {
        if pairs.len() == MAX_PARAMS {
            return Err(Refused::TooManyParams);
        }
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        pairs.push((word(name)?, word(value)?));
    }
    Ok(pairs)
}

fn word(raw: &str) -> Result<String, Refused> {
    percent::decode(&raw.replace('+', " "))
}
