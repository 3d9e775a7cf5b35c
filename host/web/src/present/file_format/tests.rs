use super::format;

#[test]
fn the_format_is_the_ending_or_else_what_the_media_type_says() {
    assert_eq!(
        format("/tep/1/12.2014.QD-UBND.pdf", "application/pdf"),
        "PDF"
    );
    assert_eq!(
        format("/tep/1/x", "application/vnd.oasis.opendocument.text"),
        "TEXT"
    );
    assert_eq!(format("/tep/1/so.12-quyết-định", "application/pdf"), "PDF");
    assert_eq!(format("/tep/1/x.", "text/plain; charset=utf-8"), "PLAIN");
}
