//! Whether the chain is whole.

use super::hash::{of_line, of_payload};
use super::{AuditLine, Row, line};
use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;

/// Lines read at once.
const LINES_AT_ONCE: u32 = 1_000;

/// The end of the chain: noted elsewhere, it proves later that nothing before it has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditHead {
    /// Number of the last line; 0 before the first.
    pub number: i64,
    /// Its hash.
    pub hash: String,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuditVerdict {
    /// Every line follows from the one before it, up to this head.
    Whole(AuditHead),
    /// It does not.
    Broken(Box<BrokenChain>),
}

/// The first line that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenChain {
    /// Its number.
    pub number: i64,
    /// What is wrong with it.
    pub why: String,
    /// What is left of it.
    pub line: Option<AuditLine>,
}

impl Store {
    /// Reads the whole audit and computes every hash again. `noted` is a head that was written down
    /// before.
    pub async fn verify_audit(
        &self,
        noted: Option<&AuditHead>,
    ) -> Result<AuditVerdict, StoreError> {
        // The head first: lines that are written meanwhile lie behind it.
        let head = self.audit_head().await?;
        let mut last = AuditHead {
            number: 0,
            hash: String::new(),
        };
        loop {
            let rows = self.audit_rows(last.number, LINES_AT_ONCE).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                let number = last.number + 1;
                if let Some(why) = fault(&row, &last, noted) {
                    let line = line(row).ok();
                    let found = BrokenChain { number, why, line };
                    return Ok(AuditVerdict::Broken(Box::new(found)));
                }
                last = AuditHead {
                    number,
                    hash: row.hash,
                };
                if head.as_ref().is_some_and(|head| head.number == number)
                    && head.as_ref() != Some(&last)
                {
                    return Ok(broken(number, "it is not the line that the head names"));
                }
            }
        }
        self.end_fault(head, last, noted).await
    }

    /// Whether the last line is the last that was written.
    async fn end_fault(
        &self,
        head: Option<AuditHead>,
        last: AuditHead,
        noted: Option<&AuditHead>,
    ) -> Result<AuditVerdict, StoreError> {
        let behind = last.number + 1;
        // Lines that were written meanwhile have moved the head.
        let now = self.audit_head().await?.map_or(0, |head| head.number);
        Ok(match head {
            None => broken(behind, "the head of the audit is gone"),
            Some(head) if head.number > last.number => broken(
                behind,
                &format!("it is gone, with all up to {}", head.number),
            ),
            Some(_) if now < last.number => broken(now + 1, "the head does not know of it"),
            Some(_) => match noted.filter(|noted| noted.number > last.number) {
                Some(noted) => broken(
                    behind,
                    &format!(
                        "it is gone, with all up to {}, which was noted",
                        noted.number
                    ),
                ),
                None => AuditVerdict::Whole(last),
            },
        })
    }

    async fn audit_head(&self) -> Result<Option<AuditHead>, StoreError> {
        let mut on = self.reader().await?;
        let row = Sql::new("select number, hash from audit_head where id = 1")
            .optional(&mut on)
            .await?;
        let head = row.map(|row| {
            Ok(AuditHead {
                number: row.integer("number")?,
                hash: row.text("hash")?,
            })
        });
        head.transpose()
    }
}

fn broken(number: i64, why: &str) -> AuditVerdict {
    AuditVerdict::Broken(Box::new(BrokenChain {
        number,
        why: why.to_owned(),
        line: None,
    }))
}

/// What is wrong with the line behind `last`.
fn fault(row: &Row, last: &AuditHead, noted: Option<&AuditHead>) -> Option<String> {
    if row.number != last.number + 1 {
        return Some(format!("it is gone; the next one is {}", row.number));
    }
    if row.former_hash != last.hash {
        return Some("it does not follow the line before it".to_owned());
    }
    match &row.payload {
        None => return Some("what was before and after it is gone".to_owned()),
        Some(payload) if of_payload(payload) != row.payload_hash => {
            return Some("what was before and after it has changed".to_owned());
        }
        Some(_) => {}
    }
    if of_line(row) != row.hash {
        return Some("it has changed".to_owned());
    }
    let noted = noted.filter(|noted| noted.number == row.number);
    let differs = noted.is_some_and(|noted| noted.hash != row.hash);
    differs.then(|| "it is not the line that was noted: the chain was written anew".to_owned())
}
