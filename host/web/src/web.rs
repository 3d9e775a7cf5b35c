use std::future::Future;
use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use dinh_portal::Portal;
use dinh_render::Theme;
use poem::{Endpoint, Request, Response};
use tokio::net::TcpListener;

use crate::answer::answer;
use crate::exports::Exports;
use crate::operator::OperatorEndpoint;
use crate::options::HttpOptions;
use crate::page_cache::PageCache;
use crate::rate::Rate;
use crate::renders::Renders;
use crate::router::Router;
use crate::routes::routes;
use crate::serve::{self, Patience};
use crate::state::State;

/// The portal as it is seen over HTTP.
#[derive(Clone)]
pub struct Web {
    state: Arc<State>,
}

impl Web {
    /// Puts the portal behind the routes, dressed in a theme.
    pub fn new(portal: Portal, theme: Arc<Theme>, options: HttpOptions) -> Self {
        let router = Router::new(routes());
        let draining = AtomicBool::new(false);
        let pages = PageCache::new(options.page_cache_bytes);
        let rate = Rate::new(options.client_requests_per_second);
        Self {
            state: Arc::new(State {
                portal,
                theme,
                options,
                router,
                pages,
                rate,
                renders: Renders::default(),
                exports: Exports::default(),
                draining,
            }),
        }
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
            state: self.state.clone(),
        }
    }
}

/// Answers requests that came by whatever way.
#[derive(Clone)]
pub struct WebEndpoint {
    state: Arc<State>,
}

impl Endpoint for WebEndpoint {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        Ok(answer(self.state.clone(), request).await)
    }
}
