//! Addresses within the portal.

use dinh_portal::shown::Way;

use crate::options::HttpOptions;
use crate::percent;

/// A parameter with its value.
pub(crate) type Param = (String, String);

/// A path with parameters in the given order; parameters without value are left out.
pub(crate) fn with_params(path: &str, params: &[Param]) -> String {
    let mut address = percent::tidy(path);
    let mut before = if address.contains('?') { '&' } else { '?' };
    for (name, value) in params.iter().filter(|(_, value)| !value.is_empty()) {
        address.push(before);
        address.push_str(&percent::encode(name));
        address.push('=');
        address.push_str(&percent::encode(value));
        before = '&';
    }
    address
}

/// The address of page `page` (from 1) of a list; the first page has no number.
pub(crate) fn page(path: &str, asked: &[Param], page: u64) -> String {
    let mut params = without(asked, "page");
    if page > 1 {
        params.push(("page".to_owned(), page.to_string()));
    }
    with_params(path, &params)
}

/// The parameters with one set to a single value, in its old place or at the end.
pub(crate) fn set(params: &[Param], name: &str, value: &str) -> Vec<Param> {
    let place = params.iter().position(|(known, _)| known == name);
    let mut changed = without(params, name);
    let place = place.unwrap_or(changed.len()).min(changed.len());
    changed.insert(place, (name.to_owned(), value.to_owned()));
    changed
}

/// The parameters without any of this name.
pub(crate) fn without(params: &[Param], name: &str) -> Vec<Param> {
    params
        .iter()
        .filter(|(known, _)| known != name)
        .cloned()
        .collect()
}

/// Where a way leads: a path on this site, an absolute address on another.
pub(crate) fn href(options: &HttpOptions, way: &Way) -> String {
    let path = percent::tidy(&way.path);
    match &way.host {
        Some(host) => options.origin(host) + &path,
        None => path,
    }
}

/// The full address of a way from a site with this host.
pub(crate) fn absolute(options: &HttpOptions, here: &str, way: &Way) -> String {
    let host = way.host.as_deref().unwrap_or(here);
    options.origin(host) + &percent::tidy(&way.path)
}

/// A path that somebody computed, ready for `Location`; none where it could lead off the site.
pub(crate) fn local(path: &str) -> Option<String> {
    let stays = path.starts_with('/') && !path[1..].starts_with(['/', '\\']);
    stays.then(|| percent::tidy(path))
}

#[cfg(test)]
mod tests;
