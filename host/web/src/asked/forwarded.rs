use std::net::IpAddr;

use http::HeaderMap;
use poem::Request;

use crate::options::{HttpOptions, PublicScheme};

/// Who called, by which scheme and host. What a proxy says counts only where the operator trusts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Caller {
    /// Network address, if the connection has one.
    pub(crate) address: Option<IpAddr>,
    /// Scheme by which the proxy was called, or the operator's word.
    pub(crate) scheme: PublicScheme,
    /// `X-Forwarded-Host`, as sent.
    pub(crate) host: Option<String>,
}

impl Caller {
    /// Of a request.
    pub(crate) fn of(request: &Request, options: &HttpOptions) -> Self {
        let peer = request
            .remote_addr()
            .as_socket_addr()
            .map(std::net::SocketAddr::ip);
        Self::told(peer, request.headers(), options)
    }

    fn told(peer: Option<IpAddr>, headers: &HeaderMap, options: &HttpOptions) -> Self {
        let peer = peer.map(|address| address.to_canonical());
        let trusts = |address: &IpAddr| options.trusted_proxies.contains(address);
        if !peer.as_ref().is_some_and(trusts) {
            return Self {
                address: peer,
                scheme: options.public_scheme,
                host: None,
            };
        }
        let hops = words(headers, "x-forwarded-for");
        let hops = hops
            .iter()
            .rev()
            .map_while(|hop| hop.parse::<IpAddr>().ok());
        let mut hops = hops.map(|address| address.to_canonical());
        let proto = words(headers, "x-forwarded-proto");
        Self {
            address: hops.find(|address| !trusts(address)).or(peer),
            scheme: proto
                .last()
                .and_then(|scheme| scheme.parse().ok())
                .unwrap_or(options.public_scheme),
            host: words(headers, "x-forwarded-host").pop(),
        }
    }
}

/// The words of a list header that may be sent several times, in order.
fn words(headers: &HeaderMap, name: &str) -> Vec<String> {
    let lines = headers
        .get_all(name)
        .iter()
        .filter_map(|line| line.to_str().ok());
    let words = lines.flat_map(|line| line.split(',')).map(str::trim);
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests;
