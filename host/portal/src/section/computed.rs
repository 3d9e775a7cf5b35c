//! A page that a plugin computes; the host's own view stands in while its code is parked or fails.

use std::sync::Arc;

use dinh_domain::dates::Instant;
use dinh_domain::declaration::{Fallback, Route, RouteKind};
use dinh_domain::entry::Entry;
use dinh_domain::ids::Slug;
use dinh_domain::visibility::Purpose;
use dinh_runtime::{Budget, Call, CallError, Outcome, Plugin, Request, View};

use super::{Here, form};
use crate::failure::Failure;
use crate::host_calls::GuestHost;
use crate::portal::Portal;
use crate::shown::{Answer, Computed, Way};

/// Where a computed page or a form stands.
#[derive(Clone)]
pub(super) struct Place {
    /// Path parameters of its route, and the id of the entry.
    pub(super) params: Vec<(String, String)>,
    pub(super) title: String,
    pub(super) back: Way,
    /// The entry that it is about.
    pub(super) entry: Option<Arc<Entry>>,
}

impl Portal {
    pub(super) async fn computed(
        &self,
        here: &Here<'_>,
        route: &Route,
        params: Vec<(String, String)>,
        given: &[(String, String)],
    ) -> Result<Answer, Failure> {
        let slug = slug_of(&params).map(str::to_owned);
        let slug = slug.as_deref();
        let Some(place) = self.place(here, route, params).await? else {
            return self.fallback(here, route, slug, given).await;
        };
        if route.kind == RouteKind::Form {
            here.visit.passing();
        }
        match self.ask_page(here, route, &place, given).await {
            Ok(Outcome::View(view)) => match self.view(here, view, place).await {
                Ok(computed) => Ok(Answer::Computed(Box::new(Computed {
                    form: form::empty(here, route),
                    ..computed
                }))),
                Err(reason) => {
                    here.visit.passing();
                    self.tell(here, &route.name, &reason);
                    self.fallback(here, route, slug, given).await
                }
            },
            Ok(Outcome::Redirect(path)) => Ok(Answer::Redirect(path)),
            Ok(Outcome::NotFound) => Ok(Answer::NotFound),
            Ok(Outcome::Data { media_type, bytes }) => Ok(Answer::Data { media_type, bytes }),
            Err(error) => {
                here.visit.passing();
                if !matches!(error, CallError::Parked { .. }) {
                    self.tell(here, &route.name, &error.to_string());
                }
                self.fallback(here, route, slug, given).await
            }
        }
    }

    /// None where the entry that it is about is not there.
    pub(super) async fn place(
        &self,
        here: &Here<'_>,
        route: &Route,
        mut params: Vec<(String, String)>,
    ) -> Result<Option<Place>, Failure> {
        let mount = &here.section.path;
        let mut title = here.plugin.text(&here.visit.language, &route.title);
        let mut back = Way {
            label: here.section.name.clone(),
            path: format!("/{mount}"),
            host: None,
        };
        let mut about = None;
        if let Some(slug) = slug_of(&params).map(str::to_owned) {
            // A page about an entry follows the entry: moved, withdrawn or not there as it is.
            let Some(entry) = self.entry_here(here, &slug).await? else {
                return Ok(None);
            };
            params.push(("id".to_owned(), entry.id.to_string()));
            title = format!("{title}: {}", entry.title);
            back = Way {
                label: entry.title.clone(),
                path: format!("/{mount}/{slug}"),
                host: None,
            };
            about = Some(Arc::new(entry));
        }
        Ok(Some(Place {
            params,
            title,
            back,
            entry: about,
        }))
    }

    /// What the plugin's page answers.
    pub(super) async fn ask_page(
        &self,
        here: &Here<'_>,
        route: &Route,
        place: &Place,
        given: &[(String, String)],
    ) -> Result<Outcome, CallError> {
        let declared = given.iter().filter(|(name, _)| route.query.contains(name));
        let request = Request {
            route: route.name.clone(),
            params: place.params.clone(),
            query: declared.cloned().collect(),
            locale: here.visit.language.clone(),
            viewer: None,
        };
        let (visit, plugin) = (here.visit.clone(), here.section.plugin.clone());
        let host = GuestHost::new(self.clone(), visit, plugin).about(place.entry.clone());
        let call = call(here, Budget::PAGE, Arc::new(host));
        code_here(here)?.page(call, request).await
    }

    pub(crate) async fn entry_here(
        &self,
        here: &Here<'_>,
        slug: &str,
    ) -> Result<Option<Entry>, Failure> {
        let Ok(slug) = Slug::new(slug) else {
            return Ok(None);
        };
        let (site, scope) = (&here.visit.site.id, here.visit.scope(Purpose::Read));
        Ok(self
            .store()
            .entry_by_slug(&scope, site, &here.id, &slug)
            .await?)
    }

    /// The page that shows a view; the error is for the operator.
    pub(super) async fn view(
        &self,
        here: &Here<'_>,
        view: View,
        place: Place,
    ) -> Result<Computed, String> {
        let plugin = here.plugin.clone();
        let language = here.visit.language.clone();
        let status = view.status;
        if view.max_age_s > 0 {
            let age_ms = i64::from(view.max_age_s) * 1_000;
            here.visit.good_until(Instant(here.visit.now.0 + age_ms));
        }
        // A template is vendor input too: it runs off the async threads, bounded.
        let html = tokio::task::spawn_blocking(move || {
            let model = serde_json::Value::Object(view.model);
            plugin.templates.render(&view.template, &model, &language)
        });
        let html = html.await.map_err(|error| error.to_string())?;
        let html = html.map_err(|error| error.to_string())?;
        Ok(Computed {
            section: here.section.clone(),
            title: place.title,
            status,
            html: Some(html),
            back: place.back,
            form: None,
        })
    }

    pub(super) async fn fallback(
        &self,
        here: &Here<'_>,
        route: &Route,
        slug: Option<&str>,
        given: &[(String, String)],
    ) -> Result<Answer, Failure> {
        match (route.fallback, slug.map(Slug::new)) {
            (Fallback::Detail, Some(Ok(slug))) => {
                let answer = self.entry(here, &slug).await?;
                self.with_table(here, answer).await
            }
            (Fallback::Detail, _) => Ok(Answer::NotFound),
            (Fallback::List, _) => Box::pin(self.list(here, given)).await,
        }
    }

    /// Tells the operator which plugin failed, where and why; readers see the host's view.
    pub(super) fn tell(&self, here: &Here<'_>, route: &str, reason: &str) {
        tracing::warn!(
            plugin = %here.section.plugin,
            site = %here.visit.site.id,
            route,
            reason,
            "a computed page failed; the host's view answered"
        );
    }
}

/// A call of an export for this visit.
pub(super) fn call(here: &Here<'_>, budget: Budget, host: Arc<GuestHost>) -> Call {
    let visit = here.visit;
    Call {
        site: visit.site.id.to_string(),
        host,
        now_ms: u64::try_from(visit.now.0).unwrap_or_default(),
        today: visit.today.to_string(),
        budget,
    }
}

fn slug_of(params: &[(String, String)]) -> Option<&str> {
    let (_, slug) = params.iter().find(|(name, _)| name == "slug")?;
    Some(slug)
}

/// The code that may run on this site; where it is held, that is as if it were parked.
pub(super) fn code_here<'a>(here: &Here<'a>) -> Result<&'a Plugin, CallError> {
    let code = here.plugin.code_on(&here.visit.site);
    code.ok_or(CallError::Parked { until_ms: None })
}
