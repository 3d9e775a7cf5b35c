//! A mail server of one test: it speaks SMTP as far as a client needs it, keeps what it is given, and refuses what it is
//! told to refuse.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A message as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Recipients of the envelope.
    pub to: Vec<String>,
    /// Everything that came, headers first.
    pub raw: String,
}

/// The server; gone when it is dropped.
pub struct MailSink {
    address: SocketAddr,
    kept: Arc<Kept>,
    serving: JoinHandle<()>,
}

#[derive(Default)]
struct Kept {
    received: Mutex<Vec<Received>>,
    /// What is answered to every recipient instead of being taken; `{to}` stands for it.
    refusal: Mutex<Option<String>>,
}

impl MailSink {
    /// Listens on a port of its own.
    pub async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let kept = Arc::new(Kept::default());
        let serving = tokio::spawn({
            let kept = kept.clone();
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    let kept = kept.clone();
                    tokio::spawn(async move { conversation(stream, &kept).await });
                }
            }
        });
        Self {
            address,
            kept,
            serving,
        }
    }

    /// As an operator names it.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// Refuses every recipient from now on, with this answer; none takes them again.
    pub fn refuse(&self, answer: Option<&str>) {
        *lock(&self.kept.refusal) = answer.map(str::to_owned);
    }

    /// What came since this was last asked.
    pub fn taken(&self) -> Vec<Received> {
        std::mem::take(&mut *lock(&self.kept.received))
    }

    /// The only message that came since this was last asked.
    pub fn only(&self) -> Received {
        let mut taken = self.taken();
        assert_eq!(taken.len(), 1, "{taken:?}");
        taken.remove(0)
    }
}

impl Drop for MailSink {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn lock<T>(it: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn conversation(stream: TcpStream, kept: &Kept) {
    let (reading, mut writing) = stream.into_split();
    let mut lines = BufReader::new(reading).lines();
    let mut to = Vec::new();
    let mut answer = "220 sink ESMTP".to_owned();
    loop {
        if writing
            .write_all((answer + "\r\n").as_bytes())
            .await
            .is_err()
        {
            return;
        }
        let Ok(Some(line)) = lines.next_line().await else {
            return;
        };
        let upper = line.to_ascii_uppercase();
        answer = if upper.starts_with("EHLO") {
            "250-sink\r\n250 8BITMIME".to_owned()
        } else if upper.starts_with("RCPT TO:<") {
            let address = line["RCPT TO:<".len()..].split('>').next();
            let address = address.unwrap_or_default().to_owned();
            match &*lock(&kept.refusal) {
                Some(refusal) => refusal.replace("{to}", &address),
                None => {
                    to.push(address);
                    "250 ok".to_owned()
                }
            }
        } else if upper == "DATA" {
            if writing.write_all(b"354 go on\r\n").await.is_err() {
                return;
            }
            let mut raw = String::new();
            while let Ok(Some(line)) = lines.next_line().await {
                if line == "." {
                    break;
                }
                raw.push_str(line.strip_prefix('.').unwrap_or(&line));
                raw.push_str("\r\n");
            }
            let to = std::mem::take(&mut to);
            lock(&kept.received).push(Received { to, raw });
            "250 kept".to_owned()
        } else if upper == "QUIT" {
            let _gone = writing.write_all(b"221 bye\r\n").await;
            return;
        } else {
            "250 ok".to_owned()
        };
    }
}

impl Received {
    /// A header as it stands there, unfolded; empty where there is none.
    pub fn header(&self, name: &str) -> String {
        let (head, _) = self.raw.split_once("\r\n\r\n").unwrap();
        let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let mut lines = head.split("\r\n").filter_map(|line| line.split_once(": "));
        let found = lines.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map_or_else(String::new, |(_, value)| value.to_owned())
    }

    /// The text, decoded (RFC 2045, section 6.7).
    pub fn text(&self) -> String {
        let (_, body) = self.raw.split_once("\r\n\r\n").unwrap();
        let body = body.replace("=\r\n", "");
        let mut bytes = Vec::new();
        let mut rest = body.as_bytes();
        while let [first, more @ ..] = rest {
            let hex = more.get(..2).filter(|_| *first == b'=');
            let hex = hex.and_then(|it| u8::from_str_radix(std::str::from_utf8(it).ok()?, 16).ok());
            match hex {
                Some(byte) => {
                    bytes.push(byte);
                    rest = &more[2..];
                }
                None => {
                    bytes.push(*first);
                    rest = more;
                }
            }
        }
        String::from_utf8(bytes).unwrap().replace("\r\n", "\n")
    }

    /// The path of the only address of the text that stands below a path: `/theo-doi/…`.
    pub fn link(&self, below: &str) -> String {
        let text = self.text();
        let words = text.split_whitespace();
        let mut paths = words.filter_map(|word| {
            let (_, rest) = word.strip_prefix("http://")?.split_once('/')?;
            Some(format!("/{rest}"))
        });
        paths.find(|it| it.starts_with(below)).unwrap()
    }
}
