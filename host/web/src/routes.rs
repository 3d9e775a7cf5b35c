//! All routes there are. A new one names its access, and with it what its handler is given.

use crate::handlers::{
    eli_show, file_show, health_show, home_show, readiness_show, robots_show, search_show,
    section_show, security_txt_show, site_map_show, sitemap_show, theme_asset_show, verify_show,
};
use crate::router::{Access, Route};

/// Path of the search page.
pub(crate) const SEARCH: &str = "/tim-kiem";
/// Path of the site map page.
pub(crate) const SITE_MAP: &str = "/so-do-cong";
/// Path of the site map for machines.
pub(crate) const SITE_MAP_XML: &str = "/sitemap.xml";
/// Path of the page that verifies saved copies.
pub(crate) const VERIFY: &str = "/kiem-tra-ban-luu";
/// Path above all addresses of legislation.
pub(crate) const ELI: &str = "/eli";
/// Path above all files.
pub(crate) const FILES: &str = "/tep";

/// In the order in which they are tried.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::new("/healthz", Access::probe(health_show)),
        Route::new("/readyz", Access::probe(readiness_show)),
        Route::new("/giao-dien/{*path}", Access::asset(theme_asset_show)),
        Route::new("/", Access::public(home_show)),
        Route::new(SEARCH, Access::public(search_show)),
        Route::new(SITE_MAP, Access::public(site_map_show)),
        Route::new("/tep/{id}/{name}", Access::public(file_show)),
        Route::new(SITE_MAP_XML, Access::public(sitemap_show)),
        Route::new(VERIFY, Access::public(verify_show)),
        Route::new("/eli/{*path}", Access::public(eli_show)),
        Route::new("/robots.txt", Access::public(robots_show)),
        Route::new(
            "/.well-known/security.txt",
            Access::public(security_txt_show),
        ),
        Route::new("/{*path}", Access::public(section_show)),
    ]
}
