use super::{COST, HASH_BYTES, computed, parts, same};

#[test]
fn a_hash_is_read_as_it_was_written_and_nothing_else_is() {
    let hash = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AQID";
    let (cost, salt, kept) = parts(hash).unwrap();
    assert_eq!((cost, salt.len(), kept), (COST, 16, vec![1, 2, 3]));
    for bad in [
        "",
        "$argon2i$v=19$m=1,t=1,p=1$AA$AA",
        "$argon2id$v=19$m=1,t=1$AA$AA",
        "x$y$z",
    ] {
        assert!(parts(bad).is_none(), "{bad}");
    }
}

#[test]
fn another_password_salt_or_cost_is_another_hash() {
    let small = (64, 1, 1);
    let hash = computed("mật khẩu", &[1; 16], small).unwrap();
    assert_eq!(hash.len(), HASH_BYTES);
    assert!(same(&hash, &computed("mật khẩu", &[1; 16], small).unwrap()));
    assert!(!same(
        &hash,
        &computed("mật khẩu ", &[1; 16], small).unwrap()
    ));
    assert!(!same(
        &hash,
        &computed("mật khẩu", &[2; 16], small).unwrap()
    ));
    assert!(!same(
        &hash,
        &computed("mật khẩu", &[1; 16], (64, 2, 1)).unwrap()
    ));
    assert!(!same(&hash, &hash[..31]));
}
