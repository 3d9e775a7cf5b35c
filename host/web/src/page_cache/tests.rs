use std::io::Read;

use http::HeaderMap;
use http::header::{ACCEPT_ENCODING, HeaderValue};

use super::encoding::{Encoding, is_worthwhile};
use super::{Flight, Flights, Key, Place};

fn accepted(lines: &[&'static str]) -> Encoding {
    let lines = lines.iter().map(|line| HeaderValue::from_static(line));
    let headers: HeaderMap = lines.map(|line| (ACCEPT_ENCODING, line)).collect();
    Encoding::accepted(&headers)
}

#[test]
fn the_best_of_what_a_reader_takes_is_chosen_by_its_weights() {
    for (lines, wanted) in [
        (&[][..], Encoding::Identity),
        (&[""], Encoding::Identity),
        (&["gzip, deflate, br, zstd"], Encoding::Brotli),
        (&["gzip, deflate"], Encoding::Gzip),
        (&["gzip", "br"], Encoding::Brotli),
        (&["GZIP"], Encoding::Gzip),
        (&["br;q=0.5, gzip;q=0.8"], Encoding::Gzip),
        (&["br;q=0, gzip;q=0"], Encoding::Identity),
        (&["gzip;q=0.4, identity;q=0.9"], Encoding::Identity),
        (&["gzip;q=0.4, identity;q=0.4"], Encoding::Gzip),
        (&["*"], Encoding::Brotli),
        (&["*;q=0"], Encoding::Identity),
        (&["br;q=0, *;q=0.3"], Encoding::Gzip),
        (&["deflate, zstd"], Encoding::Identity),
        (&["gzip;q=wide, br ; Q=1"], Encoding::Brotli),
        (&["gzip;q=2"], Encoding::Identity),
        (&["gzip;level=9"], Encoding::Identity),
    ] {
        assert_eq!(accepted(lines), wanted, "{lines:?}");
    }
}

#[test]
fn compressed_forms_are_read_back_and_made_only_where_they_are_shorter() {
    let text = "Ủy ban nhân dân huyện Yên Thế ".repeat(500).into_bytes();
    let mut back = Vec::new();
    let gzip = Encoding::Gzip.of(&text).unwrap();
    flate2::read::GzDecoder::new(&*gzip)
        .read_to_end(&mut back)
        .unwrap();
    assert_eq!(back, text);
    back.clear();
    let brotli = Encoding::Brotli.of(&text).unwrap();
    brotli::Decompressor::new(&*brotli, 4_096)
        .read_to_end(&mut back)
        .unwrap();
    assert_eq!(back, text);
    assert!(brotli.len() < gzip.len() && gzip.len() < text.len() / 10);
    let mut noise = 1_u64;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        noise = noise
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (noise >> 56) as u8
    })
    .take(10_000)
    .collect();
    assert_eq!(Encoding::Gzip.of(&noise), None);
    assert_eq!(Encoding::Brotli.of(&noise), None);
    assert_eq!(Encoding::Identity.of(&text), None);
}

#[test]
fn what_is_compressed_already_and_what_is_short_is_left_alone() {
    for media_type in [
        "text/html; charset=utf-8",
        "application/json",
        "application/problem+json",
        "application/atom+xml",
        "text/csv",
        "image/svg+xml",
    ] {
        assert!(is_worthwhile(media_type, 10_000), "{media_type}");
        assert!(!is_worthwhile(media_type, 500), "{media_type}");
    }
    for media_type in [
        "image/png",
        "application/pdf",
        "application/zip",
        "application/vnd.oasis.opendocument.text",
        "font/woff2",
        "",
    ] {
        assert!(!is_worthwhile(media_type, 10_000), "{media_type}");
    }
}

fn key(path: &str, params: &[(&str, &str)]) -> Key {
    let params = params
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_string()));
    Key::new("/theme/1", "localhost", path, &params.collect::<Vec<_>>())
}

#[test]
fn no_two_answers_share_a_key() {
    let keys = [
        key("/", &[]),
        key("/a", &[]),
        key("/a", &[("b", "c")]),
        key("/a", &[("b=c", "")]),
        key("/a", &[("b", "=c")]),
        key("/a", &[("b=", "c")]),
        key("/a", &[("b", "c"), ("b", "d")]),
        key("/a", &[("b", "d"), ("b", "c")]),
        key("/a", &[("b", "cb"), ("d", "")]),
        Key::new("/theme/2", "localhost", "/", &[]),
        Key::new("/theme/1", "dong-son.localhost", "/", &[]),
    ];
    for (at, one) in keys.iter().enumerate() {
        assert!(
            keys.iter().skip(at + 1).all(|other| other != one),
            "{one:?}"
        );
    }
}

#[tokio::test]
async fn who_waits_for_an_answer_that_fails_is_told_at_once_and_the_next_one_begins_anew() {
    let flights: std::sync::Arc<Flights> = std::sync::Arc::default();
    let first = |place: Place| -> Option<Flight> {
        match place {
            Place::First(flight) => Some(flight),
            Place::Behind(_) => None,
        }
    };
    let flight = first(flights.join(&key("/a", &[]))).unwrap();
    let Place::Behind(wait) = flights.join(&key("/a", &[])) else {
        panic!("one answer is made once");
    };
    assert!(first(flights.join(&key("/b", &[]))).is_some());
    drop(flight);
    assert!(wait.landed().await.is_none());
    assert!(first(flights.join(&key("/a", &[]))).is_some());
}
