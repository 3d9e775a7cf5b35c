//! What went wrong, for programs: a stable `type`, and in words what to change.

use dinh_domain::site::{Site, SiteState};
use dinh_portal::BadParameter;
use http::StatusCode;
use http::header::{ALLOW, HeaderName, HeaderValue, RETRY_AFTER};
use poem::Response;
use serde_json::{Map, Value, json};

use crate::asked::{ALLOWED_METHODS, Refused, RequestId};
use crate::problem::{Problem, RETRY_AFTER_SECONDS, log};
use crate::reply;

/// Types of problems, each with its title; the whole type is `urn:dinh:problem:<name>`.
pub(super) const TYPES: [(&str, &str); 17] = [
    ("unknown-parameter", "There is no such parameter"),
    (
        "repeated-parameter",
        "The parameter is given more than once",
    ),
    ("missing-parameter", "A parameter is missing"),
    ("bad-value", "The parameter cannot have this value"),
    ("too-many-values", "The parameter has too many values"),
    ("too-wide", "The words find more than a list can narrow"),
    ("bad-cursor", "The cursor does not belong to this question"),
    ("malformed-request", "The request is not well-formed"),
    ("too-long", "The address is too long"),
    ("method-not-allowed", "The method is not allowed here"),
    ("not-found", "There is nothing here"),
    ("withdrawn", "The entry was withdrawn"),
    ("too-many-requests", "One caller asks too often"),
    ("site-suspended", "The site does not answer for a time"),
    ("site-closed", "The site has ended"),
    ("unavailable", "The portal cannot answer now"),
    ("internal", "The portal failed"),
];

/// The answer to a request that failed.
pub(crate) fn reply(problem: Problem, id: RequestId) -> Response {
    log(&problem, id);
    let status = problem.status();
    let mut more = Map::new();
    let (name, detail) = told(problem, &mut more);
    let mut response = build(status, name, &detail, more, id);
    let header: Option<(HeaderName, HeaderValue)> = match status {
        StatusCode::METHOD_NOT_ALLOWED => Some((ALLOW, HeaderValue::from_static(ALLOWED_METHODS))),
        StatusCode::SERVICE_UNAVAILABLE => {
            Some((RETRY_AFTER, HeaderValue::from(RETRY_AFTER_SECONDS)))
        }
        _ => None,
    };
    response.headers_mut().extend(header);
    response
}

/// Somebody asks too often.
pub(crate) fn too_many(seconds: u32, id: RequestId) -> Response {
    let detail = format!("this address asks too often: ask again in {seconds} s");
    let status = StatusCode::TOO_MANY_REQUESTS;
    let mut response = build(status, "too-many-requests", &detail, Map::new(), id);
    reply::come_back(&mut response, seconds);
    response
}

/// A site that does not answer now or any more; one that is not yet public does not exist.
pub(crate) fn closed(site: &Site, id: RequestId) -> Response {
    match site.state {
        SiteState::Suspended => {
            let status = StatusCode::SERVICE_UNAVAILABLE;
            let detail = "this site answers nobody for a time: ask again later";
            let mut response = build(status, "site-suspended", detail, Map::new(), id);
            let seconds = HeaderValue::from(RETRY_AFTER_SECONDS);
            response.headers_mut().insert(RETRY_AFTER, seconds);
            response
        }
        SiteState::Closed => {
            let detail = "this site has ended: see /api/v1/sites of another for those that answer";
            build(StatusCode::GONE, "site-closed", detail, Map::new(), id)
        }
        SiteState::Trial | SiteState::Live => reply(Problem::NotFound, id),
    }
}

/// An entry that was public.
pub(crate) fn withdrawn(reason: &str, successor: Option<String>, id: RequestId) -> Response {
    let mut more = Map::new();
    more.insert("reason".to_owned(), json!(reason));
    more.insert("successor".to_owned(), json!(successor));
    let detail = "the entry was public and is no longer shown";
    build(StatusCode::GONE, "withdrawn", detail, more, id)
}

fn build(
    status: StatusCode,
    name: &str,
    detail: &str,
    more: Map<String, Value>,
    id: RequestId,
) -> Response {
    let title = TYPES.iter().find(|(known, _)| *known == name);
    let mut problem = Map::new();
    problem.insert("type".to_owned(), json!(format!("urn:dinh:problem:{name}")));
    problem.insert("title".to_owned(), json!(title.map(|(_, title)| title)));
    problem.insert("status".to_owned(), json!(status.as_u16()));
    problem.insert("detail".to_owned(), json!(detail));
    problem.insert("instance".to_owned(), json!(format!("urn:uuid:{id}")));
    problem.extend(more);
    reply::problem(status, &Value::Object(problem))
}

/// The type's name and the words, with further members.
fn told(problem: Problem, more: &mut Map<String, Value>) -> (&'static str, String) {
    match problem {
        Problem::Parameter(bad) => {
            more.insert("parameter".to_owned(), json!(bad.name()));
            let detail = bad.to_string();
            if let BadParameter::Unknown { known, .. } | BadParameter::NotListed { known, .. } =
                &bad
            {
                more.insert("known".to_owned(), json!(known));
            }
            (parameter(&bad), detail)
        }
        Problem::Refused(refused) => self::refused(refused),
        Problem::BadRequest { detail } | Problem::Refusal { detail, .. } => {
            ("malformed-request", detail)
        }
        Problem::Account(refusal) => ("malformed-request", refusal.to_string()),
        Problem::NotFound | Problem::BeyondLastPage { .. } => {
            let detail =
                "nothing here that can be read: see /api/v1/openapi.json for what there is";
            ("not-found", detail.to_owned())
        }
        Problem::Withdrawn(withdrawn) => {
            more.insert("reason".to_owned(), json!(withdrawn.reason));
            ("withdrawn", "the entry is no longer shown".to_owned())
        }
        Problem::Unavailable { .. } | Problem::TooManyExports => {
            ("unavailable", "ask again later".to_owned())
        }
        Problem::Internal { .. } => {
            let detail = "the fault is the portal's: report it with `instance`";
            ("internal", detail.to_owned())
        }
    }
}

fn parameter(bad: &BadParameter) -> &'static str {
    match bad {
        BadParameter::Unknown { .. } => "unknown-parameter",
        BadParameter::Repeated { .. } => "repeated-parameter",
        BadParameter::Missing { .. } => "missing-parameter",
        BadParameter::Value { .. } | BadParameter::NotListed { .. } => "bad-value",
        BadParameter::TooMany { .. } => "too-many-values",
        BadParameter::TooWide { .. } => "too-wide",
        BadParameter::Cursor => "bad-cursor",
    }
}

fn refused(refused: Refused) -> (&'static str, String) {
    let (name, detail) = match refused {
        Refused::PathTooLong => ("too-long", "the path has more than 2 KiB"),
        Refused::QueryTooLong => ("too-long", "the query has more than 4 KiB"),
        Refused::TooManyParams => ("malformed-request", "there are more than 100 parameters"),
        Refused::Percent => (
            "malformed-request",
            "a `%` is not followed by two hexadecimal digits",
        ),
        Refused::NotUtf8 => ("malformed-request", "the address is not UTF-8"),
        Refused::Control => ("malformed-request", "the address holds a control character"),
        Refused::Method => ("method-not-allowed", "use GET or HEAD"),
        // No form is sent to a program's address.
        Refused::FormTooLarge
        | Refused::UploadTooLarge
        | Refused::FormType
        | Refused::FormForeign
        | Refused::FormBroken
        | Refused::FormsBusy => ("malformed-request", "forms are not taken here"),
    };
    (name, detail.to_owned())
}
