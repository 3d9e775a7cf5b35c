use dinh_portal::shown::{self, SiteMap, SiteMapSection};
use dinh_render::view::{Link, Page, SiteMapFilter, SiteMapGroup, SiteMapPage};

use super::feed::FEED;
use super::metadata;
use super::setting::{Setting, path};
use crate::links::with_params;
use crate::routes::{DCAT, OPEN_API, SEARCH, SITE_MAP, SITE_MAP_XML, VERIFY};

/// Fragment of the footer with the site's address and telephone, on every page.
const CONTACT: &str = "#lien-he";

/// The site map: sections with their pages and what divides them, then what belongs to the site as a
/// whole, then the other sites of the portal (TT 32/2017/TT-BTTTT Đ16).
pub(crate) fn page(setting: &Setting<'_>, map: &SiteMap) -> Page<SiteMapPage> {
    let mut groups: Vec<SiteMapGroup> = map
        .sections
        .iter()
        .map(|section| group(setting, section))
        .collect();
    groups.extend([
        lone(setting.text("search.title"), SEARCH),
        lone(setting.text("verify.title"), VERIFY),
        lone(setting.text("site_map.contact"), CONTACT),
        SiteMapGroup {
            href: None,
            children: machines(setting),
            ..lone(setting.text("site_map.machines"), "")
        },
    ]);
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
            filters: Vec::new(),
        });
    }
    let title = setting.text("site_map.title");
    let canonical = setting.absolute(SITE_MAP);
    let mut frame = setting.lone_frame(title);
    frame.share = Some(metadata::share(setting, "website"));
    frame.json_ld = Some(metadata::web_page(
        setting,
        "WebPage",
        title,
        &canonical,
        &[],
    ));
    frame.canonical = Some(canonical);
    Page {
        frame,
        body: SiteMapPage { groups },
    }
}

/// Addresses of the site as a whole that programs read.
fn machines(setting: &Setting<'_>) -> Vec<Link> {
    let sections = setting.visit.sections.iter();
    let feeds = sections.map(|section| {
        let label = format!("{}: {}", section.name, setting.text("list.feed"));
        Link::new(label, format!("{}/{FEED}", path(section)))
    });
    let mut links: Vec<Link> = feeds.collect();
    links.push(Link::new(setting.text("site_map.xml"), SITE_MAP_XML));
    links.push(Link::new(setting.text("site_map.data"), DCAT));
    links.push(Link::new(setting.text("site_map.api"), OPEN_API));
    links
}

fn lone(label: &str, href: &str) -> SiteMapGroup {
    SiteMapGroup {
        label: label.to_owned(),
        href: Some(href.to_owned()),
        children: Vec::new(),
        filters: Vec::new(),
    }
}

/// The values of a filter, each with the list that it narrows.
pub(super) fn filter(here: &str, shown: &shown::SiteMapFilter) -> SiteMapFilter {
    let values = shown.values.iter().map(|value| {
        let params = [(shown.index.clone(), value.value.clone())];
        let count = dinh_render::format::number(value.count);
        let label = format!("{} ({count})", value.label);
        Link::new(label, with_params(here, &params))
    });
    SiteMapFilter {
        label: shown.label.clone(),
        values: values.collect(),
    }
}

fn group(setting: &Setting<'_>, shown: &SiteMapSection) -> SiteMapGroup {
    let here = path(&shown.section);
    let filters = shown.filters.iter().map(|it| filter(&here, it));
    SiteMapGroup {
        label: shown.section.name.clone(),
        href: Some(here.clone()),
        children: setting.links(&shown.ways),
        filters: filters.collect(),
    }
}
