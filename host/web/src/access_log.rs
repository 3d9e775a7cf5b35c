//! One line for every request. Parameters hold what people typed, and network addresses are personal
//! data: neither is written, unless the operator asks for addresses.

use std::net::IpAddr;
use std::time::Instant;

use http::header::{HOST, HeaderValue};
use http::{Method, Uri};
use poem::{Request, Response};

use crate::asked::{Caller, RequestId};
use crate::options::HttpOptions;
use crate::routes::{CONFIRMING, ENDING, INVITATIONS, TRACKED};

/// Longest path in a line, in bytes: enough to find the page.
const MAX_PATH_BYTES: usize = 200;
/// Longest host in a line, in bytes.
const MAX_HOST_BYTES: usize = 100;

/// A line under way. It holds what the request had, without copying, and is written at its end.
pub(crate) struct Line {
    id: RequestId,
    since: Instant,
    method: Method,
    host: Option<HeaderValue>,
    uri: Uri,
    client: Option<IpAddr>,
}

impl Line {
    /// None where the operator's filter drops it anyway.
    pub(crate) fn begin(
        request: &Request,
        caller: &Caller,
        id: RequestId,
        options: &HttpOptions,
    ) -> Option<Self> {
        if !tracing::enabled!(target: "dinh::access", tracing::Level::INFO) {
            return None;
        }
        Some(Self {
            id,
            since: Instant::now(),
            method: request.method().clone(),
            host: request.headers().get(HOST).cloned(),
            uri: request.uri().clone(),
            client: caller.address.filter(|_| options.log_client_addresses),
        })
    }

    pub(crate) fn end(self, response: &Response) {
        let host = self.host.as_ref().and_then(|host| host.to_str().ok());
        tracing::info!(
            target: "dinh::access",
            request_id = %self.id,
            method = self.method.as_str(),
            host = shortened(host.unwrap_or_default(), MAX_HOST_BYTES),
            path = shown(self.uri.path()),
            client = self.client.map(tracing::field::display),
            status = response.status().as_u16(),
            micros = u64::try_from(self.since.elapsed().as_micros()).unwrap_or(u64::MAX),
        );
    }
}

/// What stands behind some paths is a secret.
fn shown(path: &str) -> &str {
    let secret = [INVITATIONS, TRACKED, CONFIRMING, ENDING];
    let mut secret = secret.into_iter().filter(|it| path.starts_with(it));
    secret
        .next()
        .unwrap_or_else(|| shortened(path, MAX_PATH_BYTES))
}

fn shortened(text: &str, max_bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(max_bytes))
        .unwrap_or_default()
}
