use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use dinh_portal::Portal;
use dinh_render::Theme;

use crate::exports::Exports;
use crate::options::HttpOptions;
use crate::page_cache::PageCache;
use crate::rate::Rate;
use crate::renders::Renders;
use crate::router::Router;
use crate::sendings::Sendings;
use crate::uploads::Uploads;
use crate::webhook::Deliveries;

/// What stays the same from one request to the next. A clone shares all of it.
#[derive(Clone)]
pub(crate) struct State {
    pub(crate) portal: Portal,
    pub(crate) theme: Arc<Theme>,
    pub(crate) options: HttpOptions,
    pub(crate) router: Arc<Router>,
    pub(crate) pages: Arc<PageCache>,
    pub(crate) rate: Arc<Rate>,
    /// Forms that one caller may send.
    pub(crate) form_rate: Arc<Rate>,
    /// What one caller may send to the office.
    pub(crate) sendings: Arc<Sendings>,
    /// Subscriptions that one caller may ask for.
    pub(crate) subscribings: Arc<Sendings>,
    pub(crate) renders: Arc<Renders>,
    /// Long forms under way.
    pub(crate) uploads: Arc<Uploads>,
    /// What other systems send.
    pub(crate) deliveries: Arc<Deliveries>,
    /// Whole lists under way.
    pub(crate) exports: Arc<Exports>,
    /// Set when the process is asked to stop: no longer ready, still answering.
    pub(crate) draining: Arc<AtomicBool>,
}
