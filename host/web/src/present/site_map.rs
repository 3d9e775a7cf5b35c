use dinh_portal::shown::SiteMap;
use dinh_render::view::{Link, Page, SiteMapGroup, SiteMapPage};

use super::setting::{Setting, path};
use crate::routes::{SEARCH, SITE_MAP};

/// The site map: sections with their pages, then search, then the other sites of the portal.
pub(crate) fn page(setting: &Setting<'_>, map: &SiteMap) -> Page<SiteMapPage> {
    let sections = map.sections.iter().map(|(section, ways)| SiteMapGroup {
        label: section.name.clone(),
        href: Some(path(section)),
        children: setting.links(ways),
    });
    let mut groups: Vec<SiteMapGroup> = sections.collect();
    groups.push(SiteMapGroup {
        label: setting.text("search.title").to_owned(),
        href: Some(SEARCH.to_owned()),
        children: Vec::new(),
    });
    let sites = map
        .sites
        .iter()
        .filter(|site| site.id != setting.visit.site.id);
    let sites: Vec<Link> = sites
        .map(|site| Link::new(&site.name, setting.options.origin(&site.host) + "/"))
        .collect();
    if !sites.is_empty() {
        groups.push(SiteMapGroup {
            label: setting.text("other_sites.title").to_owned(),
            href: None,
            children: sites,
        });
    }
    let mut frame = setting.lone_frame(setting.text("site_map.title"));
    frame.canonical = Some(setting.absolute(SITE_MAP));
    Page {
        frame,
        body: SiteMapPage { groups },
    }
}
