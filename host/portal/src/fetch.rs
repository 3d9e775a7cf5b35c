//! Requests of plugins to other systems: to those that the manifest names and the operator granted.

use std::time::{Duration, Instant};

use dinh_domain::declaration::{Capability, FetchPlace};
use dinh_domain::ids::{PluginId, SiteId};
use dinh_outbound::{Answer, OutboundError, Place, Request, check};
use dinh_runtime::{FetchError, FetchMethod, FetchRequest, FetchResponse};

use crate::allowance::{Limit, Writes};
use crate::portal::Portal;

/// Of what a request was refused for, in the log: it holds words of the plugin.
const REASON_BYTES_MAX: usize = 200;

impl Portal {
    /// Sends one request of a plugin on a site. Every one is in the log, without what it says.
    pub(crate) async fn fetch_for(
        &self,
        plugin: &PluginId,
        site: &SiteId,
        writes: Writes,
        request: FetchRequest,
        wait: Duration,
    ) -> Result<FetchResponse, FetchError> {
        let (began, method) = (Instant::now(), method(request.method));
        let allowed = self.fetch_allowed(plugin, site, writes, request);
        let (host, answer) = match allowed {
            Ok(checked) => {
                let host = checked.place.to_string();
                let outbound = &self.parts().outbound;
                let answer = outbound.send(plugin.as_str(), checked, wait).await;
                (host, answer.map_err(error))
            }
            Err(refused) => (String::new(), Err(refused)),
        };
        let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        match &answer {
            Ok(Answer { status, body, .. }) => {
                let bytes = body.len();
                tracing::info!(%plugin, %site, %method, host, status, bytes, ms, "a plugin's request was answered");
            }
            Err(error) => {
                let mut reason = error.to_string();
                reason.truncate(reason.floor_char_boundary(REASON_BYTES_MAX));
                tracing::warn!(%plugin, %site, %method, host, reason, ms, "a plugin's request was not answered");
            }
        }
        answer.map(|answer| FetchResponse {
            status: answer.status,
            headers: answer.headers,
            body: answer.body,
        })
    }

    fn fetch_allowed(
        &self,
        plugin: &PluginId,
        site: &SiteId,
        writes: Writes,
        request: FetchRequest,
    ) -> Result<dinh_outbound::Checked, FetchError> {
        let loaded = self.plugins().get(plugin);
        let manifest = loaded.map(|it| &it.declaration.manifest);
        let manifest = manifest.filter(|it| it.capabilities.contains(&Capability::Fetch));
        let places = manifest.map(|it| it.fetch.as_slice()).unwrap_or_default();
        let only_reads = matches!(request.method, FetchMethod::Get | FetchMethod::Head);
        if writes == Writes::Refused && !only_reads {
            let why = "a page only gets: it may be asked for by anybody and at any time";
            return Err(FetchError::Denied(why.to_owned()));
        }
        // Those that are refused count too: each is a line of the log.
        if !self
            .allowances()
            .may_fetch(plugin, site, writes, self.now())
        {
            return Err(FetchError::Rate(Limit::Fetches.words()));
        }
        let checked = check(Request {
            method: method(request.method),
            url: request.url,
            headers: request.headers,
            body: request.body,
        });
        let checked = checked.map_err(error)?;
        if !places.iter().any(|it| is(it, &checked.place)) {
            return Err(FetchError::Denied(format!(
                "{} is not among the systems that plugin.toml names under [[fetch]]",
                checked.place
            )));
        }
        Ok(checked)
    }
}

fn is(named: &FetchPlace, place: &Place) -> bool {
    named.scheme.as_str() == place.scheme.as_str()
        && named.host == place.host
        && named.port() == place.port
}

fn method(method: FetchMethod) -> dinh_outbound::Method {
    match method {
        FetchMethod::Get => dinh_outbound::Method::GET,
        FetchMethod::Head => dinh_outbound::Method::HEAD,
        FetchMethod::Post => dinh_outbound::Method::POST,
        FetchMethod::Put => dinh_outbound::Method::PUT,
        FetchMethod::Patch => dinh_outbound::Method::PATCH,
        FetchMethod::Delete => dinh_outbound::Method::DELETE,
    }
}

fn error(error: OutboundError) -> FetchError {
    match error {
        OutboundError::Denied(why) => FetchError::Denied(why),
        OutboundError::Invalid(why) => FetchError::Invalid(why),
        OutboundError::TooLarge(why) => FetchError::TooLarge(why),
        OutboundError::Busy(why) => FetchError::Rate(why),
        OutboundError::Timeout(why) => FetchError::Timeout(why),
        OutboundError::Unreachable(why) => FetchError::Unreachable(why),
    }
}
