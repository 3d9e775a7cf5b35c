use std::marker::PhantomData;

use super::bindings::webhooks::exports::dinh::module::webhooks;
use super::portal::Portal;
use crate::{Delivery, Webhooks};

/// What `export_webhooks!` exports.
pub struct WebhooksExport<P>(PhantomData<P>);

impl<P: Webhooks> webhooks::Guest for WebhooksExport<P> {
    fn receive(delivery: webhooks::Delivery) -> Result<webhooks::Reply, String> {
        let delivery = Delivery {
            name: delivery.name,
            headers: delivery.headers,
            body: delivery.body,
            site: delivery.site,
        };
        let reply = P::receive(&delivery, &Portal)?;
        Ok(webhooks::Reply {
            status: reply.status,
            text: reply.text,
        })
    }
}
