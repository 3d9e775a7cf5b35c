use std::future::Future;
use std::io;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, PoisonError, RwLock};

use dinh_portal::Portal;
use dinh_render::Theme;
use poem::{Endpoint, Request, Response};
use tokio::net::TcpListener;

use crate::answer::answer;
use crate::notice::Notice;
use crate::operator::OperatorEndpoint;
use crate::options::HttpOptions;
use crate::page_cache::PageCache;
use crate::rate::Rate;
use crate::router::Router;
use crate::routes::routes;
use crate::serve::{self, Patience};
use crate::state::State;

/// Forms a second that one caller may send in the long run, ten at once: an office shares an address,
/// and people type.
const FORMS_PER_SECOND: u32 = 1;

/// The portal as it is seen over HTTP.
#[derive(Clone)]
pub struct Web {
    state: Arc<State>,
    notice: Notice,
}

impl Web {
    /// Puts the portal behind the routes, dressed in a theme.
    pub fn new(portal: Portal, theme: Arc<Theme>, options: HttpOptions) -> Self {
        let router = Arc::new(Router::new(routes()));
        let draining = Arc::new(AtomicBool::new(false));
        let pages = Arc::new(PageCache::new(options.page_cache_bytes));
        let rate = Arc::new(Rate::new(options.client_requests_per_second));
        let form_rate = Arc::new(Rate::new(FORMS_PER_SECOND));
        Self {
            notice: Notice::default(),
            state: Arc::new(State {
                portal,
                theme,
                options,
                router,
                pages,
                rate,
                form_rate,
                sendings: Arc::default(),
                subscribings: Arc::default(),
                renders: Arc::default(),
                uploads: Arc::default(),
                deliveries: Arc::default(),
                exports: Arc::default(),
                draining,
            }),
        }
    }

    /// Has every page make room for what a notice tells.
    #[must_use]
    pub fn interrupted_by(self, notice: Notice) -> Self {
        Self { notice, ..self }
    }

    /// Answers on a listener until `shutdown` completes, then lets requests under way finish.
    pub async fn serve(
        &self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send,
    ) -> io::Result<()> {
        let state = &self.state;
        let patience = Patience::default();
        let (endpoint, draining) = (self.endpoint(), &state.draining);
        serve::serve(
            listener,
            endpoint,
            &state.options,
            patience,
            draining,
            shutdown,
        )
        .await
    }

    /// Answers operators on a listener of theirs until `shutdown` completes.
    pub async fn serve_operator(
        &self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send,
    ) -> io::Result<()> {
        let state = self.state.clone();
        let endpoint = OperatorEndpoint { state };
        let (options, patience) = (&self.state.options, Patience::default());
        // The public listener alone says in `/readyz` that it ends.
        let draining = AtomicBool::new(false);
        serve::serve(listener, endpoint, options, patience, &draining, shutdown).await
    }

    /// The same answers within this process, for tests.
    pub fn endpoint(&self) -> WebEndpoint {
        WebEndpoint {
            state: Arc::new(RwLock::new(self.state.clone())),
            notice: self.notice.clone(),
        }
    }
}

/// Answers requests that came by whatever way.
#[derive(Clone)]
pub struct WebEndpoint {
    state: Arc<RwLock<Arc<State>>>,
    notice: Notice,
}

impl WebEndpoint {
    /// What a request begins with and keeps to its end: with the plugins that there are now.
    fn state(&self) -> Arc<State> {
        let known = self.state.read();
        let known = known.unwrap_or_else(PoisonError::into_inner).clone();
        if known.portal.sees_the_newest() {
            return known;
        }
        let next = Arc::new(State {
            portal: known.portal.current(),
            ..(*known).clone()
        });
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        state.clone_from(&next);
        next
    }
}

impl Endpoint for WebEndpoint {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        if let Some(page) = self.notice.page(&request) {
            return Ok(page);
        }
        Ok(answer(self.state(), request).await)
    }
}
