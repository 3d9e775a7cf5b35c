use super::{Plugin, running};
use crate::bindings::webhooks::exports::dinh::module::webhooks;
use crate::breaker::Export;
use crate::{Call, CallError, Delivery, Received, answer};

impl Plugin {
    /// Gives what another system sent to the export in a fresh instance. What the guest wrote
    /// meanwhile is noted by the call's host and lasts only if the portal says so afterwards.
    ///
    /// # Errors
    /// [`CallError`]; what was written is to be dropped with every one of them.
    pub async fn receive(&self, call: Call, sent: Delivery) -> Result<Received, CallError> {
        let own = self.version.webhooks.as_ref();
        let own = own.ok_or(CallError::NotExported(Export::Webhooks))?;
        let delivery = webhooks::Delivery {
            name: sent.name,
            headers: sent.headers,
            body: sent.body,
            site: call.site.clone(),
        };
        let mut running = self.start(call, Export::Webhooks).await?;
        let ran = running::run(running.wall(), async {
            let instance = own.instantiate_async(&mut running.store).await?;
            let guest = instance.dinh_module_webhooks();
            guest.call_receive(&mut running.store, &delivery).await
        });
        let ran = ran.await;
        running.end(ran, answer::received)
    }
}
