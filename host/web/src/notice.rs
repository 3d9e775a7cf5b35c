//! What stands in place of every page while somebody who works at it has something else to be told.

use std::sync::{Arc, PoisonError, RwLock};

use http::{Method, StatusCode};
use poem::{Request, Response};

use crate::asked::RequestId;
use crate::options::PublicScheme;
use crate::{plain, reply, security};

/// What is told, to all who look; a clone is the same.
#[derive(Debug, Clone, Default)]
pub struct Notice(Arc<RwLock<Option<String>>>);

/// Begins the paths of what pages are dressed with, and of what machines ask for.
const NOT_PAGES: [&str; 3] = ["/giao-dien/", "/healthz", "/readyz"];

impl Notice {
    /// Tells it from now on.
    pub fn tell(&self, text: impl Into<String>) {
        self.put(Some(text.into()));
    }

    /// Lets pages be seen again.
    pub fn clear(&self) {
        self.put(None);
    }

    fn put(&self, text: Option<String>) {
        let mut told = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *told = text;
    }

    /// The page that tells it, where there is something to be told and a page was asked for.
    pub(crate) fn page(&self, request: &Request) -> Option<Response> {
        let told = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let text = told.as_ref()?;
        let path = request.uri().path();
        let is_page = *request.method() == Method::GET
            && !NOT_PAGES.iter().any(|start| path.starts_with(start));
        is_page.then(|| {
            let html = plain::notice(text);
            let mut response = reply::failure(StatusCode::SERVICE_UNAVAILABLE, html);
            security::dress(&mut response, RequestId::new(), PublicScheme::Http);
            response
        })
    }
}
