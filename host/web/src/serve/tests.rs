use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use poem::{Endpoint, Request, Response};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore, oneshot, watch};

use super::connection::MAX_HEAD_BYTES;
use super::{MAX_CONNECTIONS, Patience, Phase, drain, serve};
use crate::options::HttpOptions;

mod slow;

/// More than a system buffers for one connection.
const LARGE_BYTES: usize = 32 * 1024 * 1024;

/// Says what was asked; `/large` is large, `/wait` answers only when it is let go.
#[derive(Clone, Default)]
struct Echo {
    begun: Arc<Notify>,
    let_go: Arc<Notify>,
}

impl Endpoint for Echo {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let path = request.uri().path().to_owned();
        if path == "/large" {
            return Ok(Response::builder().body(vec![b'x'; LARGE_BYTES]));
        }
        if path == "/wait" {
            self.begun.notify_one();
            self.let_go.notified().await;
        }
        Ok(Response::builder().body(path))
    }
}

struct Running {
    address: std::net::SocketAddr,
    echo: Echo,
    stop: oneshot::Sender<()>,
    draining: Arc<AtomicBool>,
    ended: tokio::task::JoinHandle<std::io::Result<()>>,
}

async fn running() -> Running {
    running_with(HttpOptions::default(), Patience::default()).await
}

async fn running_with(options: HttpOptions, patience: Patience) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let (echo, draining) = (Echo::default(), Arc::new(AtomicBool::new(false)));
    let (endpoint, flag) = (echo.clone(), draining.clone());
    let ended = tokio::spawn(async move {
        let end = async { stopped.await.unwrap_or(()) };
        serve(listener, endpoint, &options, patience, &flag, end).await
    });
    Running {
        address,
        echo,
        stop,
        draining,
        ended,
    }
}

async fn send(address: std::net::SocketAddr, head: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

async fn all(mut stream: TcpStream) -> String {
    let mut text = String::new();
    let read = stream.read_to_string(&mut text);
    tokio::time::timeout(Duration::from_secs(5), read)
        .await
        .unwrap()
        .unwrap();
    text
}

#[tokio::test]
async fn several_requests_of_one_connection_are_answered_in_order() {
    let running = running().await;
    let two =
        "GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let text = all(send(running.address, two).await).await;
    assert_eq!(text.matches("HTTP/1.1 200 OK").count(), 2, "{text}");
    assert!(
        text.find("/a").unwrap() < text.find("/b").unwrap(),
        "{text}"
    );
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused_and_others_are_still_answered() {
    let running = running().await;
    let padding = "a".repeat(MAX_HEAD_BYTES);
    let large = format!("GET / HTTP/1.1\r\nHost: x\r\nCookie: {padding}\r\n\r\n");
    let text = all(send(running.address, &large).await).await;
    assert!(text.starts_with("HTTP/1.1 431"), "{text}");
    let small = "GET /still HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    assert!(
        all(send(running.address, small).await)
            .await
            .ends_with("/still")
    );
}

#[tokio::test]
async fn the_end_answers_what_is_under_way_and_takes_nothing_new() {
    let running = running().await;
    // Connections are taken in their order: when the second is answered, the first has its place.
    let idle = send(running.address, "").await;
    let under_way = send(running.address, "GET /wait HTTP/1.1\r\nHost: x\r\n\r\n").await;
    running.echo.begun.notified().await;
    running.stop.send(()).unwrap();
    // An idle connection is closed at once; by then the end has begun.
    assert_eq!(all(idle).await, "");
    assert!(running.draining.load(Ordering::Relaxed));
    assert!(TcpStream::connect(running.address).await.is_err());
    assert!(!running.ended.is_finished());
    running.echo.let_go.notify_one();
    let text = all(under_way).await;
    assert!(
        text.starts_with("HTTP/1.1 200 OK") && text.ends_with("/wait"),
        "{text}"
    );
    running.ended.await.unwrap().unwrap();
}

#[tokio::test]
async fn the_end_waits_for_connections_under_way() {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS as usize));
    let place = places.clone().acquire_owned().await.unwrap();
    let (phase, mut seen) = watch::channel(Phase::Open);
    let ended = tokio::spawn(async move { drain(&places, MAX_CONNECTIONS, &phase).await });
    seen.wait_for(|phase| *phase == Phase::Draining)
        .await
        .unwrap();
    assert!(!ended.is_finished());
    drop(place);
    tokio::time::timeout(Duration::from_secs(5), ended)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(*seen.borrow(), Phase::Over);
}
