use std::sync::Arc;

use dinh_domain::dates::Instant;
use dinh_domain::site::Contact;
use dinh_portal::Visit;
use http::StatusCode;
use poem::Response;

use crate::asked::Asked;
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// How long the contact may be relied on, in days (RFC 9116 advises less than a year).
const VALID_DAYS: i64 = 90;
const MILLIS_A_DAY: i64 = 24 * 60 * 60 * 1000;

/// Whom to tell about a weakness (RFC 9116); not found where the site gives no contact.
pub(crate) async fn security_txt_show(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let contact = contact(&visit.site.contact).ok_or(Problem::NotFound)?;
    let until = Instant(visit.now.0 + VALID_DAYS * MILLIS_A_DAY).rfc3339_in(&visit.zone());
    let canonical = state.options.origin(&visit.site.host) + &asked.path;
    let text = format!(
        "Contact: {contact}\nExpires: {until}\nPreferred-Languages: vi, en\nCanonical: {canonical}\n"
    );
    Ok(reply::text(StatusCode::OK, text))
}

/// The e-mail address, or else the telephone number, as an address; none where it could not be one.
fn contact(contact: &Contact) -> Option<String> {
    let email = contact.email.trim();
    let fits = email.contains('@') && email.bytes().all(|byte| byte.is_ascii_graphic());
    if fits {
        return Some(format!("mailto:{email}"));
    }
    let digits = contact
        .phone
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+');
    let digits: String = digits.collect();
    (!digits.is_empty()).then(|| format!("tel:{digits}"))
}

#[cfg(test)]
mod tests;
