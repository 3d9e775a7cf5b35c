use dinh_portal::shown::Home;
use dinh_render::format;
use dinh_render::view::{HomeBlock, HomePage, Page};

use super::metadata;
use super::row::rows;
use super::setting::{Setting, path};
use crate::links;

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
    let blocks = home.blocks.iter().map(|shown| {
        let total = format::number(shown.total);
        let words = [("title", shown.all_of.as_str()), ("total", &total)];
        let empty = || setting.text("home_page.empty").to_owned();
        HomeBlock {
            href: links::with_params(&path(&shown.section), &shown.asked),
            rows: rows(setting, &shown.rows),
            all: setting.texts("home_page.all", &words),
            empty: shown.empty.clone().unwrap_or_else(empty),
            title: shown.title.clone(),
        }
    });
    Page {
        frame,
        body: HomePage {
            intro,
            has_sections: home.has_sections,
            blocks: blocks.collect(),
        },
    }
}
