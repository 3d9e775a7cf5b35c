//! HTTP from the portal to other systems: one request, one connection, to an address that was
//! checked. And mail, to the one server that the operator named.
//!
//! Absent here: redirects, proxies, cookies, kept connections, and any second look-up of a name
//! between the check of an address and the connection to it.

pub use http::Method;

pub use client::{Client, EXCHANGE_WAIT_MAX};
pub use error::OutboundError;
pub use lanes::{UNDER_WAY_MAX, UNDER_WAY_OF_ONE_MAX};
pub use mail::{BadServer, Letter, MailError, MailServer, Mailer, Password, SENDING_WAIT_MAX};
pub use network::{BadNetwork, Network, Opened};
pub use place::{Place, Scheme};
pub use request::{
    ANSWER_BYTES_MAX, Answer, BODY_BYTES_MAX, Checked, HEADER_BYTES_MAX, HEADERS_MAX, Request,
    URL_BYTES_MAX, check,
};

mod client;
mod error;
mod lanes;
mod mail;
mod network;
mod place;
mod request;
mod resolve;
mod tls;
