use dinh_domain::site::Contact;

use super::contact;

fn given(email: &str, phone: &str) -> Option<String> {
    contact(&Contact {
        email: email.into(),
        phone: phone.into(),
        ..Contact::default()
    })
}

#[test]
fn the_contact_is_the_mail_address_or_else_the_telephone_number() {
    assert_eq!(
        given("a@b.vn", "0204 123").as_deref(),
        Some("mailto:a@b.vn")
    );
    assert_eq!(
        given("", "(0204) 3876.123").as_deref(),
        Some("tel:02043876123")
    );
    assert_eq!(given("a@b.vn\nExpires: never", "").as_deref(), None);
    assert_eq!(given("", ""), None);
}
