//! A plain visitor: one HTTP/1.1 request a connection, to loopback, without a cookie or a script.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Longest answer read, in bytes.
const MAX_ANSWER_BYTES: u64 = 16 * 1024 * 1024;
/// Longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Status.
    pub status: u16,
    /// Headers in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Content.
    pub body: Vec<u8>,
}

impl Answer {
    /// The first header of that name (lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The content as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Asks for one address. `request` is everything before the empty line but for the connection
/// header: `GET /x HTTP/1.1\r\nHost: localhost`.
pub async fn ask(address: SocketAddr, request: &[u8]) -> std::io::Result<Answer> {
    send(address, request, b"").await
}

/// The same with a body, whose length `request` states.
pub async fn send(address: SocketAddr, request: &[u8], body: &[u8]) -> std::io::Result<Answer> {
    let answered = async {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(request).await?;
        stream.write_all(b"\r\nConnection: close\r\n\r\n").await?;
        stream.write_all(body).await?;
        let mut bytes = Vec::new();
        stream
            .take(MAX_ANSWER_BYTES)
            .read_to_end(&mut bytes)
            .await?;
        parsed(&bytes).ok_or_else(|| std::io::Error::other("the answer is no HTTP"))
    };
    tokio::time::timeout(PATIENCE, answered)
        .await
        .map_err(|_| std::io::Error::other("no answer in time"))?
}

/// Gets a path of a host.
pub async fn get(address: SocketAddr, host: &str, path: &str) -> std::io::Result<Answer> {
    ask(
        address,
        format!("GET {path} HTTP/1.1\r\nHost: {host}").as_bytes(),
    )
    .await
}

fn parsed(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        .collect();
    let rest = &bytes[end + 4..];
    let chunked = headers
        .iter()
        .any(|(name, value)| name == "transfer-encoding" && value == "chunked");
    let body = if chunked {
        unchunked(rest)?
    } else {
        rest.to_vec()
    };
    Some(Answer {
        status,
        headers,
        body,
    })
}

fn unchunked(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = bytes.windows(2).position(|window| window == b"\r\n")?;
        let size = std::str::from_utf8(&bytes[..end]).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        bytes = bytes.get(end + 2..)?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(bytes.get(..size)?);
        bytes = bytes.get(size + 2..)?;
    }
}
