//! What operators and the program itself did: recorded in the transaction that does it.

mod room;
mod words;

use std::sync::Arc;

use dinh_domain::dates::Zone;
use dinh_domain::ids::SiteId;
use dinh_runtime::BreakerReport;
use dinh_store::{ActorKind, AuditHead, AuditLine, AuditVerdict, NewAudit};
use serde::Serialize;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::portal::Portal;

pub use room::{ACTS_EXPORT, ACTS_MAX, ActShown, ActsPage, ActsQuery};
pub use words::ACT_NAMES;

/// Who acts where the program does so by itself.
const BREAKER: &str = "breaker";
/// What the names of operators begin with.
const OPERATOR: &str = "operator:";

/// An act as operators see it.
#[derive(Debug, Clone, Serialize)]
pub struct ActLine {
    /// Its place, from 1.
    pub number: i64,
    /// When (RFC 3339).
    pub at: String,
    /// `operator`, `account` or `system`.
    pub actor_kind: String,
    /// Who.
    pub actor: String,
    /// From where.
    pub origin: String,
    /// What.
    pub act: String,
    /// What kind of thing.
    pub subject_kind: String,
    /// Which one.
    pub subject: String,
    /// On which site.
    pub site: Option<String>,
    /// How it was.
    pub before: Option<Value>,
    /// How it is.
    pub after: Option<Value>,
    /// SHA-256 of the line.
    pub hash: String,
}

/// What was done to what.
pub(crate) struct Act<'a> {
    /// A word of the use case.
    pub(crate) what: &'a str,
    /// `plugin`, `key`, `site`, …
    pub(crate) kind: &'a str,
    /// Which one.
    pub(crate) subject: &'a str,
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
}

impl Portal {
    /// This portal for somebody who asks from there: it is recorded with what he does.
    pub fn asked_from(mut self, origin: &str) -> Self {
        self.origin = Arc::from(origin);
        self
    }

    /// An act of an operator, `operator:<name>` or `operator`.
    pub(crate) fn act(&self, by: &str, act: Act<'_>) -> NewAudit {
        let actor = by.strip_prefix(OPERATOR).unwrap_or(by);
        self.recorded(ActorKind::Operator, actor, act)
    }

    pub(crate) fn recorded(&self, actor_kind: ActorKind, actor: &str, act: Act<'_>) -> NewAudit {
        NewAudit {
            at: self.now(),
            actor_kind,
            actor: actor.to_owned(),
            origin: self.origin.to_string(),
            act: act.what.to_owned(),
            subject_kind: act.kind.to_owned(),
            subject: act.subject.to_owned(),
            site: None,
            before: act.before,
            after: act.after,
        }
    }

    /// Records which exports the breaker has parked since the last time.
    pub(crate) async fn record_parked(&self) -> Result<(), Failure> {
        let parked = self.engine().breaker().newly_parked();
        if parked.is_empty() {
            return Ok(());
        }
        let mut tx = self.store().begin_write().await?;
        for BreakerReport {
            key, last_failure, ..
        } in &parked
        {
            let act = Act {
                what: "plugin-parked",
                kind: "plugin",
                subject: &key.plugin,
                before: None,
                after: Some(json!({
                    "state": "parked",
                    "export": key.export.to_string(),
                    "reason": last_failure,
                })),
            };
            let site = SiteId::new(&key.site).ok();
            let recorded = self.recorded(ActorKind::System, BREAKER, act);
            tx.audit(NewAudit { site, ..recorded });
        }
        tx.commit().await?;
        Ok(())
    }

    /// Recorded acts behind a number, in order.
    pub async fn acts(&self, after: i64, limit: u32) -> Result<Vec<ActLine>, Failure> {
        let lines = self.store().audit_lines(after, limit).await?;
        Ok(lines.into_iter().map(line).collect())
    }

    /// Whether nothing of the audit was changed or removed; the head that was found, or what is
    /// wrong with the first broken line.
    pub async fn verify_audit(&self, noted: Option<(i64, String)>) -> Result<String, Failure> {
        let noted = noted.map(|(number, hash)| AuditHead { number, hash });
        match self.store().verify_audit(noted.as_ref()).await? {
            AuditVerdict::Whole(AuditHead { number: 0, .. }) => {
                Ok("nothing was recorded yet".to_owned())
            }
            AuditVerdict::Whole(AuditHead { number, hash }) => Ok(format!(
                "{number} lines are whole; the head is {number}:{hash}"
            )),
            AuditVerdict::Broken(it) => {
                let (number, why) = (it.number, it.why);
                let left = it.line.map(line);
                let left = left.map(|it| format!("; it reads: {}", it.shown()));
                let left = left.unwrap_or_default();
                Err(Failure::Refused(format!(
                    "the audit is broken at line {number}: {why}{left}"
                )))
            }
        }
    }
}

impl ActLine {
    /// In one line.
    pub fn shown(&self) -> String {
        let site = self.site.as_ref().map(|site| format!(" on {site}"));
        let changed = match (&self.before, &self.after) {
            (None, None) => String::new(),
            (None, Some(after)) => format!("  {after}"),
            (Some(before), None) => format!("  {before} -> gone"),
            (Some(before), Some(after)) => format!("  {before} -> {after}"),
        };
        format!(
            "{} {} {}:{} ({})  {} {} {}{}{changed}",
            self.number,
            self.at,
            self.actor_kind,
            self.actor,
            self.origin,
            self.act,
            self.subject_kind,
            self.subject,
            site.unwrap_or_default(),
        )
    }
}

fn line(it: AuditLine) -> ActLine {
    let act = it.it;
    ActLine {
        number: it.number,
        at: act.at.rfc3339_in(&Zone::default()),
        actor_kind: act.actor_kind.as_str().to_owned(),
        actor: act.actor,
        origin: act.origin,
        act: act.act,
        subject_kind: act.subject_kind,
        subject: act.subject,
        site: act.site.map(|it| it.to_string()),
        before: act.before,
        after: act.after,
        hash: it.hash,
    }
}
