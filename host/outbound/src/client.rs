//! One exchange: look up, check, connect, send, read, close.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

use crate::lanes::Lanes;
use crate::place::Scheme;
use crate::request::{ANSWER_BYTES_MAX, Answer, Checked, HEADERS_MAX};
use crate::resolve::resolve;
use crate::tls::Tls;
use crate::{Opened, OutboundError};

/// Longest exchange, whoever asks.
pub const EXCHANGE_WAIT_MAX: Duration = Duration::from_secs(10);
/// Longest wait for a connection to one address.
const CONNECT_WAIT: Duration = Duration::from_secs(3);
/// Bytes of an answer's head.
const HEAD_BYTES_MAX: usize = 64 << 10;
/// Pieces that an answer may come in: each costs a turn, however small it is.
const PIECES_MAX: usize = 8_192;

/// Sends requests; cheap to clone.
#[derive(Clone, Default)]
pub struct Client {
    in_house: Arc<[Opened]>,
    is_closed: bool,
    lanes: Lanes,
    tls: Tls,
}

impl Client {
    /// One that also connects to these networks of the house.
    pub fn new(in_house: Vec<Opened>) -> Self {
        Self {
            in_house: in_house.into(),
            ..Self::default()
        }
    }

    /// One that sends nothing: a rehearsal reaches nobody.
    pub fn closed() -> Self {
        Self {
            is_closed: true,
            ..Self::default()
        }
    }

    /// Sends a request and reads the whole answer, within `wait` and [`EXCHANGE_WAIT_MAX`]. The
    /// caller, named for its share of what may be under way, has made sure that it may go there.
    ///
    /// # Errors
    /// [`OutboundError`]; of an answer that is too long or does not end, nothing is given.
    pub async fn send(
        &self,
        caller: &str,
        checked: Checked,
        wait: Duration,
    ) -> Result<Answer, OutboundError> {
        if self.is_closed {
            return Err(OutboundError::Unreachable(
                "a rehearsal sends nothing".to_owned(),
            ));
        }
        let wait = wait.min(EXCHANGE_WAIT_MAX);
        let exchanged = tokio::time::timeout(wait, self.exchange(caller, checked)).await;
        exchanged.unwrap_or_else(|_| {
            let ms = wait.as_millis();
            Err(OutboundError::Timeout(format!("no answer within {ms} ms")))
        })
    }

    async fn exchange(&self, caller: &str, checked: Checked) -> Result<Answer, OutboundError> {
        let lane = self.lanes.enter(caller)?;
        let place = &checked.place;
        let addresses = resolve(place, &self.in_house, lane.clone()).await?;
        let plain = connect(&addresses).await?;
        let answer = match place.scheme {
            Scheme::Http => spoken(plain, checked).await,
            Scheme::Https => {
                let secure = self.tls.secure(&place.host, plain).await?;
                spoken(secure, checked).await
            }
        };
        drop(lane);
        answer
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
        let body = whole(body).await?;
        let headers = head.headers.iter().filter_map(|(name, value)| {
            let value = value.to_str().ok()?;
            Some((name.to_string(), value.to_owned()))
        });
        Ok(Answer {
            status: head.status.as_u16(),
            headers: headers.collect(),
            body,
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

/// The body in one piece; what is longer or comes in crumbs is not read to its end.
async fn whole(mut body: Incoming) -> Result<Vec<u8>, OutboundError> {
    let too_long = || {
        OutboundError::TooLarge(format!(
            "the answer has more than {ANSWER_BYTES_MAX} bytes or {PIECES_MAX} pieces"
        ))
    };
    if body.size_hint().lower() > ANSWER_BYTES_MAX as u64 {
        return Err(too_long());
    }
    let (mut whole, mut pieces) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        let broken = |_| OutboundError::Unreachable("the answer broke off".to_owned());
        let Ok(piece) = frame.map_err(broken)?.into_data() else {
            continue;
        };
        pieces += 1;
        if pieces > PIECES_MAX || whole.len() + piece.len() > ANSWER_BYTES_MAX {
            return Err(too_long());
        }
        whole.extend_from_slice(&piece);
    }
    Ok(whole)
}

fn unreadable(error: hyper::Error) -> OutboundError {
    OutboundError::Unreachable(match error.is_parse() {
        true => "the answer is no HTTP that can be read".to_owned(),
        false => "the connection broke off".to_owned(),
    })
}
