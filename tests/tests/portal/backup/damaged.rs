//! A backup in which anything was changed, left out or cut off is refused, and says where.

use std::io::{Read, Write};
use std::path::Path;

use dinh_package::{BLOCK, header, name_and_size};
use dinh_portal::verify_backup;
use dinh_tests::Program;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use super::round::{backup, filled, restore};

/// A member with its content.
pub(super) type Member = (String, Vec<u8>);

/// Something done to a backup.
type Change<'a> = &'a dyn Fn(&mut Vec<Member>);

/// Places at which the file is cut off.
const CUTS: usize = 60;

pub(super) fn members(file: &Path) -> Vec<Member> {
    let mut bytes = Vec::new();
    let packed = std::fs::File::open(file).unwrap();
    GzDecoder::new(packed).read_to_end(&mut bytes).unwrap();
    let (mut rest, mut found) = (bytes.as_slice(), Vec::new());
    while let Some((name, size)) = name_and_size(&rest[..BLOCK]) {
        let size = usize::try_from(size).unwrap();
        found.push((name, rest[BLOCK..BLOCK + size].to_vec()));
        rest = &rest[BLOCK + size.next_multiple_of(BLOCK)..];
    }
    assert_eq!(rest, [0; 2 * BLOCK]);
    found
}

pub(super) fn pack(file: &Path, members: &[Member]) {
    let mut packed = GzEncoder::new(std::fs::File::create(file).unwrap(), Compression::fast());
    for (name, bytes) in members {
        packed.write_all(&header(name, bytes.len() as u64)).unwrap();
        packed.write_all(bytes).unwrap();
        let rest = bytes.len().next_multiple_of(BLOCK) - bytes.len();
        packed.write_all(&vec![0; rest]).unwrap();
    }
    packed.write_all(&[0; 2 * BLOCK]).unwrap();
    packed.finish().unwrap();
}

async fn told(file: &Path) -> String {
    match verify_backup(file).await {
        Ok(_) => panic!("{} is taken for whole", file.display()),
        Err(failure) => failure.to_string(),
    }
}

fn at(members: &[Member], begin: &str) -> usize {
    members
        .iter()
        .position(|(name, _)| name.starts_with(begin))
        .unwrap()
}

#[tokio::test]
async fn whatever_is_changed_is_found() {
    let program = filled().await;
    let file = backup(&program, "b.tar.gz");
    let whole = members(&file);
    let copy = program.folder().join("copy.tar.gz");
    pack(&copy, &whole);
    verify_backup(&copy).await.unwrap();
    let (rows, content) = (at(&whole, "tables/entry/"), at(&whole, "files/"));
    let changes: [(&str, Change<'_>); 12] = [
        ("the rows of `entry` are not those", &|it| {
            it[rows].1[40] ^= 1
        }),
        ("has another hash than its name says", &|it| {
            it[content].1[9] ^= 1
        }),
        ("the rows of `entry` are not those", &|it| {
            drop(it.remove(rows))
        }),
        ("its files are not those", &|it| drop(it.remove(content))),
        ("is out of its place", &|it| it.swap(content, content + 1)),
        ("is out of its place", &|it| {
            let same = it[content].clone();
            it.insert(content, same);
        }),
        ("stands where", &|it| {
            let same = it[rows].clone();
            it.insert(rows, same);
        }),
        ("has another hash than the manifest says", &|it| {
            it[0].1.push(b'\n')
        }),
        ("it ends without `manifest.json`", &|it| drop(it.pop())),
        ("it begins with", &|it| drop(it.remove(0))),
        ("is out of its place", &|it| {
            it.insert(1, ("../etc/passwd".to_owned(), vec![1]))
        }),
        ("it is of format 2", &|it| {
            let text = String::from_utf8(it[0].1.clone()).unwrap();
            it[0].1 = text.replace("\"format\": 1", "\"format\": 2").into_bytes();
        }),
    ];
    for (at, (why, change)) in changes.into_iter().enumerate() {
        let mut changed = whole.clone();
        change(&mut changed);
        pack(&copy, &changed);
        let told = told(&copy).await;
        assert!(told.contains(why), "{at}: {told}");
    }
}

#[tokio::test]
async fn what_is_cut_off_or_goes_on_is_no_backup() {
    let program = filled().await;
    let file = backup(&program, "b.tar.gz");
    let copy = program.folder().join("copy.tar.gz");
    let bytes = std::fs::read(&file).unwrap();
    for cut in 0..CUTS {
        std::fs::write(&copy, &bytes[..bytes.len() * cut / CUTS]).unwrap();
        let told = told(&copy).await;
        assert!(told.contains("is no whole backup"), "{cut}: {told}");
        let mut flipped = bytes.clone();
        flipped[bytes.len() * cut / CUTS + 12] ^= 16;
        std::fs::write(&copy, &flipped).unwrap();
        if let Ok(same) = verify_backup(&copy).await {
            // Bits that mean nothing to the packing.
            assert_eq!(same.id, verify_backup(&file).await.unwrap().id);
        }
    }
    for more in [&b"x"[..], &bytes] {
        std::fs::write(&copy, [&bytes, more].concat()).unwrap();
        told(&copy).await;
    }
    std::fs::write(&copy, &bytes[..bytes.len() - 1]).unwrap();
    let other = Program::new().await;
    restore(&other, &copy)
        .assert_code(1)
        .assert_told("is no whole backup");
    let told = other.run(&["backup", "verify", copy.to_str().unwrap()]);
    told.assert_code(1).assert_told("is no whole backup");
    // Nothing was begun.
    restore(&other, &file).assert_code(0);
}
