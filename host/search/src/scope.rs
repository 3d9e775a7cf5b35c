//! The third compiler of visibility: a [`Scope`] as a part of the query, so that totals, counts
//! and pages know nothing of what is not visible.

#[cfg(test)]
mod tests;

use dinh_domain::visibility::{Clause, Face, Scope};
use tantivy::query::{
    BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, Query, TermQuery, TermSetQuery,
};
use tantivy::schema::IndexRecordOption;

use crate::fields::{Fields, term};

/// Matches what the scope allows, and adds nothing to a score.
pub(crate) fn compile(scope: &Scope, fields: &Fields) -> Box<dyn Query> {
    // The index holds published revisions and nothing else.
    let is_public = |clause: &&Clause| clause.face == Face::Published;
    if !scope.any.iter().any(|clause| is_public(&clause)) {
        return Box::new(EmptyQuery);
    }
    let public = scope.any.iter().filter(is_public);
    let clauses = public.map(|clause| (Occur::Should, compile_clause(clause, fields)));
    unscored(BooleanQuery::new(clauses.collect()))
}

fn compile_clause(clause: &Clause, fields: &Fields) -> Box<dyn Query> {
    let collection = term(fields.collection, &clause.collection.to_string());
    let mut sites = clause
        .sites
        .iter()
        .map(|site| term(fields.site, site.as_str()));
    let sites: Box<dyn Query> = match (clause.sites.len(), sites.next()) {
        // A set is looked up in all of the dictionary, and a single site's postings are short.
        (1, Some(one)) => Box::new(TermQuery::new(one, IndexRecordOption::Basic)),
        (_, first) => Box::new(TermSetQuery::new(first.into_iter().chain(sites))),
    };
    let both: [(Occur, Box<dyn Query>); 2] = [
        (
            Occur::Must,
            Box::new(TermQuery::new(collection, IndexRecordOption::Basic)),
        ),
        (Occur::Must, sites),
    ];
    Box::new(BooleanQuery::new(both.into()))
}

/// The same documents, all with score 0.
pub(crate) fn unscored(query: impl Query) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(Box::new(query), 0.0))
}
