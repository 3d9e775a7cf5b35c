use std::marker::PhantomData;

use super::bindings::forms::dinh::module::types::View;
use super::bindings::forms::exports::dinh::module::forms;
use super::portal::Portal;
use super::text;
use crate::{Fault, Forms, Outcome, Submission};

/// What `export_forms!` exports.
pub struct FormsExport<P>(PhantomData<P>);

impl<P: Forms> forms::Guest for FormsExport<P> {
    fn submit(submission: forms::Submission) -> Result<forms::Outcome, Vec<forms::Fault>> {
        let values = serde_json::from_str(&submission.values).map_err(|error| {
            let fault = Fault::new("", "host.values-unreadable");
            vec![written(fault.with("detail", error.to_string()))]
        })?;
        let submission = Submission {
            form: submission.form,
            params: submission.params,
            values,
            locale: submission.locale,
            site: submission.site,
            viewer: submission.viewer,
        };
        let outcome = P::submit(&submission, &Portal);
        let outcome = outcome.map_err(|faults| faults.into_iter().map(written).collect::<Vec<_>>());
        Ok(match outcome? {
            Outcome::View(view) => forms::Outcome::View(View {
                status: view.status,
                template: view.template,
                model: view.model.to_string(),
                max_age_s: view.max_age_s,
            }),
            Outcome::Redirect(path) => forms::Outcome::Redirect(path),
            Outcome::NotFound => forms::Outcome::NotFound,
            Outcome::Data { media_type, bytes } => forms::Outcome::Data((media_type, bytes)),
        })
    }
}

fn written(fault: Fault) -> forms::Fault {
    forms::Fault {
        path: fault.path,
        message_key: fault.message_key,
        args: text(&fault.args),
    }
}
