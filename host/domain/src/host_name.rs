//! Names of hosts on which sites answer.

/// Longest name, and longest part between two dots, in bytes (RFC 1035).
const NAME_BYTES_MAX: usize = 253;
const LABEL_BYTES_MAX: usize = 63;

/// Whether a text is a host name as addresses of a site have it: lower-case letters, digits and hyphens
/// between dots, without a port. One with Vietnamese letters is given in its `xn--` form.
pub fn is_host_name(text: &str) -> bool {
    let is_label = |label: &str| {
        let is_edge = |byte: Option<u8>| byte.is_some_and(|it| it != b'-');
        let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (1..=LABEL_BYTES_MAX).contains(&label.len())
            && label.bytes().all(known)
            && is_edge(label.bytes().next())
            && is_edge(label.bytes().last())
    };
    text.len() <= NAME_BYTES_MAX && text.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::is_host_name;

    #[test]
    fn names_and_nothing_else() {
        for good in [
            "localhost",
            "dong-son.yen-the.gov.vn",
            "xn--ng-sn-l0a.vn",
            "a1.b",
        ] {
            assert!(is_host_name(good), "{good}");
        }
        let long = format!("{}.vn", "a".repeat(64));
        for bad in [
            "",
            ".",
            "a..b",
            "a.",
            "Đông.vn",
            "A.vn",
            "a.vn:80",
            "http://a",
            "-a.vn",
            "a-.vn",
            "a b",
            &long,
        ] {
            assert!(!is_host_name(bad), "{bad}");
        }
    }
}
