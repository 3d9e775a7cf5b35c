//! The import for requests to other systems.

use std::time::{Duration, Instant};

use super::CallState;
use crate::bindings::imports::dinh::host::fetch;
use crate::{FETCH_MS_MAX, FetchError, FetchMethod, FetchRequest};

/// How much later than its wait a host may answer.
const HOST_LATE: Duration = Duration::from_millis(250);

impl fetch::Host for CallState {
    async fn send(
        &mut self,
        request: fetch::Request,
    ) -> wasmtime::Result<Result<fetch::Response, fetch::Error>> {
        let began = self.begin()?;
        let answer = self.sent(request, began).await;
        self.worked(began);
        Ok(answer.map_err(error))
    }
}

impl CallState {
    async fn sent(
        &mut self,
        request: fetch::Request,
        began: Instant,
    ) -> Result<fetch::Response, FetchError> {
        if !(1..=FETCH_MS_MAX).contains(&request.timeout_ms) {
            return Err(FetchError::Invalid(format!(
                "`timeout-ms` is 1 to {FETCH_MS_MAX}, not {}",
                request.timeout_ms
            )));
        }
        let Some(granted_ms) = self.meter.begin_fetch(request.timeout_ms.into()) else {
            return Err(FetchError::Rate(
                "this call has no requests, or no time for them, left".to_owned(),
            ));
        };
        let wait = Duration::from_millis(granted_ms);
        let request = FetchRequest {
            method: method(request.method),
            url: request.url,
            headers: request.headers,
            body: request.body,
        };
        // The host keeps the time and tells of it; this is for one that does not.
        let most = wait + HOST_LATE;
        let answer = tokio::time::timeout(most, self.host.fetch(request, wait)).await;
        self.meter.end_fetch(granted_ms, began.elapsed());
        let answer = answer.unwrap_or_else(|_| {
            Err(FetchError::Timeout(format!(
                "no answer within {granted_ms} ms"
            )))
        });
        let answer = answer.inspect_err(|error| {
            self.failed_elsewhere |= matches!(
                error,
                FetchError::Timeout(_) | FetchError::Unreachable(_) | FetchError::Rate(_)
            );
        })?;
        Ok(fetch::Response {
            status: answer.status,
            headers: answer.headers,
            body: answer.body,
        })
    }
}

fn method(method: fetch::Method) -> FetchMethod {
    match method {
        fetch::Method::Get => FetchMethod::Get,
        fetch::Method::Head => FetchMethod::Head,
        fetch::Method::Post => FetchMethod::Post,
        fetch::Method::Put => FetchMethod::Put,
        fetch::Method::Patch => FetchMethod::Patch,
        fetch::Method::Delete => FetchMethod::Delete,
    }
}

fn error(error: FetchError) -> fetch::Error {
    match error {
        FetchError::Denied(why) => fetch::Error::Denied(why),
        FetchError::Invalid(why) => fetch::Error::Invalid(why),
        FetchError::TooLarge(why) => fetch::Error::TooLarge(why),
        FetchError::Rate(why) => fetch::Error::Rate(why),
        FetchError::Timeout(why) => fetch::Error::Timeout(why),
        FetchError::Unreachable(why) => fetch::Error::Unreachable(why),
    }
}
