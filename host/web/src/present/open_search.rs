//! The search of a site, described for browsers (OpenSearch 1.1).

use super::setting::Setting;
use crate::api;
use crate::routes::SEARCH;
use crate::xml::text;

/// Longest short name, in characters (OpenSearch 1.1).
const SHORT_NAME_MAX: usize = 16;
/// Longest long name, in characters (OpenSearch 1.1).
const LONG_NAME_MAX: usize = 48;
/// Longest description, in characters (OpenSearch 1.1).
const DESCRIPTION_MAX: usize = 1_024;

/// The description.
pub(crate) fn description(setting: &Setting<'_>) -> String {
    let site = &setting.visit.site;
    let about = if site.introduction.trim().is_empty() {
        &site.name
    } else {
        &site.introduction
    };
    let icon = setting.absolute(&format!("{}/emblem.svg", setting.theme.asset_base()));
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>{short}</ShortName>\n<LongName>{long}</LongName>\n\
         <Description>{about}</Description>\n\
         <Url type=\"text/html\" template=\"{page}?q={{searchTerms}}\"/>\n\
         <Url type=\"application/json\" template=\"{data}?q={{searchTerms}}\"/>\n\
         <Url type=\"application/opensearchdescription+xml\" rel=\"self\" template=\"{own}\"/>\n\
         <Image type=\"image/svg+xml\">{icon}</Image>\n<Language>{language}</Language>\n\
         <InputEncoding>UTF-8</InputEncoding>\n<OutputEncoding>UTF-8</OutputEncoding>\n\
         </OpenSearchDescription>\n",
        short = text(&cut(&site.name, SHORT_NAME_MAX)),
        long = text(&cut(&site.name, LONG_NAME_MAX)),
        about = text(&cut(about, DESCRIPTION_MAX)),
        page = text(&setting.absolute(SEARCH)),
        data = text(&setting.absolute(&format!("{}/search", api::BASE))),
        own = text(&setting.absolute(crate::routes::OPEN_SEARCH)),
        icon = text(&icon),
        language = text(&setting.visit.language),
    )
}

/// The first words that fit, or the first letters of a long word.
fn cut(words: &str, most: usize) -> String {
    let mut kept = String::new();
    for word in words.split_whitespace() {
        if kept.chars().count() + 1 + word.chars().count() > most + usize::from(kept.is_empty()) {
            break;
        }
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word);
    }
    if kept.is_empty() {
        kept = words.chars().take(most).collect();
    }
    kept
}

#[test]
fn a_long_name_is_cut_between_words() {
    let name = "Cổng thông tin điện tử huyện Yên Thế";
    assert_eq!(cut(name, 16), "Cổng thông tin");
    assert_eq!(cut(name, 48), name);
    assert_eq!(cut("Cổng thông tin đ", 16), "Cổng thông tin đ");
    assert_eq!(cut("mộttừdàikhôngcókhoảngtrắng", 16), "mộttừdàikhôngcók");
}
