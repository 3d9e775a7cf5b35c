//! Meetings of residents: what the declarations cannot say.

pub mod calendar;
pub mod inbox; // of the sample alone
pub mod meeting;
pub mod questions; // of the sample alone
pub mod rules;
pub mod series;
pub mod turnout; // of the sample alone
pub mod year;

#[cfg(test)]
mod tests;

use dinh_sdk::{Delivery, Forms, Job, Jobs, Reply, Step, Submission, Webhooks}; // of the sample alone
use dinh_sdk::{Draft, Fault, Hooks, Host, Object, Outcome, Pages, Request};

/// The plugin.
pub struct Plugin;

impl Pages for Plugin {
    fn page(request: &Request, host: &impl Host) -> Result<Outcome, String> {
        match request.route.as_str() {
            "year" => year::page(request, host),
            "next" => calendar::next(host),
            "calendar" => calendar::file(host),
            "series" => series::page(request, host),
            "turnout" => turnout::page(request, host), // of the sample alone
            "questions" => questions::page(host),      // of the sample alone
            other => Err(format!("the route `{other}` is not of this plugin")),
        }
    }
}

impl Hooks for Plugin {
    fn validate(draft: &Draft, host: &impl Host) -> Result<Option<Object>, Vec<Fault>> {
        rules::validate(draft, host)
    }
}

// of the sample alone from here
impl Forms for Plugin {
    fn submit(submission: &Submission, host: &impl Host) -> Result<Outcome, Vec<Fault>> {
        questions::submit(submission, host)
    }
}

impl Jobs for Plugin {
    fn run(job: &Job, host: &impl Host) -> Result<Step, String> {
        inbox::hand_on(job, host)
    }
}

impl Webhooks for Plugin {
    fn receive(delivery: &Delivery, host: &impl Host) -> Result<Reply, String> {
        inbox::answered(delivery, host)
    }
}

dinh_sdk::export_forms!(Plugin);
dinh_sdk::export_jobs!(Plugin);
dinh_sdk::export_webhooks!(Plugin);
// to here
dinh_sdk::export_pages!(Plugin);
dinh_sdk::export_hooks!(Plugin);
