use serde_json::{Value, json};

use super::{Asked, Format, local, read};
use crate::declaration::Eli;

fn eli() -> Eli {
    toml::from_str(
        "jurisdiction = \"vn\"\nlanguage = \"vie\"\nagent = \"issuer\"\ntype = \"kind\"\n\
         date = \"issued_on\"\nnumber = \"number\"\n",
    )
    .unwrap()
}

fn address(body: Value) -> Option<String> {
    match body {
        Value::Object(body) => local(&eli(), &body),
        _ => None,
    }
}

#[test]
fn an_address_is_made_of_body_kind_year_and_number() {
    let document = json!({
        "issuer": "Ủy ban nhân dân huyện Yên Thế", "kind": "quyet-dinh",
        "issued_on": "2014-10-03", "number": "06/2014/QĐ-UBND",
    });
    assert_eq!(
        address(document).unwrap(),
        "vn/uy-ban-nhan-dan-huyen-yen-the/quyet-dinh/2014/06-2014-qd-ubnd"
    );
    let joint = json!({
        "issuer": "Bộ Tài chính", "kind": "thong-tu-lien-tich",
        "issued_on": "2012-01-31", "number": "19/2012/TTLT-BTC-BKH&ĐT-BTTTT",
    });
    assert!(
        address(joint)
            .unwrap()
            .ends_with("/2012/19-2012-ttlt-btc-bkh-dt-btttt")
    );
}

#[test]
fn nothing_is_made_up_for_a_part_that_is_missing() {
    let whole = json!({ "issuer": "Bộ", "kind": "luat", "issued_on": "2014-10-03", "number": "1" });
    assert!(address(whole.clone()).is_some());
    for part in ["issuer", "kind", "issued_on", "number"] {
        let mut document = whole.clone();
        document[part] = json!(" ");
        assert_eq!(address(document), None, "{part}");
    }
    let mut undated = whole;
    undated["issued_on"] = json!("hôm qua");
    assert_eq!(address(undated), None);
}

#[test]
fn language_and_form_may_stand_behind_the_number() {
    let asked = |path: &str| {
        read(path).map(
            |Asked {
                 language, format, ..
             }| (language, format),
        )
    };
    let vie = || Some("vie".to_owned());
    assert_eq!(asked("vn/a/b/2014/1"), Some((None, Format::Html)));
    assert_eq!(asked("vn/a/b/2014/1/vie"), Some((vie(), Format::Html)));
    assert_eq!(asked("vn/a/b/2014/1/vie/akn"), Some((vie(), Format::Akn)));
    assert_eq!(asked("vn/a/b/2014/1/akn"), Some((None, Format::Akn)));
    assert_eq!(asked("vn/a/b/2014/1/vie/pdf"), None);
    assert_eq!(asked("vn/a/b/2014"), None);
    assert_eq!(asked("vn/a/b/2014/1/vie/akn/x"), None);
    assert_eq!(read("vn/a/b/2014/1/akn").unwrap().local, "vn/a/b/2014/1");
}
