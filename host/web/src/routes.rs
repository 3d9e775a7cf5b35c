//! All routes there are. A new one names its access, and with it what its handler is given.

use crate::handlers::{
    api_collections_list, api_entry_show, api_items_list, api_openapi_show, api_search,
    api_sites_list, csv_download, feed_show, file_show, health_show, home_show, ods_download,
    open_search_show, readiness_show, robots_show, search_show, section_show, security_txt_show,
    site_map_show, theme_asset_show,
};
use crate::router::{Access, Route};

/// Path of the search page.
pub(crate) const SEARCH: &str = "/tim-kiem";
/// Path of the site map page.
pub(crate) const SITE_MAP: &str = "/so-do-cong";
/// Path of the description of the search for browsers.
pub(crate) const OPEN_SEARCH: &str = "/opensearch.xml";
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
        Route::new("/robots.txt", Access::public(robots_show)),
        Route::new(
            "/.well-known/security.txt",
            Access::public(security_txt_show),
        ),
        Route::new(OPEN_SEARCH, Access::public(open_search_show)),
        Route::new("/api/v1/sites", Access::public(api_sites_list)),
        Route::new("/api/v1/collections", Access::public(api_collections_list)),
        Route::new(
            "/api/v1/collections/{plugin}/{collection}",
            Access::public(api_items_list),
        ),
        Route::new(
            "/api/v1/collections/{plugin}/{collection}/{id}",
            Access::public(api_entry_show),
        ),
        Route::new("/api/v1/search", Access::public(api_search)),
        Route::new("/api/v1/openapi.json", Access::public(api_openapi_show)),
        Route::new("/{section}/feed.atom", Access::public(feed_show)),
        Route::new("/{section}/export.csv", Access::public(csv_download)),
        Route::new("/{section}/export.ods", Access::public(ods_download)),
        Route::new("/{*path}", Access::public(section_show)),
    ]
}
