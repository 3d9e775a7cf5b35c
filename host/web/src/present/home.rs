use dinh_portal::shown::Home;
use dinh_render::view::{HomePage, HomeSection, Page};

use super::metadata;
use super::row::rows;
use super::setting::{Setting, path};

/// The home page of the visited site.
pub(crate) fn page(setting: &Setting<'_>, home: &Home) -> Page<HomePage> {
    let site = &setting.visit.site;
    let canonical = setting.absolute("/");
    let intro = site
        .introduction
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    let intro: Vec<String> = intro.map(str::to_owned).collect();
    let mut frame = setting.frame(&site.name);
    frame.is_home = true;
    frame.description = (!intro.is_empty()).then(|| intro.join(" "));
    frame.dublin_core = Some(metadata::of_home(setting, &canonical));
    frame.json_ld = Some(metadata::website(setting));
    frame.share = Some(metadata::share(setting, "website"));
    frame.canonical = Some(canonical);
    let sections = home.sections.iter().map(|shown| HomeSection {
        title: shown.section.name.clone(),
        href: path(&shown.section),
        rows: rows(setting, &shown.rows),
        total: shown.total,
    });
    Page {
        frame,
        body: HomePage {
            intro,
            sections: sections.collect(),
        },
    }
}
