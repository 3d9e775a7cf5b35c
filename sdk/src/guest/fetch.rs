//! Requests to other systems.

use super::bindings::imports::dinh::host::fetch;
use crate::fetch::{Fetch, FetchError, Fetched, Method};

pub(super) fn send(asked: &Fetch) -> Result<Fetched, FetchError> {
    let request = fetch::Request {
        method: match asked.method {
            Method::Get => fetch::Method::Get,
            Method::Head => fetch::Method::Head,
            Method::Post => fetch::Method::Post,
            Method::Put => fetch::Method::Put,
            Method::Patch => fetch::Method::Patch,
            Method::Delete => fetch::Method::Delete,
        },
        url: asked.url.clone(),
        headers: asked.headers.clone(),
        body: asked.body.clone(),
        timeout_ms: asked.timeout_ms,
    };
    let answer = fetch::send(&request).map_err(error)?;
    Ok(Fetched {
        status: answer.status,
        headers: answer.headers,
        body: answer.body,
    })
}

fn error(error: fetch::Error) -> FetchError {
    match error {
        fetch::Error::Denied(why) => FetchError::Denied(why),
        fetch::Error::Invalid(why) => FetchError::Invalid(why),
        fetch::Error::TooLarge(why) => FetchError::TooLarge(why),
        fetch::Error::Rate(why) => FetchError::Rate(why),
        fetch::Error::Timeout(why) => FetchError::Timeout(why),
        fetch::Error::Unreachable(why) => FetchError::Unreachable(why),
    }
}
