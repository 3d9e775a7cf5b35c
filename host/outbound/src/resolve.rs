//! From a name to addresses that may be connected to. The connection takes one of these and asks
//! nobody again: a name that changes meanwhile changes nothing.

use std::net::SocketAddr;

use crate::network::is_public;
use crate::{Network, OutboundError, Place};

/// Addresses of one name that are tried.
const TRIED_MAX: usize = 4;

pub(crate) async fn resolve(
    place: &Place,
    in_house: &[Network],
) -> Result<Vec<SocketAddr>, OutboundError> {
    let found = tokio::net::lookup_host((place.host.as_str(), place.port)).await;
    let found = found.map_err(|_| {
        OutboundError::Unreachable(format!("the name `{}` is not found", place.host))
    })?;
    let found: Vec<SocketAddr> = found.collect();
    let allowed = found.iter().copied().filter(|it| {
        let address = it.ip();
        is_public(address) || in_house.iter().any(|network| network.contains(address))
    });
    let allowed: Vec<SocketAddr> = allowed.take(TRIED_MAX).collect();
    if allowed.is_empty() {
        return Err(OutboundError::Denied(format!(
            "`{}` is not at an address of the public internet; an operator opens networks of the house by `plugins.in_house_networks`",
            place.host
        )));
    }
    Ok(allowed)
}
