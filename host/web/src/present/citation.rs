use dinh_portal::shown::{Detail, Reference as Format};
use dinh_render::citation::Reference;
use dinh_render::view::{CitationShown, Link};

use super::setting::Setting;
use crate::percent;

/// What may be said of an entry in a list of references, out of its Dublin Core; none where it cannot be cited.
fn reference(setting: &Setting<'_>, detail: &Detail) -> Option<Reference> {
    let kind = detail.citation.as_ref()?;
    let record = &detail.dublin_core;
    let url = setting.absolute(&percent::tidy(&detail.path));
    let more = |name: &str| {
        let mut more = record.more.iter();
        let found = more.find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let is_own = record.identifier == detail.entry.id.as_str();
    // Several values of one element are divided so (TT 24/2011/TT-BTTTT, điều 5).
    let creators = record.creator.split(';').map(str::trim);
    Some(Reference {
        bibtex: kind.bibtex.as_str(),
        publisher_field: kind.bibtex.publisher(),
        ris: kind.ris.as_str(),
        key: detail.entry.slug.to_string(),
        title: record.title.clone(),
        creators: creators
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect(),
        date: record.date.clone(),
        publisher: record.publisher.clone(),
        identifier: if is_own {
            String::new()
        } else {
            record.identifier.clone()
        },
        description: record.description.clone(),
        language: more("language"),
        url,
    })
}

/// On the page of an entry.
pub(super) fn shown(setting: &Setting<'_>, detail: &Detail) -> Option<CitationShown> {
    let file = |key: &'static str, word: &str| {
        Link::new(setting.text(key), format!("{}/{word}", detail.path))
    };
    Some(CitationShown {
        text: reference(setting, detail)?.text(),
        files: vec![
            file("citation.bibtex", "trich-dan.bib"),
            file("citation.ris", "trich-dan.ris"),
        ],
    })
}

/// As a file: its media type and its text.
pub(crate) fn file(
    setting: &Setting<'_>,
    detail: &Detail,
    format: Format,
) -> Option<(&'static str, String)> {
    let reference = reference(setting, detail)?;
    Some(match format {
        Format::Bibtex => ("application/x-bibtex; charset=utf-8", reference.bibtex()),
        Format::Ris => (
            "application/x-research-info-systems; charset=utf-8",
            reference.ris(),
        ),
    })
}
