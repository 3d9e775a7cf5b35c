//! Mail in figures.

use std::sync::atomic::Ordering;

use crate::failure::Failure;
use crate::operate::{Family, FamilyKind, Measure, Sample};
use crate::portal::Portal;

impl Portal {
    /// What was sent and what waits; empty where no mail is sent.
    pub(crate) async fn mail_figures(&self) -> Result<Vec<Family>, Failure> {
        if !self.sends_mail() {
            return Ok(Vec::new());
        }
        let mailing = self.mailing();
        let outbox = self.store().mail_count().await?;
        let (confirmed, waiting) = self.store().subscription_count().await?;
        let since_start = |counter: &std::sync::atomic::AtomicU64| counter.load(Ordering::Relaxed);
        Ok(vec![
            family(
                "dinh_mail_sent_total",
                "Messages that the mail server took from this node.",
                (FamilyKind::Counter, since_start(&mailing.sent)),
            ),
            family(
                "dinh_mail_failed_total",
                "Tries of this node to send a message that failed.",
                (FamilyKind::Counter, since_start(&mailing.failed)),
            ),
            family(
                "dinh_mail_waiting",
                "Messages that wait to be sent.",
                (FamilyKind::Gauge, outbox.waiting),
            ),
            family(
                "dinh_mail_given_up",
                "Messages that were given up and wait for an operator.",
                (FamilyKind::Gauge, outbox.given_up),
            ),
            family(
                "dinh_subscriptions",
                "Confirmed subscriptions by mail.",
                (FamilyKind::Gauge, confirmed),
            ),
            family(
                "dinh_subscriptions_unconfirmed",
                "Subscriptions by mail that wait to be confirmed.",
                (FamilyKind::Gauge, waiting),
            ),
        ])
    }
}

fn family(name: &'static str, help: &'static str, (kind, count): (FamilyKind, u64)) -> Family {
    Family {
        name,
        help,
        kind,
        samples: vec![Sample {
            labels: Vec::new(),
            measure: Measure::Number(count as f64),
        }],
    }
}
