use http::HeaderMap;
use http::header::{COOKIE, HeaderValue, SET_COOKIE};
use poem::Response;

use crate::options::PublicScheme;

/// With the prefix a browser keeps it for one host, encrypted, whatever another host of the domain
/// or somebody on the line says.
const ENCRYPTED: &str = "__Host-dinh";
/// Without encryption: the demo, or a closed network.
const PLAIN: &str = "dinh-session";

fn name(scheme: PublicScheme) -> &'static str {
    match scheme {
        PublicScheme::Https => ENCRYPTED,
        PublicScheme::Http => PLAIN,
    }
}

/// The token in a request; none where it was sent twice: somebody else has put one there.
pub(crate) fn token(headers: &HeaderMap, scheme: PublicScheme) -> Option<&str> {
    let mut sent = headers.get_all(COOKIE).iter();
    let cookies = sent.next()?.to_str().ok()?;
    if sent.next().is_some() {
        return None;
    }
    let pairs = cookies
        .split(';')
        .filter_map(|it| it.trim().split_once('='));
    let mut own = pairs.filter(|(known, _)| *known == name(scheme));
    let (_, token) = own.next()?;
    own.next().is_none().then_some(token)
}

/// Gives the token to a browser, until it is closed.
pub(crate) fn give(response: &mut Response, token: &str, scheme: PublicScheme) {
    put(response, &format!("{}={token}", name(scheme)), scheme);
}

/// Takes it back.
pub(crate) fn take(response: &mut Response, scheme: PublicScheme) {
    put(response, &format!("{}=; Max-Age=0", name(scheme)), scheme);
}

fn put(response: &mut Response, cookie: &str, scheme: PublicScheme) {
    let secure = match scheme {
        PublicScheme::Https => "; Secure",
        PublicScheme::Http => "",
    };
    let cookie = format!("{cookie}; Path=/; HttpOnly; SameSite=Lax{secure}");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(SET_COOKIE, value);
    }
}
