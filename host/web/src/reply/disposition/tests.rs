use super::attachment;

#[test]
fn a_name_is_given_plain_and_as_it_is() {
    assert_eq!(
        attachment("Quyết định 12.pdf"),
        "attachment; filename=\"quyet-dinh-12.pdf\"; \
         filename*=UTF-8''Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh%2012.pdf"
    );
}

#[test]
fn no_name_breaks_out_of_the_header() {
    for name in [
        "a\".exe\r\nX: y",
        "a;b'c%d.pdf",
        "\\\\host\\x.pdf",
        "",
        "....",
        "文書.pdf",
    ] {
        let header = attachment(name);
        assert!(
            header.is_ascii() && !header.contains(['\r', '\n', '\\']),
            "{header}"
        );
        assert_eq!(header.matches('"').count(), 2, "{header}");
        assert_eq!(header.matches(';').count(), 2, "{header}");
    }
}
