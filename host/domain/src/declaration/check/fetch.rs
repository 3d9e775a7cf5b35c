//! Other systems that a manifest names.

use crate::declaration::{Capability, Manifest};

/// Most systems of a plugin: an operator reads them all before he grants them.
const PLACES_MAX: usize = 16;

pub(super) fn fetch(manifest: &Manifest, fault: &mut impl FnMut(String)) {
    let places = &manifest.fetch;
    let is_asked = manifest.capabilities.contains(&Capability::Fetch);
    if !places.is_empty() && !is_asked {
        fault("[[fetch]] names a system: ask for the capability `fetch`".to_owned());
    }
    if is_asked && places.is_empty() {
        fault(
            "the capability `fetch` is asked for, and no [[fetch]] names a system: add one with its `host`"
                .to_owned(),
        );
    }
    if places.len() > PLACES_MAX {
        let count = places.len();
        fault(format!(
            "[[fetch]] names {count} systems, more than {PLACES_MAX}"
        ));
    }
    for (at, place) in places.iter().enumerate() {
        if !place.is_name() {
            fault(format!(
                "fetch `{}`: a host is a whole name in small letters such as `api.example.vn`: no address, no pattern, no scheme",
                place.host
            ));
        }
        if place.port == Some(0) {
            fault(format!("fetch `{}`: 0 is no port", place.host));
        }
        if places[..at].contains(place) {
            fault(format!("fetch `{}`: it is named twice", place.host));
        }
    }
}
