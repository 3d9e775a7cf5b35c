//! Asking for a subscription. Whether an address has one already shows by nothing that is answered.

use dinh_domain::dates::Instant;
use dinh_domain::submission::is_mail;
use dinh_package::Envelope;
use dinh_store::{Subscription, WriteTx, new_job_id};

use super::{HOUR_MS, Held, SubscriptionAbout, sealed_for};
use crate::failure::Failure;
use crate::mail::{Says, To};
use crate::people::secret;
use crate::portal::Portal;
use crate::visit::Visit;

/// Longest address, in bytes (RFC 5321).
const ADDRESS_BYTES_MAX: usize = 254;
/// Subscriptions of one address over all sites.
const OF_ADDRESS_MAX: u64 = 50;
/// Messages to one address in a day that it did not ask for itself: whoever floods somebody's letter box with requests
/// gets no further.
const ASKED_OF_ADDRESS_MAX: u64 = 5;
/// The day over which those are counted, in milliseconds.
const ASKED_WITHIN_MS: i64 = 24 * HOUR_MS;
/// Least time between two messages about one subscription, in milliseconds.
const AGAIN_AFTER_MS: i64 = HOUR_MS / 6;

/// Why a subscription cannot be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubscriptionRefusal {
    /// It is no address of mail.
    Address,
    /// What is kept was not agreed to.
    Consent,
}

impl Portal {
    /// Asks for a subscription in the name of an address. Whatever came of it, the answer is the same: only whoever
    /// reads the letter box learns more.
    pub async fn subscribe(
        &self,
        visit: &Visit,
        about: &SubscriptionAbout,
        (address, consent): (&str, Option<&str>),
    ) -> Result<Result<(), Vec<SubscriptionRefusal>>, Failure> {
        visit.passing();
        let address = address.trim();
        let mut refusals = Vec::new();
        if address.len() > ADDRESS_BYTES_MAX || !is_mail(address) {
            refusals.push(SubscriptionRefusal::Address);
        }
        let (Some(consent), true) = (consent, refusals.is_empty()) else {
            if consent.is_none() {
                refusals.push(SubscriptionRefusal::Consent);
            }
            return Ok(Err(refusals));
        };
        let (site, target, now) = (&visit.site.id, about.target(), self.now());
        let hash = self.address_hash(address)?;
        let mut tx = self.store().begin_write().await?;
        match tx.subscription_of(site, (&target, &hash)).await? {
            Some(known) => self.ask_again(&mut tx, &known, now).await?,
            None => {
                let since = Instant(now.0 - ASKED_WITHIN_MS);
                let (all, asked) = tx.subscriptions_of_address(&hash, since).await?;
                if all >= OF_ADDRESS_MAX || asked >= ASKED_OF_ADDRESS_MAX {
                    tracing::warn!(
                        "an address has too many subscriptions, or too many are asked for it"
                    );
                    return Ok(Ok(()));
                }
                let (token, confirm_hash) = secret::token()?;
                let mut new = self.sealed_subscription(visit, about, address)?;
                new.confirm_hash = Some(confirm_hash);
                new.consent = consent.to_owned();
                new.address_hash = hash;
                if !tx.put_subscription(&new).await? {
                    return Ok(Ok(()));
                }
                let says = Says::Confirm { token };
                let to = (site, To::Subscriber(&new.id));
                self.write_mail(&mut tx, to, &says).await?;
            }
        }
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// One that waits gets another link, and one that there is a word that it is there.
    async fn ask_again(
        &self,
        tx: &mut WriteTx,
        known: &Subscription,
        now: Instant,
    ) -> Result<(), Failure> {
        if now.0 - known.asked_at.0 < AGAIN_AFTER_MS {
            return Ok(());
        }
        let (token, hash) = secret::token()?;
        let (says, hash) = match known.confirmed_at {
            Some(_) => (Says::Known, None),
            None => (Says::Confirm { token }, Some(&hash)),
        };
        tx.ask_subscription_again(&known.id, hash, now).await?;
        let to = (&known.site, To::Subscriber(known.id.as_str()));
        self.write_mail(tx, to, &says).await
    }

    fn sealed_subscription(
        &self,
        visit: &Visit,
        about: &SubscriptionAbout,
        address: &str,
    ) -> Result<Subscription, Failure> {
        let id = new_job_id();
        let (end, end_hash) = secret::token()?;
        let held = Held {
            address: address.to_owned(),
            end,
        };
        let held = serde_json::to_string(&held).map_err(Failure::internal)?;
        let sealed = self.seal_key().seal_envelope(&sealed_for(&id), &held);
        let Envelope { data_key, sealed } = sealed.map_err(Failure::internal)?;
        Ok(Subscription {
            id,
            site: visit.site.id.clone(),
            collection: about.collection.clone(),
            filter: about.filter.clone(),
            entry: about.entry.clone(),
            target: about.target(),
            address_hash: String::new(),
            data_key,
            sealed,
            end_hash,
            confirm_hash: None,
            consent: String::new(),
            asked_at: self.now(),
            confirmed_at: None,
            seen: 0,
            mailed_at: None,
        })
    }

    /// Finds the same address again, however its letters are written; nobody without the key can try addresses.
    fn address_hash(&self, address: &str) -> Result<String, Failure> {
        let mac = self.seal_key().mac("subscription", &address.to_lowercase());
        mac.map_err(Failure::internal)
    }
}
