//! How well the search finds: a corpus goes into a scratch index in memory, made by the product's
//! own analysis, and every query with a known answer is asked.

mod format;
mod measure;
mod named;
mod report;
mod spelling;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::Args;
use dinh_domain::ids::{CollectionId, PluginId, SiteId};
use dinh_domain::search_words::SearchWords;
use dinh_domain::visibility::{Clause, Face, Scope};
use dinh_search::{Change, Index, Request};
use serde_json::Value;

use crate::bundle::{BadBundle, Bundle, read_words};
use crate::import::{self, Lines};
use format::{Format, Query};
use measure::{Measures, are_first};
use named::Named;
use report::Report;

/// Rows taken in at once: with the longest laws some 50 MB of text.
const BATCH: usize = 100;

/// Hits looked at, in documents: what a reader sees without paging.
const TOP: usize = 10;

/// What to measure on.
#[derive(Debug, Args)]
#[command(
    long_about = "Measure the search on a corpus and queries with known answers.

Both files are JSON Lines (plain, .gz or .xz). The first row of the corpus tells the format:
  documents  corpus {so_ky_hieu, loai, trich_yeu, articles: [{dieu, tieu_de, text}]},
             queries {form, query, answer: so_ky_hieu};
             by form, the share found first and among the first ten; a query that is a whole
             number is asked in all its spellings too; of queries that name kind, number and
             year (\"Thông tư 24 năm 2023\") the share where no other document comes before
             those that fit
  articles   corpus {id, luat, dieu, tieu_de, text},
             queries {query, query_khong_dau, relevant: [id], split};
             by split, with and without marks, nDCG@10 and recall@10
The index is made in memory by the portal's own analysis; no portal is touched."
)]
pub(crate) struct EvalArguments {
    /// What is searched: JSON Lines; plain, .gz or .xz.
    #[arg(long, value_name = "FILE")]
    corpus: PathBuf,
    /// What is asked, with the right answers: JSON Lines; plain, .gz or .xz.
    #[arg(long, value_name = "FILE")]
    queries: PathBuf,
    /// Abbreviations, synonyms and words of questions, as `search/vi.toml` [default: those of the
    /// bundle and its plugins, if there is one].
    #[arg(long, value_name = "FILE")]
    words: Option<PathBuf>,
    /// Print the result as JSON.
    #[arg(long)]
    json: bool,
}

/// Measures and prints.
pub(crate) fn run(arguments: &EvalArguments) -> Result<(), String> {
    let words = words(arguments.words.as_deref())?;
    let report = evaluate(&arguments.corpus, &arguments.queries, &words)?;
    if arguments.json {
        println!("{}", report.json());
    } else {
        print!("{}", report.text());
    }
    Ok(())
}

/// The words that are named; else those of the bundle; none where there is no bundle.
fn words(named: Option<&Path>) -> Result<SearchWords, String> {
    let told = |error: BadBundle| error.to_string();
    match (named, Bundle::find(None)) {
        (Some(path), _) => {
            let bytes = std::fs::read(path).map_err(|it| format!("{}: {it}", path.display()))?;
            read_words(path, &bytes).map_err(told)
        }
        (None, Ok(bundle)) => bundle.all_search_words().map_err(told),
        (None, Err(_)) => Ok(SearchWords::default()),
    }
}

fn evaluate(corpus: &Path, queries: &Path, words: &SearchWords) -> Result<Report, String> {
    let scratch = Scratch::fill(corpus, words)?;
    let mut report = Report::new(scratch.format, scratch.numbers.len());
    each_row(queries, |row| {
        let asked = scratch.format.queries(row)?;
        report.queries += 1;
        let right = asked.first().map(|query| &query.right);
        if right.is_some_and(|keys| keys.iter().any(|key| !scratch.numbers.contains_key(key))) {
            report.not_in_corpus += 1;
        }
        for query in asked {
            let measured = scratch.measure(&query)?;
            report.add(query.group, query.marks, measured);
        }
        Ok(())
    })?;
    if report.queries == 0 {
        return Err(format!("{}: there is no query in it", queries.display()));
    }
    Ok(report)
}

/// The index that is measured, gone with the process.
struct Scratch {
    format: Format,
    index: Index,
    scope: Scope,
    /// The number of each row by its key: a later row with the same key takes its place, as in an
    /// import.
    numbers: BTreeMap<String, usize>,
    /// Keys by what people call them.
    named: BTreeMap<Named, BTreeSet<String>>,
}

impl Scratch {
    fn fill(corpus: &Path, words: &SearchWords) -> Result<Self, String> {
        let index = Index::open_in_memory().map_err(|error| error.to_string())?;
        index.use_words(words);
        let site = SiteId::new("scratch").map_err(|error| error.to_string())?;
        let owner = PluginId::new("scratch").map_err(|error| error.to_string())?;
        let collection = CollectionId::new(&owner, "row").map_err(|error| error.to_string())?;
        let mut format = None;
        let mut numbers = BTreeMap::new();
        let mut named: BTreeMap<Named, BTreeSet<String>> = BTreeMap::new();
        let mut waiting = Vec::new();
        let apply = |changes: Vec<Change>| {
            let done = index.apply(changes, 1);
            done.map_err(|error| format!("the scratch index: {error}"))
        };
        each_row(corpus, |row| {
            let format = match format {
                Some(format) => format,
                None => *format.insert(Format::of(row)?),
            };
            let key = format.key(row)?;
            if let Some(name) = format.named(row) {
                named.entry(name).or_default().insert(key.clone());
            }
            let next = numbers.len();
            let number = *numbers.entry(key.clone()).or_insert(next);
            let document = format.document(row, key, number, &site, &collection)?;
            waiting.push(Change::Put(document));
            if waiting.len() == BATCH {
                apply(std::mem::take(&mut waiting))?;
            }
            Ok(())
        })?;
        apply(waiting)?;
        let format =
            format.ok_or_else(|| format!("{}: there is no row in it", corpus.display()))?;
        let clause = Clause {
            collection,
            sites: BTreeSet::from([site]),
            face: Face::Published,
        };
        Ok(Self {
            format,
            index,
            scope: Scope { any: vec![clause] },
            numbers,
            named,
        })
    }

    fn measure(&self, query: &Query) -> Result<Measures, String> {
        let request = Request {
            q: query.text.clone(),
            limit: TOP,
            ..Request::default()
        };
        let answer = self.index.search(&self.scope, &request);
        let hits = answer
            .map_err(|error| format!("the search failed: {error}"))?
            .hits;
        let found: Vec<String> = hits.into_iter().filter_map(|hit| hit.key).collect();
        let fitting = Named::asked(&query.text).and_then(|name| self.named.get(&name));
        let mut measures = Measures::of(&found, &query.right);
        measures.in_order = fitting.map(|keys| measure::share(are_first(&found, keys)));
        Ok(measures)
    }
}

/// Hands over every row; a fault is told with the file and the line.
fn each_row(path: &Path, mut work: impl FnMut(&Value) -> Result<(), String>) -> Result<(), String> {
    let mut source = Lines::open(path)?;
    loop {
        let lines = source.batch()?.lines;
        if lines.is_empty() {
            return Ok(());
        }
        for line in lines {
            let row = line.text.and_then(|text| import::parse(&text));
            let done = row.and_then(|value| work(&value));
            done.map_err(|error| format!("{}, line {}: {error}", path.display(), line.number))?;
        }
    }
}
