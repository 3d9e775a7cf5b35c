use std::collections::HashMap;
use std::io::ErrorKind;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::net::TcpStream;

use crate::client::Client;
use crate::options::HttpOptions;

/// What a caller with too many connections is told, before anything of its request is read.
const TURNED_AWAY: &[u8] = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 10\r\n\
    Content-Length: 0\r\nConnection: close\r\n\r\n";

/// How many connections each caller holds. As large as the connections that there are.
#[derive(Default)]
pub(super) struct Crowd(Mutex<HashMap<Client, u32>>);

/// A connection of a caller, counted until it is dropped.
pub(super) struct Caller {
    counted: Option<(Arc<Crowd>, Client)>,
}

impl Crowd {
    /// Counts a connection; none when the caller holds too many.
    pub(super) fn enter(
        self: &Arc<Self>,
        address: IpAddr,
        options: &HttpOptions,
    ) -> Option<Caller> {
        if options.client_connections == 0 || options.is_unlimited(&address) {
            return Some(Caller { counted: None });
        }
        let client = Client::from(address);
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = held.entry(client).or_insert(0);
        if *count >= options.client_connections {
            if address.to_canonical().is_loopback() {
                tracing::warn!(
                    connections = *count,
                    "a caller on this machine holds too many connections; if it is your proxy, name it in http.trusted_proxies"
                );
            }
            return None;
        }
        *count += 1;
        Some(Caller {
            counted: Some((self.clone(), client)),
        })
    }
}

impl Drop for Caller {
    fn drop(&mut self) {
        let Some((crowd, client)) = self.counted.take() else {
            return;
        };
        let mut held = crowd.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = held.get_mut(&client) {
            *count -= 1;
            if *count == 0 {
                held.remove(&client);
            }
        }
    }
}

/// Says so, if the line takes it at once, and hangs up.
pub(super) fn turn_away(stream: &TcpStream) {
    match stream.try_write(TURNED_AWAY) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::WouldBlock => {}
        Err(error) => tracing::debug!(%error, "a caller that is turned away has gone"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Crowd;
    use crate::options::HttpOptions;

    #[test]
    fn a_caller_holds_so_many_connections_and_takes_none_from_others() {
        let crowd = Arc::new(Crowd::default());
        let (one, other) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        let options = HttpOptions {
            client_connections: 2,
            ..HttpOptions::default()
        };
        let first = crowd.enter(one, &options);
        let second = crowd.enter(one, &options);
        assert!(first.is_some() && second.is_some());
        assert!(crowd.enter(one, &options).is_none());
        assert!(crowd.enter(other, &options).is_some());
        drop(first);
        assert!(crowd.enter(one, &options).is_some());
        drop(second);
        assert!(crowd.0.lock().unwrap().is_empty(), "nobody is remembered");
        let exempt = HttpOptions {
            unlimited_clients: vec![one],
            ..options
        };
        let many: Vec<_> = (0..9).map(|_| crowd.enter(one, &exempt)).collect();
        assert!(many.iter().all(Option::is_some));
    }
}
