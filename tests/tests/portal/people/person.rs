//! Somebody with an account, at some address.

use dinh::command::Command;
use dinh::demo::people::PASSWORD;
use dinh::user::{LinkBase, UserAct, UserWork};
use dinh_domain::ids::OrganisationId;
use dinh_domain::people::{Grant, Role};
use dinh_tests::{TestPortal, Visited, body};
use dinh_web::PublicScheme;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

pub(crate) const HOST: &str = "localhost";
pub(crate) const OWN: &str = "/quan-tri/tai-khoan";
pub(crate) const SIGN_IN: &str = "/dang-nhap";
/// A password that every rule takes.
pub(crate) const OTHER_PASSWORD: &str = "Hoa-sen-trang-77";
pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;

/// A portal behind a proxy, so that callers have addresses.
pub(crate) async fn portal() -> TestPortal {
    TestPortal::demo_with(|options| {
        let local: std::net::IpAddr = std::net::Ipv4Addr::LOCALHOST.into();
        options.trusted_proxies = vec![local];
        options.unlimited_clients = (1..=40).map(|it| [192, 0, 2, it].into()).collect();
    })
    .await
}

/// A browser.
pub(crate) struct Browser<'a> {
    pub(crate) server: &'a TestPortal,
    pub(crate) address: &'static str,
    pub(crate) cookie: String,
}

impl<'a> Browser<'a> {
    pub(crate) fn at(server: &'a TestPortal, address: &'static str) -> Self {
        Self {
            server,
            address,
            cookie: String::new(),
        }
    }

    /// Signed in with the demo's password.
    pub(crate) async fn signed_in(server: &'a TestPortal, name: &str) -> Self {
        let mut browser = Self::at(server, "192.0.2.1");
        browser.sign_in(name, PASSWORD).await.assert_status(303);
        browser
    }

    fn headers(&self) -> Vec<(&str, &str)> {
        let mut headers = vec![
            ("X-Forwarded-For", self.address),
            ("Sec-Fetch-Site", "same-origin"),
            ("User-Agent", "Browser/1"),
        ];
        if !self.cookie.is_empty() {
            headers.push(("Cookie", self.cookie.as_str()));
        }
        headers
    }

    pub(crate) async fn get(&self, path: &str) -> Visited {
        let visitor = self.server.visitor();
        visitor.get_with(HOST, path, &self.headers()).await
    }

    /// Follows where the admin host leads on to another host; the last answer, and the cookie of that host.
    pub(crate) async fn over(&self, there: &str) -> (Visited, String) {
        let (_, rest) = there.split_once("://").unwrap();
        let (host, path) = rest.split_at(rest.find('/').unwrap());
        let host = host.split(':').next().unwrap();
        let (mut path, mut cookie) = (path.to_owned(), String::new());
        loop {
            let mut headers = vec![("X-Forwarded-For", self.address)];
            if !cookie.is_empty() {
                headers.push(("Cookie", cookie.as_str()));
            }
            let visitor = self.server.visitor();
            let visited = visitor.get_with(host, &path, &headers).await;
            if let Some(set) = visited.answer().header("set-cookie") {
                cookie = set.split(';').next().unwrap_or_default().to_owned();
            }
            match visited.answer().header("location") {
                Some(next) if visited.status() == 303 && next.starts_with('/') => {
                    path = next.to_owned();
                }
                _ => return (visited, cookie),
            }
        }
    }

    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Visited {
        let visitor = self.server.visitor();
        let sent = body(fields);
        visitor.send_with(HOST, path, &sent, &self.headers()).await
    }

    /// Sends a form with long texts and files (input, name, content), as browsers do.
    pub(crate) async fn post_parts(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &str)],
    ) -> Visited {
        let files: Vec<(&str, &str, &[u8])> = files
            .iter()
            .map(|(input, name, content)| (*input, *name, content.as_bytes()))
            .collect();
        self.post_bytes(path, fields, &files).await
    }

    /// The same with files of any bytes.
    pub(crate) async fn post_bytes(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Visited {
        let mut body = Vec::new();
        for (name, value) in fields {
            let value = value.replace('\n', "\r\n");
            let part = format!(
                "--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        for (input, name, content) in files {
            let head = format!(
                "--cut\r\nContent-Disposition: form-data; name=\"{input}\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--cut--\r\n");
        let mut headers = self.headers();
        headers.push(("Content-Type", "multipart/form-data; boundary=cut"));
        self.server
            .visitor()
            .deliver(HOST, path, &body, &headers)
            .await
    }

    pub(crate) async fn sign_in(&mut self, name: &str, password: &str) -> Visited {
        self.sign_in_with(name, password, "").await
    }

    pub(crate) async fn sign_in_with(&mut self, name: &str, password: &str, code: &str) -> Visited {
        let fields = [("ten", name), ("mat-khau", password), ("ma-xac-thuc", code)];
        let visited = self.post(SIGN_IN, &fields).await;
        self.take_cookie(&visited);
        visited
    }

    pub(crate) fn take_cookie(&mut self, visited: &Visited) {
        if let Some(set) = visited.answer().header("set-cookie") {
            let pair = set.split(';').next().unwrap_or_default();
            self.cookie = pair.to_owned();
        }
    }

    /// What is wanted of one's own account.
    pub(crate) async fn want(&self, what: &str, fields: &[(&str, &str)]) -> Visited {
        let mut all = vec![("viec", what)];
        all.extend(fields);
        self.post(OWN, &all).await
    }

    #[track_caller]
    pub(crate) fn assert_out(&self, visited: Visited) {
        let visited = visited.assert_status(303);
        let there = visited.header("location");
        assert!(there.starts_with("/dang-nhap?ve="), "{there}");
    }
}

/// Does what an operator says.
pub(crate) async fn operate(server: &TestPortal, what: UserAct) -> Result<String, String> {
    let by = "operator:kim".to_owned();
    server.command(Command::User(UserWork { by, what })).await
}

pub(crate) fn grant(role: &str, at: &str) -> Grant {
    Grant {
        role: Role::new(role).unwrap(),
        organisation: OrganisationId::new(at).unwrap(),
    }
}

pub(crate) fn link() -> LinkBase {
    LinkBase {
        scheme: PublicScheme::Http,
        port: Some(8080),
        host: None,
    }
}

/// Invites somebody; the path of the link.
pub(crate) async fn invited(server: &TestPortal, name: &str, role: &str, at: &str) -> String {
    let what = UserAct::Invite {
        name: name.to_owned(),
        full_name: "Phạm Thị Lan".to_owned(),
        email: String::new(),
        grant: grant(role, at),
        link: link(),
    };
    path_of(&operate(server, what).await.unwrap())
}

/// The path of a link that a command printed.
pub(crate) fn path_of(said: &str) -> String {
    let line = said.lines().next().unwrap();
    let path = line.strip_prefix("http://localhost:8080").unwrap();
    assert!(path.starts_with("/loi-moi/"), "{line}");
    path.to_owned()
}

/// The secret that a page shows.
pub(crate) fn secret_of(visited: &Visited) -> Vec<u8> {
    let text = visited.text();
    let (_, rest) = text.split_once("<code>").unwrap();
    let (secret, _) = rest.split_once("</code>").unwrap();
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut bits = String::new();
    for letter in secret.chars().filter(|it| !it.is_whitespace()) {
        bits.push_str(&format!("{:05b}", letters.find(letter).unwrap()));
    }
    let bits: Vec<char> = bits.chars().collect();
    let bytes = bits
        .chunks_exact(8)
        .map(|byte| byte.iter().collect::<String>());
    bytes
        .map(|byte| u8::from_str_radix(&byte, 2).unwrap())
        .collect()
}

/// The code of a secret as an authenticator shows it, some steps off.
pub(crate) fn code(server: &TestPortal, secret: &[u8], steps: i64) -> String {
    let step = server.portal().now().0 / 30_000 + steps;
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).unwrap();
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[19] & 0x0f);
    let number = u32::from_be_bytes([hash[at] & 0x7f, hash[at + 1], hash[at + 2], hash[at + 3]]);
    format!("{:06}", number % 1_000_000)
}

/// Somebody new who has accepted, signed in.
pub(crate) async fn joined<'a>(
    server: &'a TestPortal,
    (name, full_name): (&str, &str),
    (role, at): (&str, &str),
) -> Browser<'a> {
    let what = UserAct::Invite {
        name: name.to_owned(),
        full_name: full_name.to_owned(),
        email: format!("{name}@example.gov.vn"),
        grant: grant(role, at),
        link: link(),
    };
    let path = path_of(&operate(server, what).await.unwrap());
    let mut browser = Browser::at(server, "192.0.2.7");
    let fields = [("mat-khau-moi", OTHER_PASSWORD)];
    browser.post(&path, &fields).await.assert_status(303);
    browser
        .sign_in(name, OTHER_PASSWORD)
        .await
        .assert_status(303);
    browser
}

/// The room of people.
pub(crate) const PEOPLE: &str = "/quan-tri/con-nguoi";

/// The path of somebody's page, as whoever looks after them finds it.
pub(crate) async fn page_of(browser: &Browser<'_>, full_name: &str) -> String {
    let list = browser.get(PEOPLE).await.assert_status(200).text();
    let (before, _) = list.split_once(&format!("\">{full_name}</a>")).unwrap();
    let (_, path) = before.rsplit_once("href=\"").unwrap();
    path.to_owned()
}

/// Who somebody is, as the desk's use cases take it.
pub(crate) async fn signed_in(browser: &Browser<'_>) -> dinh_portal::SignedIn {
    let token = browser.cookie.split_once('=').unwrap().1;
    let portal = browser.server.portal();
    let now = portal.now();
    portal.signed_in(token, now).await.unwrap().unwrap()
}
