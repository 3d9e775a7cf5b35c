use super::{Fault, Outcome, broken, faults, outcome};
use crate::CallError;
use crate::bindings::forms::exports::dinh::module::forms as forms_wit;
use crate::bindings::pages::dinh::module::types as pages_types;
use crate::bindings::pages::exports::dinh::module::pages as pages_wit;

/// The answer to a form's sending.
#[derive(Clone, Debug, PartialEq)]
pub enum Submitted {
    /// It was taken: a view or a redirect.
    Taken(Outcome),
    /// What is wrong with it: 1 to 100 faults.
    Refused(Vec<Fault>),
}

pub(crate) fn submitted(
    answer: Result<forms_wit::Outcome, Vec<forms_wit::Fault>>,
) -> Result<Submitted, CallError> {
    match answer {
        Ok(forms_wit::Outcome::View(view)) => {
            let view = pages_types::View {
                status: view.status,
                template: view.template,
                model: view.model,
                max_age_s: 0,
            };
            outcome(pages_wit::Outcome::View(view)).map(Submitted::Taken)
        }
        Ok(forms_wit::Outcome::Redirect(path)) => {
            outcome(pages_wit::Outcome::Redirect(path)).map(Submitted::Taken)
        }
        Ok(forms_wit::Outcome::NotFound | forms_wit::Outcome::Data(_)) => {
            broken("a form is answered with a view, a redirect or faults".to_owned())
        }
        Err(told) => {
            let told = told.into_iter();
            let told = told.map(|it| (it.path, it.message_key, it.args));
            faults(told).map(Submitted::Refused)
        }
    }
}
