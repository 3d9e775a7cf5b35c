/// Longest file ending that is taken for a format, in characters.
const MAX_ENDING_CHARS: usize = 5;

/// The format of a file in a word: `PDF`, by the name's ending or else by the media type.
pub(super) fn format(path: &str, media_type: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let fits = (1..=MAX_ENDING_CHARS).contains(&ending.len())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let kind = media_type.split(';').next().unwrap_or_default();
    let kind = kind.rsplit(['/', '.']).next().unwrap_or_default();
    if fits {
        ending.to_ascii_uppercase()
    } else {
        kind.trim().to_ascii_uppercase()
    }
}

/// What people call the files of a media type: `PDF`, `DOCX`.
pub(super) fn known(media_type: &str) -> String {
    let open = "application/vnd.oasis.opendocument.";
    let office = "application/vnd.openxmlformats-officedocument.";
    let name = match media_type {
        "application/msword" => "DOC",
        "application/vnd.ms-excel" => "XLS",
        "application/vnd.ms-powerpoint" => "PPT",
        "text/plain" => "TXT",
        other => match (other.strip_prefix(open), other.strip_prefix(office)) {
            (Some("text"), _) => "ODT",
            (Some("spreadsheet"), _) => "ODS",
            (Some("presentation"), _) => "ODP",
            (_, Some("wordprocessingml.document")) => "DOCX",
            (_, Some("spreadsheetml.sheet")) => "XLSX",
            (_, Some("presentationml.presentation")) => "PPTX",
            _ => return format("", media_type),
        },
    };
    name.to_owned()
}

#[cfg(test)]
mod tests;
