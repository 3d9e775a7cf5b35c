use super::{Plugin, running};
use crate::bindings::forms::exports::dinh::module::forms;
use crate::breaker::Export;
use crate::{Call, CallError, Submission, Submitted, answer};

impl Plugin {
    /// Gives a form's sending to the export in a fresh instance. What the guest wrote meanwhile is
    /// noted by the call's host and lasts only if the portal says so afterwards.
    ///
    /// # Errors
    /// [`CallError`]; what was written is to be dropped with every one of them.
    pub async fn submit(&self, call: Call, sent: Submission) -> Result<Submitted, CallError> {
        let forms = self.version.forms.as_ref();
        let forms = forms.ok_or(CallError::NotExported(Export::Forms))?;
        let submission = forms::Submission {
            form: sent.form,
            params: sent.params,
            values: sent.values,
            locale: sent.locale,
            site: call.site.clone(),
            viewer: sent.viewer,
        };
        let mut running = self.start(call, Export::Forms).await?;
        let ran = running::run(running.wall(), async {
            let instance = forms.instantiate_async(&mut running.store).await?;
            let guest = instance.dinh_module_forms();
            guest.call_submit(&mut running.store, &submission).await
        });
        let ran = ran.await;
        running.end(ran, answer::submitted)
    }
}
