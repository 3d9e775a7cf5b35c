//! A visitor: asks for one address at a time and says what should be there.

use std::net::SocketAddr;

use dinh::demo::browse::{self, Answer};

use crate::page::Page;

/// Somebody who visits the sites of a portal.
#[derive(Debug, Clone, Copy)]
pub struct Visitor {
    address: SocketAddr,
}

impl Visitor {
    /// Of whatever listens there.
    pub fn new(address: SocketAddr) -> Self {
        Self { address }
    }

    /// The port in addresses of the portal.
    pub fn port(self) -> u16 {
        self.address.port()
    }

    /// Goes to a path of a host, without following redirects.
    pub async fn get(self, host: &str, path: &str) -> Visited {
        self.get_with(host, path, &[]).await
    }

    /// The same with headers.
    pub async fn get_with(self, host: &str, path: &str, headers: &[(&str, &str)]) -> Visited {
        self.ask("GET", host, path, headers).await
    }

    /// Any method.
    pub async fn ask(
        self,
        method: &str,
        host: &str,
        path: &str,
        headers: &[(&str, &str)],
    ) -> Visited {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {host}");
        for (name, value) in headers {
            request.push_str(&format!("\r\n{name}: {value}"));
        }
        let what = format!("{method} http://{host}{path}");
        let answered = browse::ask(self.address, request.as_bytes()).await;
        let answer = answered.unwrap_or_else(|error| panic!("{what}: {error}"));
        Visited { what, answer }
    }

    /// Sends a form as a browser does from the page that shows it.
    pub async fn send(self, host: &str, path: &str, fields: &[(&str, &str)]) -> Visited {
        let own = [("Sec-Fetch-Site", "same-origin")];
        self.send_with(host, path, &body(fields), &own).await
    }

    /// Sends whatever body with whatever headers.
    pub async fn send_with(
        self,
        host: &str,
        path: &str,
        body: &str,
        headers: &[(&str, &str)],
    ) -> Visited {
        let length = body.len();
        let mut request =
            format!("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}");
        let is_typed = headers.iter().any(|(name, _)| *name == "Content-Type");
        let usual = ("Content-Type", "application/x-www-form-urlencoded");
        for (name, value) in headers.iter().chain((!is_typed).then_some(&usual)) {
            request.push_str(&format!("\r\n{name}: {value}"));
        }
        let what = format!("POST http://{host}{path}");
        let answered = browse::send(self.address, request.as_bytes(), body.as_bytes()).await;
        let answer = answered.unwrap_or_else(|error| panic!("{what}: {error}"));
        Visited { what, answer }
    }

    /// Sends bytes as another system does.
    pub async fn deliver(
        self,
        host: &str,
        path: &str,
        body: &[u8],
        headers: &[(&str, &str)],
    ) -> Visited {
        let length = body.len();
        let mut request =
            format!("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}");
        for (name, value) in headers {
            request.push_str(&format!("\r\n{name}: {value}"));
        }
        let what = format!("POST http://{host}{path}");
        let answered = browse::send(self.address, request.as_bytes(), body).await;
        let answer = answered.unwrap_or_else(|error| panic!("{what}: {error}"));
        Visited { what, answer }
    }

    /// Searches from a site.
    pub async fn search(self, host: &str, words: &str) -> Visited {
        self.search_with(host, words, "").await
    }

    /// Searches with further parameters (`&site=…`).
    pub async fn search_with(self, host: &str, words: &str, more: &str) -> Visited {
        let path = format!("/tim-kiem?q={}{more}", encoded(words));
        self.get(host, &path).await
    }

    /// Asks a path with words in `q`.
    pub async fn ask_words(self, host: &str, path: &str, words: &str) -> Visited {
        self.get(host, &format!("{path}?q={}", encoded(words)))
            .await
    }

    /// The page of the document with a number, found through the list of its site.
    pub async fn document(self, host: &str, number: &str) -> Visited {
        let list = self
            .get(host, &format!("/van-ban?number={}", encoded(number)))
            .await
            .assert_status(200);
        let rows = list.page().rows();
        let [row] = rows.as_slice() else {
            panic!("{}: one document of that number, not {rows:?}", list.what);
        };
        self.get(host, &row.address).await.assert_status(200)
    }
}

/// An answer with the question it answers.
#[derive(Debug, Clone)]
pub struct Visited {
    what: String,
    answer: Answer,
}

impl Visited {
    /// Fails with the page's words unless the status is this one.
    #[track_caller]
    pub fn assert_status(self, status: u16) -> Self {
        let words: String = self.page().words().chars().take(600).collect();
        assert_eq!(self.answer.status, status, "{}: {words}", self.what);
        self
    }

    /// The page has this text: its words, or its markup as written.
    #[track_caller]
    pub fn assert_contains(self, text: &str) -> Self {
        let words = self.page().words();
        assert!(
            self.has(text),
            "{} does not contain “{text}”: {words}",
            self.what
        );
        self
    }

    /// The page does not have this text.
    #[track_caller]
    pub fn assert_lacks(self, text: &str) -> Self {
        assert!(!self.has(text), "{} contains “{text}”", self.what);
        self
    }

    /// A header has this value.
    #[track_caller]
    pub fn assert_header(self, name: &str, value: &str) -> Self {
        assert_eq!(
            self.answer.header(name),
            Some(value),
            "{}: {name}",
            self.what
        );
        self
    }

    fn has(&self, text: &str) -> bool {
        let body = self.answer.text();
        // Words may say `<b>` where the markup says `&lt;b&gt;`.
        let is_markup = text.contains('<');
        body.contains(text) || (!is_markup && self.page().words().contains(text))
    }

    /// The status.
    pub fn status(&self) -> u16 {
        self.answer.status
    }

    /// A header (lower-case name); it must be there.
    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        let found = self.answer.header(name);
        found.unwrap_or_else(|| panic!("{}: no header {name}", self.what))
    }

    /// The answer itself.
    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    /// What was asked.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// The answer as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        let text = self.answer.text();
        let read = serde_json::from_str(&text);
        read.unwrap_or_else(|error| panic!("{}: {error}: {text}", self.what))
    }

    /// The answer as text.
    pub fn text(&self) -> String {
        self.answer.text()
    }

    /// The answer as a page.
    pub fn page(&self) -> Page {
        Page::new(self.answer.text())
    }
}

/// Percent-encoded, for one part of an address.
pub fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// Fields as a browser sends them.
pub fn body(fields: &[(&str, &str)]) -> String {
    let pairs = fields.iter();
    let pairs = pairs.map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}
