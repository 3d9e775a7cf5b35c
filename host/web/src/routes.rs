//! All routes there are. A new one names its access, and with it what its handler is given.
//!
//! `Access::public(handler)` answers anew each time. `.cached(…)` keeps its answers of status 200 in
//! the page cache and answers repeated requests, `HEAD`, `If-None-Match` and `Accept-Encoding` from
//! it. To opt in, a route names every parameter that its answer depends on, and no more:
//! `Declared::NONE`, `Declared::Fixed(&["page"])`, or `Declared::Of(function)` where the portal knows
//! them. Its handler then sees these parameters alone, sorted, and none of the request's headers, so
//! its answer cannot depend on anything that the cache does not know of. What it reads of entries it
//! reads within `visit.scope(…)`, which notes what makes the answer old; what changes by the clock
//! other than at midnight it says with `visit.good_until(…)`, and what must not be kept with
//! `visit.passing()`. Leave out what streams, what is already a file, and what is different for each
//! visitor.
//!
//! `Access::staff(handler)` is for whoever is signed in, on the admin host alone: its handler is given
//! who that is, with the rights that hold now, and must ask them. `.taking_forms()` lets `POST` of a
//! form come to the same handler, `.taking_texts()` that of a long one, `.taking_files()` one with
//! files too; without any of them a route answers `GET` and `HEAD`. `.taking_forms_of_programs()` lets others than
//! this site's own pages send one: for what a secret in the path alone decides.
//!
//! Not in the list: `/moc/<plugin>/<path>`, where other systems send to plugins ([`crate::webhook`]). It alone takes
//! bodies that are no form of this site.

use dinh_portal::Portal;

use crate::handlers::{
    api_collections_list, api_entry_show, api_items_list, api_openapi_show, api_search,
    api_sites_list, audit_download, audit_list, batch_form, batch_template, bulk_step,
    calendar_show, csv_download, dcat_show, delegation_show, desk_entry, desk_file, desk_preview,
    desk_revision, desk_show, eli_show, entry_assign, entry_begin, entry_edit, entry_new,
    entry_record, feed_show, file_show, health_show, home_order, home_show, invitation,
    module_show, modules_list, ods_download, open_search_show, organisation_new, organisation_show,
    organisations_list, own_account, people_list, person_invite, person_show, plugin_show,
    plugins_list, puzzle_show, readiness_show, robots_show, search_complete, search_show,
    section_show, security_txt_show, sender_show, sign_in, sign_out, site_map_show, sitemap_show,
    subscription_ask, subscription_confirm, subscription_end, table_download, table_form,
    take_over, theme_asset_show, totals_download, tracking_by_code, tracking_data, tracking_show,
    verify_show,
};
use crate::router::{Access, Declared, Route};

/// Path of the search page.
pub(crate) const SEARCH: &str = "/tim-kiem";
/// Path of its completions, for search boxes of browsers.
pub(crate) const COMPLETIONS: &str = "/tim-kiem/goi-y";
/// Path of the site map page.
pub(crate) const SITE_MAP: &str = "/so-do-cong";
/// Path of the site map for machines.
pub(crate) const SITE_MAP_XML: &str = "/sitemap.xml";
/// Path of the page that verifies saved copies.
pub(crate) const VERIFY: &str = "/kiem-tra-ban-luu";
/// Path above all addresses of legislation.
pub(crate) const ELI: &str = "/eli";
/// Path of the description of the search for browsers.
pub(crate) const OPEN_SEARCH: &str = "/opensearch.xml";
/// Path of the catalogue of open data.
pub(crate) const DCAT: &str = "/dcat.jsonld";
/// Path of the description of the interface for programs.
pub(crate) const OPEN_API: &str = "/api/v1/openapi.json";
/// Path of the page to sign in.
pub(crate) const SIGN_IN: &str = "/dang-nhap";
/// Path to sign out.
pub(crate) const SIGN_OUT: &str = "/dang-xuat";
/// Path above all invitations: what stands behind it is a secret.
pub(crate) const INVITATIONS: &str = "/loi-moi/";
/// Path of the page that tells how far a sending has come.
pub(crate) const TRACKING: &str = "/theo-doi";
/// Path above all links of senders: what stands behind it is a secret.
pub(crate) const TRACKED: &str = "/theo-doi/";
/// Path of the form to subscribe by mail.
pub(crate) const SUBSCRIBE: &str = "/nhan-tin";
/// Path above all links that confirm a subscription: what stands behind it is a secret.
pub(crate) const CONFIRMING: &str = "/nhan-tin/xac-nhan/";
/// Path above all links that end one: what stands behind it is a secret.
pub(crate) const ENDING: &str = "/nhan-tin/bo/";
/// Path of puzzles for browsers.
pub(crate) const PUZZLE: &str = "/thu-thach";
/// Path of one's own account.
pub(crate) const OWN_ACCOUNT: &str = "/quan-tri/tai-khoan";
/// Path of the desk, and above everything on it.
pub(crate) const DESK: &str = "/quan-tri";
/// Where a session of the admin host is taken over on another.
pub(crate) const TAKE_OVER: &str = "/quan-tri/tiep-tuc";
/// One step with many entries.
pub(crate) const MANY: &str = "/quan-tri/nhieu-muc";
/// Path of the room of people, and above a person's page.
pub(crate) const PEOPLE: &str = "/quan-tri/con-nguoi";
/// Path of the page to invite somebody.
pub(crate) const INVITE: &str = "/quan-tri/con-nguoi/moi";
/// Path of one's own delegations.
pub(crate) const DELEGATIONS: &str = "/quan-tri/uy-quyen";
/// Path of the room of acts.
pub(crate) const AUDIT: &str = "/quan-tri/nhat-ky";
/// Path of the same as a text file.
pub(crate) const AUDIT_CSV: &str = "/quan-tri/nhat-ky/xuat.csv";
/// Path of the tree of organisations, and above one's page.
pub(crate) const ORGANISATIONS: &str = "/quan-tri/to-chuc";
/// Path of the room of sections, and above the page of one.
pub(crate) const MODULES: &str = "/quan-tri/chuyen-muc";
/// Path above the order of each site's home page.
pub(crate) const HOME_ORDER: &str = "/quan-tri/trang-chu";
/// Path of the room of plugins, and above the page of one.
pub(crate) const PLUGINS: &str = "/quan-tri/phan-mo-rong";
/// Path above all files.
pub(crate) const FILES: &str = "/tep";

/// In the order in which they are tried.
pub(crate) fn routes() -> Vec<Route> {
    let mut routes = portal();
    routes.extend(staff());
    routes.extend(sections());
    routes
}

/// The pattern of every route, in their order: for whoever tries them all.
pub fn patterns() -> Vec<&'static str> {
    let routes = routes();
    routes.iter().map(Route::pattern).collect()
}

/// The portal's own pages and files.
fn portal() -> Vec<Route> {
    vec![
        Route::new("/healthz", Access::probe(health_show)),
        Route::new("/readyz", Access::probe(readiness_show)),
        Route::new("/giao-dien/{*path}", Access::asset(theme_asset_show)),
        Route::new("/", Access::public(home_show).cached(Declared::NONE)),
        Route::new(
            SEARCH,
            Access::public(search_show).cached(Declared::Of(|portal, _, _| portal.search_params())),
        ),
        Route::new(
            COMPLETIONS,
            Access::public(search_complete).cached(Declared::Fixed(&["q"])),
        ),
        Route::new(
            SITE_MAP,
            Access::public(site_map_show).cached(Declared::NONE),
        ),
        Route::new("/tep/{id}/{name}", Access::public(file_show)),
        Route::new(SITE_MAP_XML, Access::public(sitemap_show)),
        Route::new(VERIFY, Access::public(verify_show)),
        Route::new("/eli/{*path}", Access::public(eli_show)),
        Route::new("/robots.txt", Access::public(robots_show)),
        Route::new(
            "/.well-known/security.txt",
            Access::public(security_txt_show),
        ),
        Route::new(OPEN_SEARCH, Access::public(open_search_show)),
        Route::new(
            DCAT,
            Access::public(dcat_show).cached(Declared::Fixed(&["sau"])),
        ),
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
        Route::new(OPEN_API, Access::public(api_openapi_show)),
        Route::new(SIGN_IN, Access::public(sign_in)).taking_texts(),
        Route::new(SIGN_OUT, Access::public(sign_out)).taking_forms(),
        Route::new(TAKE_OVER, Access::public(take_over)),
        Route::new("/loi-moi/{token}", Access::public(invitation)).taking_forms(),
        Route::new(TRACKING, Access::public(tracking_by_code)),
        Route::new("/theo-doi/{token}", Access::public(tracking_show)).taking_forms(),
        Route::new(
            "/theo-doi/{token}/du-lieu.json",
            Access::public(tracking_data),
        ),
        Route::new(PUZZLE, Access::public(puzzle_show)),
        Route::new(SUBSCRIBE, Access::public(subscription_ask)).taking_forms(),
        Route::new(
            "/nhan-tin/xac-nhan/{token}",
            Access::public(subscription_confirm),
        )
        .taking_forms(),
        Route::new("/nhan-tin/bo/{token}", Access::public(subscription_end))
            .taking_forms_of_programs(),
    ]
}

/// The desk and the rooms beside it.
fn staff() -> Vec<Route> {
    vec![
        Route::new(OWN_ACCOUNT, Access::staff(own_account)).taking_forms(),
        Route::new(DESK, Access::staff(desk_show)),
        Route::new(MANY, Access::staff(bulk_step)).taking_forms(),
        Route::new("/quan-tri/muc/{id}", Access::staff(desk_entry)).taking_forms(),
        Route::new("/quan-tri/muc/{id}/sua", Access::staff(entry_edit)).taking_files(),
        Route::new("/quan-tri/muc/{id}/bang", Access::staff(table_form)).taking_files(),
        Route::new(
            "/quan-tri/muc/{id}/xem-truoc",
            Access::staff_on_site(desk_preview),
        ),
        Route::new(
            "/quan-tri/muc/{id}/ban/{number}",
            Access::staff(desk_revision),
        )
        .taking_forms(),
        Route::new(
            "/quan-tri/muc/{id}/tep/{file}/{name}",
            Access::staff_on_site(desk_file),
        ),
        Route::new("/quan-tri/muc/{id}/nguoi-gui", Access::staff(sender_show)).taking_forms(),
        Route::new(
            "/quan-tri/muc/{id}/nhap/{collection}",
            Access::staff(entry_record),
        )
        .taking_files(),
        Route::new("/quan-tri/soan", Access::staff(entry_begin)),
        Route::new(
            "/quan-tri/soan/{site}/{plugin}/{collection}",
            Access::staff(entry_new),
        )
        .taking_files(),
        Route::new(
            "/quan-tri/nhap/{site}/{plugin}/{collection}",
            Access::staff(batch_form),
        )
        .taking_files(),
        Route::new(
            "/quan-tri/nhap/{site}/{plugin}/{collection}/{file}",
            Access::staff(batch_template),
        ),
        Route::new("/quan-tri/muc/{id}/giao", Access::staff(entry_assign)).taking_forms(),
        Route::new(PEOPLE, Access::staff(people_list)),
        Route::new(INVITE, Access::staff(person_invite)).taking_forms(),
        Route::new("/quan-tri/con-nguoi/{id}", Access::staff(person_show)).taking_forms(),
        Route::new(AUDIT, Access::staff(audit_list)),
        Route::new(AUDIT_CSV, Access::staff(audit_download)),
        Route::new(ORGANISATIONS, Access::staff(organisations_list)),
        Route::new("/quan-tri/to-chuc/moi", Access::staff(organisation_new)).taking_forms(),
        Route::new("/quan-tri/to-chuc/{id}", Access::staff(organisation_show)).taking_forms(),
        Route::new(DELEGATIONS, Access::staff(delegation_show)).taking_forms(),
        Route::new(MODULES, Access::staff(modules_list)),
        Route::new(
            "/quan-tri/chuyen-muc/{site}/{plugin}",
            Access::staff(module_show),
        )
        .taking_forms(),
        Route::new("/quan-tri/trang-chu/{site}", Access::staff(home_order)).taking_forms(),
        Route::new(PLUGINS, Access::staff(plugins_list)),
        Route::new("/quan-tri/phan-mo-rong/{id}", Access::staff(plugin_show)).taking_forms(),
    ]
}

/// What the sections of a site have; the last one takes every path.
fn sections() -> Vec<Route> {
    vec![
        Route::new("/{section}/feed.atom", Access::public(feed_show)),
        Route::new("/{section}/calendar.ics", Access::public(calendar_show)),
        Route::new("/{section}/export.csv", Access::public(csv_download)),
        Route::new("/{section}/export.ods", Access::public(ods_download)),
        Route::new("/{section}/tong-hop.csv", Access::public(totals_download)),
        Route::new(
            "/{section}/{collection}/tong-hop.csv",
            Access::public(totals_download),
        ),
        Route::new(
            "/{section}/{collection}/feed.atom",
            Access::public(feed_show),
        ),
        Route::new(
            "/{section}/{collection}/calendar.ics",
            Access::public(calendar_show),
        ),
        Route::new(
            "/{section}/{collection}/export.csv",
            Access::public(csv_download),
        ),
        Route::new(
            "/{section}/{collection}/export.ods",
            Access::public(ods_download),
        ),
        Route::new(
            "/{section}/{slug}/bang/{file}",
            Access::public(table_download),
        ),
        Route::new(
            "/{section}/{collection}/{slug}/bang/{file}",
            Access::public(table_download),
        ),
        Route::new(
            "/{section}/{slug}/phien-ban/{number}/bang/{file}",
            Access::public(table_download),
        ),
        Route::new(
            "/{section}/{collection}/{slug}/phien-ban/{number}/bang/{file}",
            Access::public(table_download),
        ),
        Route::new(
            "/{*path}",
            Access::public(section_show).cached(Declared::Of(Portal::section_params)),
        ),
    ]
}
