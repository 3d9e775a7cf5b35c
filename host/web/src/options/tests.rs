use super::{HttpOptions, PublicScheme};

#[test]
fn an_origin_names_the_port_only_where_it_is_not_the_schemes_own() {
    let mut options = HttpOptions::default();
    assert_eq!(options.origin("localhost"), "http://localhost");
    options.public_port = Some(8080);
    assert_eq!(options.origin("localhost"), "http://localhost:8080");
    options.public_scheme = PublicScheme::Https;
    options.public_port = Some(443);
    assert_eq!(
        options.origin("yenthe.example.vn"),
        "https://yenthe.example.vn"
    );
    assert_eq!(options.origin("[::1]"), "https://[::1]");
}

#[test]
fn a_scheme_is_http_or_https_and_nothing_else() {
    assert_eq!("https".parse(), Ok(PublicScheme::Https));
    let refused = "HTTPS".parse::<PublicScheme>().unwrap_err().to_string();
    assert_eq!(
        refused,
        "`HTTPS` is not a public scheme: write `http` or `https`"
    );
}
