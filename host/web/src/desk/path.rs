use crate::percent;

/// Longest path to come back to, in bytes.
const MAX_BYTES: usize = 2_000;

/// A path of this host, as it may stand in an address; none for everything that a browser could take
/// for another host: `//evil.example`, `/\evil.example`, a tab or a line break between the slashes.
pub(crate) fn local_path(text: &str) -> Option<String> {
    let rest = text.strip_prefix('/')?;
    let is_odd = |it: char| it == '\\' || it.is_control() || it.is_whitespace();
    let fits = text.len() <= MAX_BYTES && !rest.starts_with('/') && !text.contains(is_odd);
    fits.then(|| percent::tidy(text))
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn only_a_path_of_this_host_is_gone_back_to() {
        for good in [
            "/",
            "/quan-tri",
            "/quan-tri/bai?trang=2&q=a%20b",
            "/a//b",
            "/x#y",
        ] {
            assert_eq!(local_path(good).as_deref(), Some(good));
        }
        assert_eq!(local_path("/đ").as_deref(), Some("/%C4%91"));
        for bad in [
            "",
            "quan-tri",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\/evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            " /quan-tri",
            "/a\r\nSet-Cookie: a=b",
            "/\u{a0}/x",
        ] {
            assert_eq!(local_path(bad), None, "{bad:?}");
        }
        assert_eq!(local_path(&format!("/{}", "a".repeat(2_000))), None);
    }
}
