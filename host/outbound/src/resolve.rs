//! From a name to addresses that may be connected to. The connection takes one of these and asks
//! nobody again: a name that changes meanwhile changes nothing.

use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::Arc;

use crate::lanes::Lane;
use crate::network::is_public;
use crate::{Opened, OutboundError, Place};

/// Addresses of one name that are tried.
const TRIED_MAX: usize = 4;

/// The look-up holds the lane itself: a caller that gives up does not end it.
pub(crate) async fn resolve(
    place: &Place,
    in_house: &[Opened],
    lane: Arc<Lane>,
) -> Result<Vec<SocketAddr>, OutboundError> {
    let (host, port) = (place.host.clone(), place.port);
    let found = tokio::task::spawn_blocking(move || {
        let _lane = lane;
        let found = (host.as_str(), port).to_socket_addrs();
        found.map(Iterator::collect::<Vec<_>>)
    });
    let found = found.await.ok().and_then(Result::ok).ok_or_else(|| {
        OutboundError::Unreachable(format!("the name `{}` is not found", place.host))
    })?;
    let allowed = found.into_iter().filter(|it| {
        let address = it.ip();
        is_public(address) || in_house.iter().any(|it| it.is_open(&place.host, address))
    });
    let allowed: Vec<SocketAddr> = allowed.take(TRIED_MAX).collect();
    if allowed.is_empty() {
        return Err(OutboundError::Denied(format!(
            "`{}` is not at an address of the public internet; an operator opens networks of the house to it by `plugins.in_house_networks`",
            place.host
        )));
    }
    Ok(allowed)
}
