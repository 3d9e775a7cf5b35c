use http::header::HOST;
use http::{HeaderMap, Uri};

/// Longest host name, in bytes (RFC 1035).
const MAX_HOST_BYTES: usize = 253;
/// Longest label of a host name, in bytes (RFC 1035).
const MAX_LABEL_BYTES: usize = 63;

/// A request that names no host, several, or none that can exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BadHost;

/// The host that a request names: lower case, without port and final dot. An absolute address in the
/// request line counts before the header (RFC 9112, section 3.2.2).
pub(crate) fn host_of(
    headers: &HeaderMap,
    uri: &Uri,
    forwarded: Option<&str>,
) -> Result<String, BadHost> {
    if let Some(forwarded) = forwarded {
        return parse(forwarded);
    }
    let mut sent = headers.get_all(HOST).iter();
    let (first, second) = (sent.next(), sent.next());
    if second.is_some() {
        return Err(BadHost);
    }
    match (uri.authority(), first) {
        (Some(authority), _) => parse(authority.as_str()),
        (None, Some(header)) => parse(header.to_str().map_err(|_| BadHost)?),
        (None, None) => Err(BadHost),
    }
}

fn parse(text: &str) -> Result<String, BadHost> {
    let text = text.trim_matches([' ', '\t']);
    if text.starts_with('[') {
        return bracketed(text);
    }
    let (name, port) = text
        .split_once(':')
        .map_or((text, None), |(name, port)| (name, Some(port)));
    check_port(port)?;
    let name = name.strip_suffix('.').unwrap_or(name);
    let fits = name.len() <= MAX_HOST_BYTES && name.split('.').all(is_label);
    if fits {
        Ok(name.to_ascii_lowercase())
    } else {
        Err(BadHost)
    }
}

/// `[::1]:8080`: the address stays in its brackets, in its shortest form.
fn bracketed(text: &str) -> Result<String, BadHost> {
    let (address, rest) = text[1..].split_once(']').ok_or(BadHost)?;
    let address: std::net::Ipv6Addr = address.parse().map_err(|_| BadHost)?;
    match rest.strip_prefix(':') {
        Some(port) => check_port(Some(port))?,
        None if rest.is_empty() => {}
        None => return Err(BadHost),
    }
    Ok(format!("[{address}]"))
}

/// Digits up to 65535, or nothing behind the colon (RFC 3986 allows it).
fn check_port(port: Option<&str>) -> Result<(), BadHost> {
    let digits = port.unwrap_or_default();
    let fits = digits.is_empty()
        || digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.parse::<u16>().is_ok();
    if fits { Ok(()) } else { Err(BadHost) }
}

fn is_label(label: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=MAX_LABEL_BYTES).contains(&label.len())
        && label.bytes().all(inner)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
mod tests;
