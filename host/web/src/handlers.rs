//! One handler an action: it parses, calls one function of the portal, and hands on what it shows.

mod api;
mod audit;
mod batch;
mod batch_files;
mod bulk;
mod calendar_show;
mod dcat_show;
mod desk;
mod eli_show;
mod entry_assign;
mod entry_form;
mod entry_record;
mod export_download;
mod feed_show;
mod file_show;
mod form_submit;
mod health_show;
mod home_order;
mod home_show;
mod invitation;
mod module;
mod open_search_show;
mod organisation;
mod own_account;
mod people;
mod person;
mod person_faults;
mod plugin;
mod readiness_show;
mod revision;
mod robots_show;
mod search_complete;
mod search_show;
mod section_show;
mod security_txt_show;
mod sender;
mod sign_in;
mod site_map_show;
mod sitemap_show;
mod subscription;
mod table_download;
mod table_form;
mod take_over;
mod theme_asset_show;
mod totals_download;
mod tracking;
mod verify_show;

pub(crate) use api::{
    api_collections_list, api_entry_show, api_items_list, api_openapi_show, api_search,
    api_sites_list,
};
pub(crate) use audit::{audit_download, audit_list};
pub(crate) use batch::batch_form;
pub(crate) use batch_files::batch_template;
pub(crate) use bulk::bulk_step;
pub(crate) use calendar_show::calendar_show;
pub(crate) use dcat_show::dcat_show;
pub(crate) use desk::{desk_entry, desk_show};
pub(crate) use eli_show::eli_show;
pub(crate) use entry_assign::entry_assign;
pub(crate) use entry_form::{entry_begin, entry_edit, entry_new};
pub(crate) use entry_record::entry_record;
pub(crate) use export_download::{csv_download, ods_download};
pub(crate) use feed_show::feed_show;
pub(crate) use file_show::file_show;
pub(crate) use form_submit::form_submit;
pub(crate) use health_show::health_show;
pub(crate) use home_order::home_order;
pub(crate) use home_show::home_show;
pub(crate) use invitation::invitation;
pub(crate) use module::{module_show, modules_list};
pub(crate) use open_search_show::open_search_show;
pub(crate) use organisation::{organisation_new, organisation_show, organisations_list};
pub(crate) use own_account::own_account;
pub(crate) use people::people_list;
pub(crate) use person::{delegation_show, person_invite, person_show};
pub(crate) use plugin::{plugin_show, plugins_list};
pub(crate) use readiness_show::readiness_show;
pub(crate) use revision::{desk_file, desk_preview, desk_revision};
pub(crate) use robots_show::robots_show;
pub(crate) use search_complete::search_complete;
pub(crate) use search_show::search_show;
pub(crate) use section_show::section_show;
pub(crate) use security_txt_show::security_txt_show;
pub(crate) use sender::{ACT as SENDER_ACT, ERASE, READ, sender_show};
pub(crate) use sign_in::{sign_in, sign_out};
pub(crate) use site_map_show::site_map_show;
pub(crate) use sitemap_show::sitemap_show;
pub(crate) use subscription::{
    ABOUT, ADDRESS, AGREED, FILTER, subscription_ask, subscription_confirm, subscription_end,
};
pub(crate) use table_download::table_download;
pub(crate) use table_form::table_form;
pub(crate) use take_over::take_over;
pub(crate) use theme_asset_show::theme_asset_show;
pub(crate) use totals_download::totals_download;
pub(crate) use tracking::{
    ACT as TRACKING_ACT, CODE, CONFIRM, TAKE_BACK, puzzle_show, tracking_by_code, tracking_data,
    tracking_show,
};
pub(crate) use verify_show::verify_show;
