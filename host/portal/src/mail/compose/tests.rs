use super::leads_somewhere;

#[test]
fn what_a_mail_program_makes_a_link_of_is_found() {
    for text in ["https://a", "a.vn", "Xem WWW.A.VN/b", "a@b", "x 1.vn"] {
        assert!(leads_somewhere(text), "{text}");
    }
    for text in [
        "Quyết định 06/2014/QĐ-UBND",
        "Ngày 1.2.2014. Xong",
        "Số: 5.",
    ] {
        assert!(!leads_somewhere(text), "{text}");
    }
}
