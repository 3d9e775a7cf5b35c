//! Finds the route of a path. Every route has its [`Access`], and with it the shape of its handler.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use dinh_portal::{Portal, SignedIn, Visit};
use poem::Response;

use crate::asked::Asked;
use crate::problem::Problem;
use crate::state::State;

/// An answer under way.
pub(crate) type Answering<'a> =
    Pin<Box<dyn Future<Output = Result<Response, Problem>> + Send + 'a>>;
/// Answers on a site.
pub(crate) type OnSite =
    Box<dyn Fn(Arc<State>, Asked, Arc<Visit>) -> Answering<'static> + Send + Sync>;
/// Answers somebody who is signed in.
pub(crate) type AtDesk =
    Box<dyn Fn(Arc<State>, Asked, Arc<Visit>, Arc<SignedIn>) -> Answering<'static> + Send + Sync>;
/// Answers without a site.
pub(crate) type Anywhere = Box<dyn Fn(Arc<State>, Asked) -> Answering<'static> + Send + Sync>;

/// Who may come, and where: the handler gets what its access has made sure of, and nothing else.
pub(crate) enum Access {
    /// Everybody, on a live site.
    Public {
        /// Answers.
        handler: OnSite,
        /// Which parameters its answers have, where they are kept; none where they are not.
        kept: Option<Declared>,
    },
    /// Whoever is signed in, on the admin host alone; nothing of it is kept anywhere.
    Staff(AtDesk),
    /// The same on every site: what is looked at as its own host shows it. On others than the admin host the session
    /// is one that was handed over.
    StaffOnSite(AtDesk),
    /// The operator's machines; under any host name, also one that is no site.
    Probe(Anywhere),
    /// Everybody; files without which not even a page of failure can be read, under any host name.
    Asset(Anywhere),
}

/// Names the parameters of a path of a host; none where the portal has to look around first.
pub(crate) type Names = fn(&Portal, host: &str, path: &str) -> Option<Vec<String>>;

/// The parameters that an answer depends on. Others are ignored: they make no page of their own.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Declared {
    /// These.
    Fixed(&'static [&'static str]),
    /// Those that the portal names for a path of a host.
    Of(Names),
}

impl Declared {
    /// A page without parameters.
    pub(crate) const NONE: Self = Self::Fixed(&[]);

    /// What was given of them, in canonical order: by name, the values of one name as they came.
    /// None where it cannot be told now.
    pub(crate) async fn canonical(
        self,
        portal: &Portal,
        (host, path): (&str, &str),
        given: &[(String, String)],
    ) -> Option<Vec<(String, String)>> {
        if given.is_empty() {
            return Some(Vec::new());
        }
        let mut given = given.to_vec();
        match self {
            Self::Fixed(names) => given.retain(|(name, _)| names.contains(&name.as_str())),
            Self::Of(names) => {
                let known = names(portal, host, path);
                let names = match known {
                    Some(names) => names,
                    None => {
                        portal.look_around().await.ok()?;
                        names(portal, host, path)?
                    }
                };
                given.retain(|(name, _)| names.contains(name));
            }
        }
        given.retain(|(_, value)| !value.is_empty());
        given.sort_by(|(a, _), (b, _)| a.cmp(b));
        Some(given)
    }
}

impl Access {
    /// Keeps the answers of a public route: one for each site, path and values of the declared
    /// parameters. Its handler is given these parameters alone, and no header of the request.
    pub(crate) fn cached(self, declared: Declared) -> Self {
        match self {
            Self::Public { handler, .. } => Self::Public {
                handler,
                kept: Some(declared),
            },
            other => other,
        }
    }

    /// [`Access::Public`] with its handler; its answers are not kept.
    pub(crate) fn public<H, F>(handler: H) -> Self
    where
        H: Fn(Arc<State>, Asked, Arc<Visit>) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Response, Problem>> + Send + 'static,
    {
        let handler: OnSite =
            Box::new(move |state, asked, visit| Box::pin(handler(state, asked, visit)));
        Self::Public {
            handler,
            kept: None,
        }
    }

    /// [`Access::Staff`] with its handler. It is given who is signed in, with the rights that hold
    /// now, and must ask them.
    pub(crate) fn staff<H, F>(handler: H) -> Self
    where
        H: Fn(Arc<State>, Asked, Arc<Visit>, Arc<SignedIn>) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Response, Problem>> + Send + 'static,
    {
        Self::Staff(Box::new(move |state, asked, visit, signed_in| {
            Box::pin(handler(state, asked, visit, signed_in))
        }))
    }

    /// [`Access::StaffOnSite`] with its handler, which is asked as that of [`Access::staff`].
    pub(crate) fn staff_on_site<H, F>(handler: H) -> Self
    where
        H: Fn(Arc<State>, Asked, Arc<Visit>, Arc<SignedIn>) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Response, Problem>> + Send + 'static,
    {
        Self::StaffOnSite(Box::new(move |state, asked, visit, signed_in| {
            Box::pin(handler(state, asked, visit, signed_in))
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
    /// What every path of it begins with.
    begin: &'static str,
    /// How many slashes its paths have; none where it takes the rest of them.
    slashes: Option<usize>,
    access: Access,
    takes: Option<Intake>,
}

impl Route {
    /// `pattern`: segments as they are, `{name}` for one segment, `{*name}` at the end for the rest.
    pub(crate) fn new(pattern: &'static str, access: Access) -> Self {
        let begin = pattern.split('{').next().unwrap_or_default();
        let takes_rest = pattern.contains("{*");
        Self {
            pattern,
            begin,
            slashes: (!takes_rest).then(|| slashes(pattern)),
            access,
            takes: None,
        }
    }

    /// Its pattern.
    pub(crate) fn pattern(&self) -> &'static str {
        self.pattern
    }

    /// The same for `POST` of a form too; without it a route answers `GET` and `HEAD`. The handler
    /// finds the fields in [`Asked::form`], which is none where nothing was sent.
    pub(crate) fn taking_forms(mut self) -> Self {
        self.takes = Some(Intake::Form);
        self
    }

    /// The same also for programs: the one form that need not come from a page of the site itself. For routes that a
    /// secret in their path alone decides, and nothing that a browser sends along.
    pub(crate) fn taking_forms_of_programs(mut self) -> Self {
        self.takes = Some(Intake::FormOfProgram);
        self
    }

    /// The same for long texts.
    pub(crate) fn taking_texts(mut self) -> Self {
        self.takes = Some(Intake::Texts);
        self
    }

    /// The same for long texts and files, of whoever is signed in. Files are in [`Asked::files`].
    pub(crate) fn taking_files(mut self) -> Self {
        self.takes = Some(Intake::Files);
        self
    }
}

/// What a form may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Intake {
    /// Some fields.
    Form,
    /// The same, whoever sends them.
    FormOfProgram,
    /// Long texts too.
    Texts,
    /// Long texts and files, of whoever is signed in.
    Files,
    /// Some fields and files, of everybody.
    SentFiles,
}

/// What a pattern's places hold.
pub(crate) type Captures = Vec<(&'static str, String)>;

/// Whose forms a route takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Forms {
    /// Everybody's: the rate of forms holds.
    Everybody,
    /// Those of whoever is signed in: an office sends many.
    Staff,
}

/// What becomes of a path before its site is known.
pub(crate) enum Way<'a> {
    /// It needs none.
    Anywhere(&'a Anywhere, Captures),
    /// Its answers are kept.
    Kept(Declared),
    /// It is worked out on its site, or there is none such.
    OnSite,
}

/// The routes in their order: the first that fits answers.
pub(crate) struct Router {
    routes: Vec<Route>,
}

impl Router {
    pub(crate) fn new(routes: Vec<Route>) -> Self {
        Self { routes }
    }

    /// What becomes of a path before its site is known.
    pub(crate) fn way(&self, path: &str) -> Way<'_> {
        let Some(route) = self.find(path) else {
            return Way::OnSite;
        };
        match &route.access {
            Access::Probe(handler) | Access::Asset(handler) => {
                Way::Anywhere(handler, captures(route.pattern, path).unwrap_or_default())
            }
            Access::Public {
                kept: Some(declared),
                ..
            } => Way::Kept(*declared),
            Access::Public { kept: None, .. } | Access::Staff(_) | Access::StaffOnSite(_) => {
                Way::OnSite
            }
        }
    }

    /// The access of a path, and what its pattern's places hold.
    pub(crate) fn on_site(&self, path: &str) -> Option<(&Access, Captures)> {
        let route = self.find(path)?;
        match &route.access {
            Access::Probe(_) | Access::Asset(_) => None,
            access => Some((access, captures(route.pattern, path)?)),
        }
    }

    /// Whose forms a path takes as a route of its own, and what they may hold; none where it takes none.
    pub(crate) fn forms(&self, path: &str) -> Option<(Forms, Intake)> {
        let route = self.find(path)?;
        let whose = match route.access {
            Access::Staff(_) | Access::StaffOnSite(_) => Forms::Staff,
            _ => Forms::Everybody,
        };
        Some((whose, route.takes?))
    }

    fn find(&self, path: &str) -> Option<&Route> {
        // Each request walks through this list: nearly all of it is passed over without a look at segments.
        let count = slashes(path);
        let fits = |route: &&Route| {
            route.slashes.is_none_or(|it| it == count)
                && path.starts_with(route.begin)
                && walk(route.pattern, path, |_, _| ())
        };
        self.routes.iter().find(fits)
    }
}

fn slashes(path: &str) -> usize {
    path.bytes().filter(|byte| *byte == b'/').count()
}

/// What the places of a pattern hold in a path; none where it does not fit.
fn captures(pattern: &'static str, path: &str) -> Option<Captures> {
    let mut found = Vec::new();
    walk(pattern, path, |name, value| {
        found.push((name, value.to_owned()));
    })
    .then_some(found)
}

/// Whether a pattern fits a path; `place` is told what its places hold.
fn walk(pattern: &'static str, path: &str, mut place: impl FnMut(&'static str, &str)) -> bool {
    let (Some(mut rest), Some(pattern)) = (path.strip_prefix('/'), pattern.strip_prefix('/'))
    else {
        return false;
    };
    let mut segments = pattern.split('/').peekable();
    while let Some(wanted) = segments.next() {
        let name = wanted
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'));
        if let Some(all) = name.and_then(|name| name.strip_prefix('*')) {
            place(all, rest);
            return true;
        }
        let (segment, after) = match rest.split_once('/') {
            Some((segment, after)) => (segment, Some(after)),
            None => (rest, None),
        };
        match name {
            Some(_) if segment.is_empty() => return false,
            Some(name) => place(name, segment),
            None if segment == wanted => {}
            None => return false,
        }
        match (after, segments.peek()) {
            (Some(after), Some(_)) => rest = after,
            (None, None) => return true,
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests;
