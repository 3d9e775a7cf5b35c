//! Finds the route of a path. Every route has its [`Access`], and with it the shape of its handler.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use dinh_portal::Visit;
use poem::Response;

use crate::asked::Asked;
use crate::problem::Problem;
use crate::state::State;

/// An answer under way.
pub(crate) type Answering = Pin<Box<dyn Future<Output = Result<Response, Problem>> + Send>>;
/// Answers on a site.
pub(crate) type OnSite = Box<dyn Fn(Arc<State>, Asked, Arc<Visit>) -> Answering + Send + Sync>;
/// Answers without a site.
pub(crate) type Anywhere = Box<dyn Fn(Arc<State>, Asked) -> Answering + Send + Sync>;

/// Who may come, and where: the handler gets what its access has made sure of, and nothing else.
pub(crate) enum Access {
    /// Everybody, on a live site.
    Public(OnSite),
    /// The operator's machines; under any host name, also one that is no site.
    Probe(Anywhere),
    /// Everybody; files without which not even a page of failure can be read, under any host name.
    Asset(Anywhere),
}

impl Access {
    /// [`Access::Public`] with its handler.
    pub(crate) fn public<H, F>(handler: H) -> Self
    where
        H: Fn(Arc<State>, Asked, Arc<Visit>) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Response, Problem>> + Send + 'static,
    {
        Self::Public(Box::new(move |state, asked, visit| {
            Box::pin(handler(state, asked, visit))
        }))
    }

    /// [`Access::Probe`] with its handler.
    pub(crate) fn probe<H, F>(handler: H) -> Self
    where
        H: Fn(Arc<State>, Asked) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Response, Problem>> + Send + 'static,
    {
        Self::Probe(Box::new(move |state, asked| {
            Box::pin(handler(state, asked))
        }))
    }

    /// [`Access::Asset`] with its handler.
    pub(crate) fn asset<H, F>(handler: H) -> Self
    where
        H: Fn(Arc<State>, Asked) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Response, Problem>> + Send + 'static,
    {
        Self::Asset(Box::new(move |state, asked| {
            Box::pin(handler(state, asked))
        }))
    }
}

/// One line of the list in `routes.rs`.
pub(crate) struct Route {
    pattern: &'static str,
    access: Access,
}

impl Route {
    /// `pattern`: segments as they are, `{name}` for one segment, `{*name}` at the end for the rest.
    pub(crate) fn new(pattern: &'static str, access: Access) -> Self {
        Self { pattern, access }
    }
}

/// What a pattern's places hold.
pub(crate) type Captures = Vec<(&'static str, String)>;

/// The routes in their order: the first that fits answers.
pub(crate) struct Router {
    routes: Vec<Route>,
}

impl Router {
    pub(crate) fn new(routes: Vec<Route>) -> Self {
        Self { routes }
    }

    /// The handler of a path that needs no site.
    pub(crate) fn anywhere(&self, path: &str) -> Option<(&Anywhere, Captures)> {
        match self.find(path)? {
            (Access::Probe(handler) | Access::Asset(handler), captures) => {
                Some((handler, captures))
            }
            (Access::Public(_), _) => None,
        }
    }

    /// The handler of a path on a site.
    pub(crate) fn on_site(&self, path: &str) -> Option<(&OnSite, Captures)> {
        match self.find(path)? {
            (Access::Public(handler), captures) => Some((handler, captures)),
            (Access::Probe(_) | Access::Asset(_), _) => None,
        }
    }

    fn find(&self, path: &str) -> Option<(&Access, Captures)> {
        let mut routes = self.routes.iter();
        routes.find_map(|route| Some((&route.access, captures(route.pattern, path)?)))
    }
}

/// What the places of a pattern hold in a path; none where it does not fit.
fn captures(pattern: &'static str, path: &str) -> Option<Captures> {
    let mut found = Vec::new();
    let mut rest = path.strip_prefix('/')?;
    let mut places = pattern.strip_prefix('/')?.split('/').peekable();
    while let Some(place) = places.next() {
        let name = place
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'));
        if let Some(all) = name.and_then(|name| name.strip_prefix('*')) {
            found.push((all, rest.to_owned()));
            return Some(found);
        }
        let (segment, after) = match rest.split_once('/') {
            Some((segment, after)) => (segment, Some(after)),
            None => (rest, None),
        };
        match name {
            Some(_) if segment.is_empty() => return None,
            Some(name) => found.push((name, segment.to_owned())),
            None if segment == place => {}
            None => return None,
        }
        match (after, places.peek()) {
            (Some(after), Some(_)) => rest = after,
            (None, None) => return Some(found),
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests;
