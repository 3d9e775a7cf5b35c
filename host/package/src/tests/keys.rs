use crate::{PublicKeyFile, SecretKeyFile};

#[test]
fn a_key_file_reads_as_it_was_written() {
    let made = SecretKeyFile::generate("Công ty Phần mềm A").unwrap();
    let read =
        SecretKeyFile::parse("a.key", made.text().unwrap().as_bytes()).unwrap_or_else(|_| panic!());
    assert_eq!(read.key.public(), made.key.public());
    let public = made.public(None);
    let read = PublicKeyFile::parse("a.pub", public.text().unwrap().as_bytes()).unwrap();
    assert_eq!(read, public);
    assert!(!public.text().unwrap().contains("secret"));
}

#[test]
fn a_new_key_follows_only_when_the_former_one_has_signed_it_and_its_name() {
    let former = SecretKeyFile::generate("A").unwrap();
    let next = SecretKeyFile::generate("A").unwrap().public(Some(&former));
    let text = next.text().unwrap();
    assert_eq!(
        PublicKeyFile::parse("a.pub", text.as_bytes()).unwrap(),
        next
    );
    let other = SecretKeyFile::generate("A").unwrap();
    for forged in [
        text.replace("name = \"A\"", "name = \"B\""),
        text.replacen(&next.public.to_string(), &other.key.public().to_string(), 1),
        text.replacen(
            &former.key.public().to_string(),
            &other.key.public().to_string(),
            1,
        ),
    ] {
        let faults = PublicKeyFile::parse("a.pub", forged.as_bytes()).unwrap_err();
        assert!(faults[0].message.contains("has not signed"), "{faults:?}");
    }
}

#[test]
fn what_is_no_key_is_refused_with_file_and_line() {
    let told = |text: &str| {
        let faults = PublicKeyFile::parse("x.pub", text.as_bytes()).unwrap_err();
        faults[0].to_string()
    };
    assert!(told("name = \"A\"\npublic = \"12\"").starts_with("x.pub:2: "));
    assert!(told("nam = \"A\"").contains("did you mean `name`"));
    let secret = SecretKeyFile::parse("x.key", b"name = \"A\"\nsecret = \"12\"");
    assert!(secret.err().unwrap()[0].message.contains("secret"));
    assert!(SecretKeyFile::generate("two\nlines").is_err());
}
