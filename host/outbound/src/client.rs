//! One exchange: look up, check, connect, send, read, close.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

use crate::place::Scheme;
use crate::request::{ANSWER_BYTES_MAX, Answer, Checked, HEADERS_MAX};
use crate::resolve::resolve;
use crate::tls::Tls;
use crate::{Network, OutboundError};

/// Longest exchange, whoever asks.
pub const EXCHANGE_WAIT_MAX: Duration = Duration::from_secs(10);
/// Longest wait for a connection to one address.
const CONNECT_WAIT: Duration = Duration::from_secs(3);
/// Bytes of an answer's head.
const HEAD_BYTES_MAX: usize = 64 << 10;

/// Sends requests; cheap to clone.
#[derive(Clone, Default)]
pub struct Client {
    in_house: Arc<[Network]>,
    tls: Tls,
}

impl Client {
    /// One that also connects to these networks of the house.
    pub fn new(in_house: Vec<Network>) -> Self {
        Self {
            in_house: in_house.into(),
            tls: Tls::default(),
        }
    }

    /// Sends a request and reads the whole answer, within `wait` and [`EXCHANGE_WAIT_MAX`]. The
    /// caller has made sure that it may go to its place.
    ///
    /// # Errors
    /// [`OutboundError`]; of an answer that is too long or does not end, nothing is given.
    pub async fn send(&self, checked: Checked, wait: Duration) -> Result<Answer, OutboundError> {
        let wait = wait.min(EXCHANGE_WAIT_MAX);
        let exchanged = tokio::time::timeout(wait, self.exchange(checked)).await;
        exchanged.unwrap_or_else(|_| {
            let ms = wait.as_millis();
            Err(OutboundError::Timeout(format!("no answer within {ms} ms")))
        })
    }

    async fn exchange(&self, checked: Checked) -> Result<Answer, OutboundError> {
        let place = &checked.place;
        let plain = connect(&resolve(place, &self.in_house).await?).await?;
        match place.scheme {
            Scheme::Http => spoken(plain, checked).await,
            Scheme::Https => {
                let secure = self.tls.secure(&place.host, plain).await?;
                spoken(secure, checked).await
            }
        }
    }
}

async fn connect(addresses: &[SocketAddr]) -> Result<TcpStream, OutboundError> {
    for address in addresses {
        let connected = tokio::time::timeout(CONNECT_WAIT, TcpStream::connect(address)).await;
        if let Ok(Ok(stream)) = connected {
            return Ok(stream);
        }
    }
    Err(OutboundError::Unreachable("no connection".to_owned()))
}

async fn spoken(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    checked: Checked,
) -> Result<Answer, OutboundError> {
    let (mut sender, connection) = http1::Builder::new()
        .max_headers(HEADERS_MAX)
        .max_buf_size(HEAD_BYTES_MAX)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(unreadable)?;
    let exchange = async {
        let answer = sender.send_request(checked.request).await;
        let (head, body) = answer.map_err(unreadable)?.into_parts();
        let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await;
        let body = body.map_err(|error| match error.is::<LengthLimitError>() {
            true => OutboundError::TooLarge(format!(
                "the answer has more than {ANSWER_BYTES_MAX} bytes"
            )),
            false => OutboundError::Unreachable("the answer broke off".to_owned()),
        })?;
        let headers = head.headers.iter().filter_map(|(name, value)| {
            let value = value.to_str().ok()?;
            Some((name.to_string(), value.to_owned()))
        });
        Ok(Answer {
            status: head.status.as_u16(),
            headers: headers.collect(),
            body: body.to_bytes().to_vec(),
        })
    };
    // The connection is driven here and ends with the exchange: nothing of it outlives a call.
    let mut connection = std::pin::pin!(connection);
    let mut exchange = std::pin::pin!(exchange);
    tokio::select! {
        biased;
        answer = &mut exchange => answer,
        _ = &mut connection => exchange.await,
    }
}

fn unreadable(error: hyper::Error) -> OutboundError {
    OutboundError::Unreachable(match error.is_parse() {
        true => "the answer is no HTTP that can be read".to_owned(),
        false => "the connection broke off".to_owned(),
    })
}
