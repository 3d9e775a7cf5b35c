use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use http::uri::Scheme;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use poem::web::{LocalAddr, RemoteAddr};
use poem::{Addr, Endpoint, Request, Response};
use tokio::net::TcpStream;
use tokio::sync::watch;

use super::body::with_deadline;
use super::stall::StallGuard;
use super::{Patience, Phase};

/// Longest head: path, query and the cookies of a browser fit four times.
pub(super) const MAX_HEAD_BYTES: usize = 16 * 1024;
/// Most headers; browsers and proxies send some twenty.
const MAX_HEADERS: usize = 64;
/// Bytes that one connection buffers in each direction.
const BUFFER_BYTES: usize = 64 * 1024;

/// Answers the requests of one connection, one after the other.
pub(super) async fn run<E>(
    stream: TcpStream,
    endpoint: E,
    mut phase: watch::Receiver<Phase>,
    head: Duration,
    patience: Patience,
) where
    E: Endpoint<Output = Response> + Clone + 'static,
{
    // Latency alone: an answer is right without it.
    let _ = stream.set_nodelay(true);
    let local = address(stream.local_addr());
    let remote = address(stream.peer_addr());
    let service = service_fn(move |request: http::Request<Incoming>| {
        let endpoint = endpoint.clone();
        let local = LocalAddr(local.clone());
        let remote = RemoteAddr(remote.clone());
        async move {
            let mut request = Request::from((request, local, remote, Scheme::HTTP));
            let (body, allowance) = with_deadline(request.take_body());
            request.set_body(body);
            request.extensions_mut().insert(allowance);
            let response = endpoint.get_response(request).await;
            Ok::<http::Response<_>, Infallible>(response.into())
        }
    });
    let guarded = StallGuard::new(stream, patience.stall, patience.bytes_a_second);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head)
        .max_header_size(MAX_HEAD_BYTES)
        .max_headers(MAX_HEADERS)
        .max_buf_size(BUFFER_BYTES)
        .serve_connection(TokioIo::new(guarded), service);
    let mut connection = pin!(connection);
    loop {
        tokio::select! {
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!(%error, "connection ended early");
                }
                return;
            }
            changed = phase.changed() => {
                if changed.is_err() || *phase.borrow() == Phase::Over {
                    return;
                }
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}

fn address(address: std::io::Result<SocketAddr>) -> Addr {
    address.map(Addr::from).unwrap_or_default()
}
