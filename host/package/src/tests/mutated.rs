//! No byte of a package is without meaning, and none breaks the reader.

use super::{package, refused};
use crate::Package;

/// Packages that a seed makes of a good one.
const MUTATIONS: u64 = 2_000;

/// A small generator (SplitMix64): the same packages in every run.
struct Seeded(u64);

impl Seeded {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((it ^ (it >> 31)) % below as u64).unwrap()
    }
}

#[test]
fn a_package_with_any_one_byte_changed_is_refused() {
    let good = package("1.0.0").bytes().unwrap();
    for at in 0..good.len() {
        let mut bytes = good.clone();
        bytes[at] ^= 1 << (at % 8);
        assert!(!refused(&bytes).is_empty(), "byte {at}");
    }
}

#[test]
fn a_package_cut_anywhere_is_refused() {
    let good = package("1.0.0").bytes().unwrap();
    for end in (0..good.len()).step_by(97) {
        assert!(!refused(&good[..end]).is_empty(), "{end}");
    }
}

#[test]
fn packages_cut_joined_and_moved_at_random_are_refused_or_the_same() {
    let good = package("1.0.0").bytes().unwrap();
    let mut random = Seeded(4);
    for mutation in 0..MUTATIONS {
        let mut bytes = good.clone();
        for _ in 0..=random.next(4) {
            let (from, to) = (random.next(bytes.len()), random.next(bytes.len()));
            let (from, to) = (from.min(to), from.max(to));
            match random.next(4) {
                0 => drop(bytes.drain(from..to)),
                1 => {
                    let part = bytes[from..to].to_vec();
                    bytes.splice(from..from, part);
                }
                2 => bytes[from..to].rotate_left((to - from) / 2),
                _ => bytes[from..to].fill(u8::try_from(random.next(256)).unwrap()),
            }
            if bytes.is_empty() {
                break;
            }
        }
        if let Ok(read) = Package::read(&bytes) {
            assert_eq!(read.bytes().unwrap(), good, "mutation {mutation}");
        }
    }
}
