use dinh_portal::shown::AknShown;
use dinh_render::akn::Reference;

use super::metadata;
use super::setting::Setting;
use crate::links::with_params;
use crate::percent;
use crate::routes::SEARCH;

/// The document with the addresses of this site. What is not on the portal is searched for by number.
pub(crate) fn xml(setting: &Setting<'_>, shown: AknShown) -> String {
    let mut act = shown.act;
    let references = shown.ends.iter().map(|end| {
        let search = || {
            let params = [("q".to_owned(), end.code.clone())];
            setting.absolute(&with_params(SEARCH, &params))
        };
        Reference {
            href: metadata::address(setting, end).unwrap_or_else(search),
            label: end.label.clone(),
            outgoing: end.outgoing,
            modification: end.modification,
        }
    });
    act.references = references.collect();
    act.page = setting.absolute(&percent::tidy(&shown.path));
    act.own = format!("{}/akn.xml", act.page);
    act.eli = shown
        .eli
        .as_ref()
        .map(|local| metadata::eli_address(setting, local));
    act.publisher.id = setting.absolute("/");
    act.xml()
}
