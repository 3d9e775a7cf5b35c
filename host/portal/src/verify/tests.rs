use super::hash;

const HASH: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

#[test]
fn a_hash_is_read_however_it_was_pasted() {
    let grouped: Vec<&str> = HASH
        .as_bytes()
        .chunks(4)
        .filter_map(|it| std::str::from_utf8(it).ok())
        .collect();
    for asked in [
        HASH.to_owned(),
        HASH.to_uppercase(),
        format!("sha256:{HASH}"),
        format!("SHA-256: {HASH}"),
        grouped.join(" "),
        format!("{}\n{}", &HASH[..30], &HASH[30..]),
    ] {
        assert_eq!(hash(&asked).as_deref(), Some(HASH), "{asked}");
    }
}

#[test]
fn what_is_no_hash_is_none() {
    for asked in [
        "",
        "0123",
        "sha256",
        &HASH[1..],
        &format!("{HASH}0"),
        &HASH.replace('a', "g"),
    ] {
        assert_eq!(hash(asked), None, "{asked}");
    }
}
