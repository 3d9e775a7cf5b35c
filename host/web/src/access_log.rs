//! One line for every request. Parameters hold what people typed, and network addresses are personal
//! data: neither is written, unless the operator asks for addresses.

use std::time::Instant;

use poem::{Request, Response};

use crate::asked::{Caller, RequestId};
use crate::options::HttpOptions;

/// Longest path in a line, in characters: enough to find the page.
const MAX_PATH_CHARS: usize = 200;
/// Longest host in a line, in characters.
const MAX_HOST_CHARS: usize = 100;

/// A line under way.
pub(crate) struct Line {
    id: RequestId,
    since: Instant,
    method: String,
    host: String,
    path: String,
    client: Option<String>,
}

impl Line {
    pub(crate) fn begin(
        request: &Request,
        caller: &Caller,
        id: RequestId,
        options: &HttpOptions,
    ) -> Self {
        let host = request.header(http::header::HOST).unwrap_or_default();
        let client = caller.address.filter(|_| options.log_client_addresses);
        Self {
            id,
            since: Instant::now(),
            method: request.method().to_string(),
            host: host.chars().take(MAX_HOST_CHARS).collect(),
            path: request.uri().path().chars().take(MAX_PATH_CHARS).collect(),
            client: client.map(|address| address.to_string()),
        }
    }

    pub(crate) fn end(self, response: &Response) {
        tracing::info!(
            target: "dinh::access",
            request_id = %self.id,
            method = self.method,
            host = self.host,
            path = self.path,
            client = self.client,
            status = response.status().as_u16(),
            micros = u64::try_from(self.since.elapsed().as_micros()).unwrap_or(u64::MAX),
        );
    }
}
