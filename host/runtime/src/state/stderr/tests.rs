use super::{KEPT_BYTES, Stderr};

#[test]
fn only_the_end_is_kept() {
    let stderr = Stderr::default();
    stderr.keep(b"the beginning");
    stderr.keep(&[b'x'; KEPT_BYTES * 2]);
    stderr.keep(b"the end");
    let text = stderr.text();
    assert_eq!(text.len(), KEPT_BYTES);
    assert!(text.ends_with("xthe end"));
}
