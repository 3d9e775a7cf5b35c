use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::{SealError, SealKeyFile};

#[test]
fn a_secret_opens_in_its_own_place_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.key");
    let file = SealKeyFile::new(&path);
    let sealed = file.seal("a/b/c", "bí mật lắm").unwrap();
    assert!(!sealed.contains("bí"));
    assert_eq!(file.open("a/b/c", &sealed).unwrap(), "bí mật lắm");
    let elsewhere = file.open("a/b/d", &sealed);
    assert!(matches!(elsewhere, Err(SealError::Damaged)));
    assert_ne!(sealed, file.seal("a/b/c", "bí mật lắm").unwrap());
    let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    let names = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(names, 1, "nothing but the key is left behind");
}

#[test]
fn a_changed_letter_another_key_or_a_readable_key_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.key");
    let file = SealKeyFile::new(&path);
    let sealed = file.seal("place", "a secret").unwrap();
    let (rest, last) = sealed.split_at(sealed.len() - 1);
    let other = if last == "0" { "1" } else { "0" };
    let changed = file.open("place", &format!("{rest}{other}"));
    assert!(matches!(changed, Err(SealError::Damaged)));
    for broken in ["", "1", "2:a:b:c", "1:é:é:é"] {
        assert!(file.open("place", broken).is_err(), "{broken}");
    }
    let another = SealKeyFile::new(folder.path().join("other.key"));
    another.seal("place", "a secret").unwrap();
    let told = another.open("place", &sealed).unwrap_err().to_string();
    assert!(told.contains("was sealed with the key"), "{told}");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let told = file.open("place", &sealed).unwrap_err().to_string();
    assert!(told.contains("chmod 600"), "{told}");
}

#[test]
fn a_new_key_seals_and_the_former_one_still_opens_until_it_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.key");
    let file = SealKeyFile::new(&path);
    let envelope = file.seal_envelope("entry/1", "Nguyễn Thị Lan").unwrap();
    assert!(!envelope.sealed.contains("Lan"));
    let elsewhere = file.open_envelope("entry/2", &envelope);
    assert!(matches!(elsewhere, Err(SealError::Damaged)));
    let former = file.ids().unwrap();
    let added = file.add().unwrap();
    assert_eq!(file.add().unwrap(), added, "one waits already");
    assert_eq!(file.ids().unwrap(), former, "it seals nothing yet");
    assert_eq!(file.pending_id().unwrap(), Some(added.clone()));
    for _ in 0..2 {
        assert_eq!(
            file.use_newest().unwrap(),
            added,
            "never back to the former"
        );
    }
    assert_eq!(file.pending_id().unwrap(), None);
    assert_eq!(file.ids().unwrap(), [added, former[0].clone()]);
    let anew = super::Envelope {
        data_key: file.sealed_anew("entry/1", &envelope.data_key).unwrap(),
        ..envelope.clone()
    };
    assert_eq!(file.forget_former().unwrap(), 1);
    assert_eq!(
        file.open_envelope("entry/1", &anew).unwrap(),
        "Nguyễn Thị Lan"
    );
    let lost = file.open_envelope("entry/1", &envelope);
    assert!(matches!(lost, Err(SealError::OtherKey { .. })));
    let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    assert_ne!(file.mac("a", "x").unwrap(), file.mac("b", "x").unwrap());
}
