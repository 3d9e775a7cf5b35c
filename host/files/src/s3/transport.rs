//! HTTP to the object store, over the TLS that the whole program uses, with a deadline for every
//! step: a store that is silent is away, and no reader waits for it longer than is said here.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::connect::{Connect, HttpConnector};
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use object_store::client::{
    HttpClient, HttpConnector as Transport, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody,
    HttpResponse, HttpResponseBody, HttpService,
};
use object_store::{ClientConfigKey, ClientOptions};
use tokio::time::{Instant, Sleep};

/// Longest wait for a connection: within a country it takes a tenth of a second.
const CONNECT_WAIT: Duration = Duration::from_secs(3);
/// Longest wait for the head of an answer to a request without a body.
const ANSWER_WAIT: Duration = Duration::from_secs(5);
/// Longest wait for the answer to what was sent, sending included: 8 MiB at 300 kB/s.
const SEND_WAIT: Duration = Duration::from_secs(30);
/// Longest silence within an answer.
const SILENCE_MAX: Duration = Duration::from_secs(8);
/// A connection that nobody uses is closed after this, before the store does it.
const IDLE_MAX: Duration = Duration::from_secs(20);

/// Makes clients that speak our way.
#[derive(Debug)]
pub(super) struct Connector;

impl Transport for Connector {
    fn connect(&self, options: &ClientOptions) -> object_store::Result<HttpClient> {
        let mut plain = HttpConnector::new();
        plain.set_connect_timeout(Some(CONNECT_WAIT));
        plain.set_nodelay(true);
        let allows_http = options.get_config_value(&ClientConfigKey::AllowHttp);
        if allows_http.as_deref() == Some("true") {
            return Ok(HttpClient::new(Calls(client().build(plain))));
        }
        plain.enforce_http(false);
        let secure = HttpsConnectorBuilder::new()
            .with_native_roots()
            .map_err(|error| object_store::Error::Generic {
                store: "S3",
                source: format!("no certificates to trust are found: {error}").into(),
            })?
            .https_only()
            .enable_http1()
            .wrap_connector(plain);
        Ok(HttpClient::new(Calls(client().build(secure))))
    }
}

fn client() -> hyper_util::client::legacy::Builder {
    let mut builder = Client::builder(TokioExecutor::new());
    builder.pool_timer(TokioTimer::new());
    builder.pool_idle_timeout(IDLE_MAX);
    builder
}

struct Calls<C>(Client<C, HttpRequestBody>);

impl<C> std::fmt::Debug for Calls<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Calls")
    }
}

#[async_trait]
impl<C: Connect + Clone + Send + Sync + 'static> HttpService for Calls<C> {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let wait = if request.body().content_length() == 0 {
            ANSWER_WAIT
        } else {
            SEND_WAIT
        };
        let answered = tokio::time::timeout(wait, self.0.request(request)).await;
        let answer = answered.map_err(|_| silent(wait))?.map_err(failed)?;
        Ok(answer.map(|body| HttpResponseBody::new(Timed::new(body))))
    }
}

fn silent(wait: Duration) -> HttpError {
    let told = format!("no answer within {} s", wait.as_secs());
    HttpError::new(HttpErrorKind::Timeout, std::io::Error::other(told))
}

fn failed(error: Error) -> HttpError {
    let kind = if error.is_connect() {
        HttpErrorKind::Connect
    } else {
        HttpErrorKind::Interrupted
    };
    HttpError::new(kind, error)
}

/// A body that fails when it is silent for too long.
struct Timed<B> {
    body: B,
    silence: Pin<Box<Sleep>>,
}

impl<B> Timed<B> {
    fn new(body: B) -> Self {
        let silence = Box::pin(tokio::time::sleep(SILENCE_MAX));
        Self { body, silence }
    }
}

impl<B> Body for Timed<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: std::error::Error + Send + Sync + 'static,
{
    type Data = Bytes;
    type Error = HttpError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, HttpError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            self.silence.as_mut().reset(Instant::now() + SILENCE_MAX);
            let failed = |error| HttpError::new(HttpErrorKind::Interrupted, error);
            return Poll::Ready(frame.map(|frame| frame.map_err(failed)));
        }
        ready!(self.silence.as_mut().poll(context));
        Poll::Ready(Some(Err(silent(SILENCE_MAX))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
