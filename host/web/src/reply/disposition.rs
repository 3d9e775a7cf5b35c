use dinh_domain::vietnamese::slugify;

use crate::percent;

/// Longest plain name, in characters, for programs that know no other.
const MAX_PLAIN_CHARS: usize = 100;
/// Longest file ending that is taken for one, in characters.
const MAX_ENDING_CHARS: usize = 8;

/// `attachment` with the file's name (RFC 6266): in ASCII for old programs, as it is for all others.
pub(crate) fn attachment(name: &str) -> String {
    format!(
        "attachment; filename=\"{}\"; filename*=UTF-8''{}",
        plain(name),
        percent::encode(name)
    )
}

/// `quyet-dinh-12.pdf`: nothing in it needs escaping.
fn plain(name: &str) -> String {
    let is_ending = |ending: &str| {
        (1..=MAX_ENDING_CHARS).contains(&ending.len())
            && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    match name
        .rsplit_once('.')
        .filter(|(_, ending)| is_ending(ending))
    {
        Some((stem, ending)) => format!("{}.{ending}", slugify(stem, MAX_PLAIN_CHARS)),
        None => slugify(name, MAX_PLAIN_CHARS),
    }
}

#[cfg(test)]
mod tests;
