//! The audit read from its end, narrowed to what somebody may see and asks for.

use dinh_domain::dates::Instant;
use dinh_domain::ids::SiteId;

use super::{AuditLine, SELECT, line, read};
use crate::error::StoreError;
use crate::sql::Sql;
use crate::store::Store;

/// What the audit is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Only what happened on one of these sites; none for everything, also on no site.
    pub sites: Option<Vec<SiteId>>,
    /// On one site.
    pub site: Option<SiteId>,
    /// By this actor, or done to this account.
    pub person: Option<String>,
    /// One act.
    pub act: Option<String>,
    /// Not before.
    pub from: Option<Instant>,
    /// Before.
    pub until: Option<Instant>,
    /// Only lines in front of this number.
    pub before: Option<i64>,
}

impl Store {
    /// Recorded acts, the newest first.
    pub async fn audit_page(
        &self,
        filter: &AuditFilter,
        limit: u32,
    ) -> Result<Vec<AuditLine>, StoreError> {
        let mut sql = Sql::new(format!("{SELECT} where 1 = 1"));
        if let Some(before) = filter.before {
            sql.push(" and a.number < ").bind(before);
        }
        if let Some(sites) = &filter.sites {
            sql.push(" and a.site_id in ")
                .bind_set(sites.iter().map(SiteId::as_str));
        }
        if let Some(site) = &filter.site {
            sql.push(" and a.site_id = ").bind(site);
        }
        if let Some(person) = &filter.person {
            sql.push(" and (a.actor = ").bind(person);
            sql.push(" or (a.subject_kind = 'account' and a.subject = ");
            sql.bind(person).push("))");
        }
        if let Some(act) = &filter.act {
            sql.push(" and a.act = ").bind(act);
        }
        if let Some(from) = filter.from {
            sql.push(" and a.at >= ").bind(from);
        }
        if let Some(until) = filter.until {
            sql.push(" and a.at < ").bind(until);
        }
        sql.push(" order by a.number desc").limit(limit);
        let rows = sql.all(&mut *self.reader().await?).await?;
        rows.iter().map(|row| line(read(row)?)).collect()
    }
}
