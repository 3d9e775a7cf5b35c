//! Statements put together piece by piece, and the reading of rows.

use std::borrow::Cow;

use dinh_domain::dates::{Instant, LocalDate, LocalTime};
use dinh_domain::ids::{
    AccountId, CollectionId, EntryId, FileId, OrganisationId, PluginId, ProposalId, RevisionId,
    SiteId, Slug,
};
use serde_json::Value;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, Arguments, AssertSqlSafe, Row};

use crate::dialect::Dialect;
use crate::error::StoreError;

/// Rows of one insert: their arguments stay far below what both databases take in a statement.
pub(crate) const ROWS_PER_STATEMENT: usize = 100;

/// Texts of a set that are bound one by one; more are one array. SQLite knows its placeholders by name and looks each of
/// them up among all others.
const SINGLE_MAX: usize = 50;

/// A statement with its arguments. Its text comes from this crate alone: values are bound.
pub(crate) struct Sql {
    text: String,
    arguments: AnyArguments,
    /// The array that was bound last, and its placeholder.
    array: Option<(String, String)>,
    /// Sets of texts that are bound, with their placeholders.
    sets: Vec<(String, String)>,
    /// Placeholders of those sets that are arrays.
    arrays: Vec<String>,
}

/// A value to bind.
pub(crate) enum Argument {
    Text(Option<String>),
    Integer(Option<i64>),
}

impl Sql {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            arguments: AnyArguments::default(),
            array: None,
            sets: Vec::new(),
            arrays: Vec::new(),
        }
    }

    /// More text.
    pub(crate) fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// A value where the text stands now.
    pub(crate) fn bind(&mut self, value: impl Into<Argument>) -> &mut Self {
        self.add(value.into());
        let placeholder = format!("${}", self.arguments.len());
        self.push(&placeholder)
    }

    /// The value of the next `$n` that the text already holds.
    pub(crate) fn with(mut self, value: impl Into<Argument>) -> Self {
        self.add(value.into());
        self
    }

    /// No more rows than this. A number that is bound SQLite takes into its plan: it would prepare the
    /// statement anew each time it runs.
    pub(crate) fn limit(&mut self, rows: u32) -> &mut Self {
        self.push(&format!(" limit {rows}"))
    }

    /// `(a, b, c)`; `(null)`, which nothing equals, when there is none.
    pub(crate) fn bind_all<A: Into<Argument>>(
        &mut self,
        values: impl IntoIterator<Item = A>,
    ) -> &mut Self {
        self.push("(");
        let mut is_first = true;
        for value in values {
            if !is_first {
                self.push(", ");
            }
            is_first = false;
            self.bind(value);
        }
        if is_first {
            self.push("null");
        }
        self.push(")")
    }

    /// The same of texts, bound once however often they stand in a statement: a portal has a thousand sites, and a
    /// statement of SQLite 32,766 values.
    pub(crate) fn bind_set<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) -> &mut Self {
        let texts: Vec<&str> = texts.into_iter().collect();
        let set = texts.join("\n");
        if let Some((_, known)) = self.sets.iter().find(|(known, _)| *known == set) {
            let known = known.clone();
            return self.push(&known);
        }
        let from = self.text.len();
        if texts.len() > SINGLE_MAX {
            self.add(Value::from(texts).to_string().into());
            let array = format!("${}", self.arguments.len());
            self.push(&each_of(&array));
            self.arrays.push(array);
        } else {
            self.bind_all(texts);
        }
        self.sets.push((set, self.text[from..].to_owned()));
        self
    }

    /// Texts as one JSON array where the text stands now, the same that was bound last: a driver binds
    /// a thousand placeholders in a million steps.
    pub(crate) fn bind_array(
        &mut self,
        texts: &impl serde::Serialize,
    ) -> Result<String, StoreError> {
        let array = to_json("array", texts)?;
        if let Some((_, placeholder)) = self.array.as_ref().filter(|(last, _)| *last == array) {
            return Ok(placeholder.clone());
        }
        self.add(array.as_str().into());
        let placeholder = format!("${}", self.arguments.len());
        self.array = Some((array, placeholder.clone()));
        Ok(placeholder)
    }

    /// `(a, b), (c, d)`: the values of several rows.
    pub(crate) fn rows<T, const N: usize>(
        &mut self,
        rows: &[T],
        values: impl Fn(&T) -> [Argument; N],
    ) -> &mut Self {
        for (place, row) in rows.iter().enumerate() {
            if place > 0 {
                self.push(", ");
            }
            self.bind_all(values(row));
        }
        self
    }

    fn add(&mut self, value: Argument) {
        // Texts and integers are always encoded; the driver's error type has other values in mind.
        let added = match value {
            Argument::Text(text) => self
                .arguments
                .add(text.map(|it| storable(&it).into_owned())),
            Argument::Integer(number) => self.arguments.add(number),
        };
        debug_assert!(added.is_ok());
    }

    /// The statement in the words of a database.
    fn query(mut self, on: &AnyConnection) -> Query<'static, Any, AnyArguments> {
        let dialect = Dialect::of(on);
        for array in &self.arrays {
            let values = format!("({})", dialect.values(array));
            self.text = self.text.replace(&each_of(array), &values);
        }
        sqlx::query_with(AssertSqlSafe(self.text), self.arguments)
    }

    pub(crate) async fn all(self, on: &mut AnyConnection) -> Result<Vec<AnyRow>, StoreError> {
        let query = self.query(on);
        Ok(query.fetch_all(on).await?)
    }

    pub(crate) async fn optional(
        self,
        on: &mut AnyConnection,
    ) -> Result<Option<AnyRow>, StoreError> {
        let query = self.query(on);
        Ok(query.fetch_optional(on).await?)
    }

    /// How many rows it changed.
    pub(crate) async fn run(self, on: &mut AnyConnection) -> Result<u64, StoreError> {
        let query = self.query(on);
        Ok(query.execute(on).await?.rows_affected())
    }
}

/// Stands where a set is an array, until it is known for which database.
fn each_of(array: &str) -> String {
    format!("(each of {array})")
}

/// PostgreSQL takes no NUL in a text; it becomes the replacement character wherever it comes from,
/// so that stored and asked texts still agree.
pub(crate) fn storable(text: &str) -> Cow<'_, str> {
    if text.contains('\0') {
        Cow::Owned(text.replace('\0', "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<&String> for Argument {
    fn from(text: &String) -> Self {
        Self::Text(Some(text.clone()))
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

impl From<i64> for Argument {
    fn from(number: i64) -> Self {
        Self::Integer(Some(number))
    }
}

impl From<bool> for Argument {
    fn from(flag: bool) -> Self {
        Self::Integer(Some(i64::from(flag)))
    }
}

impl From<Instant> for Argument {
    fn from(at: Instant) -> Self {
        Self::Integer(Some(at.0))
    }
}

impl From<Option<Instant>> for Argument {
    fn from(at: Option<Instant>) -> Self {
        Self::Integer(at.map(|at| at.0))
    }
}

impl From<LocalTime> for Argument {
    fn from(time: LocalTime) -> Self {
        Self::Text(Some(time.to_string()))
    }
}

impl From<Option<LocalTime>> for Argument {
    fn from(time: Option<LocalTime>) -> Self {
        Self::Text(time.map(|time| time.to_string()))
    }
}

impl From<LocalDate> for Argument {
    fn from(date: LocalDate) -> Self {
        Self::Text(Some(date.to_string()))
    }
}

macro_rules! texts {
    ($($name:ident),*) => {
        $(
            impl From<&$name> for Argument {
                fn from(id: &$name) -> Self {
                    Self::Text(Some(id.to_string()))
                }
            }
            impl From<Option<&$name>> for Argument {
                fn from(id: Option<&$name>) -> Self {
                    Self::Text(id.map(ToString::to_string))
                }
            }
        )*
    };
}

texts!(
    AccountId,
    CollectionId,
    EntryId,
    FileId,
    OrganisationId,
    PluginId,
    ProposalId,
    RevisionId,
    SiteId,
    Slug
);

impl From<Option<&String>> for Argument {
    fn from(text: Option<&String>) -> Self {
        Self::Text(text.cloned())
    }
}

impl From<Option<LocalDate>> for Argument {
    fn from(date: Option<LocalDate>) -> Self {
        Self::Text(date.map(|date| date.to_string()))
    }
}

/// Reading of columns by name.
pub(crate) trait Columns {
    fn text(&self, column: &str) -> Result<String, StoreError>;
    fn text_or_none(&self, column: &str) -> Result<Option<String>, StoreError>;
    fn integer(&self, column: &str) -> Result<i64, StoreError>;
    fn integer_or_none(&self, column: &str) -> Result<Option<i64>, StoreError>;

    fn flag(&self, column: &str) -> Result<bool, StoreError> {
        Ok(self.integer(column)? != 0)
    }

    fn instant(&self, column: &str) -> Result<Instant, StoreError> {
        self.integer(column).map(Instant)
    }

    fn instant_or_none(&self, column: &str) -> Result<Option<Instant>, StoreError> {
        Ok(self.integer_or_none(column)?.map(Instant))
    }

    /// A checked text: an id, a slug, a date.
    fn read<T>(&self, column: &str) -> Result<T, StoreError>
    where
        T: TryFrom<String>,
        T::Error: std::fmt::Display,
    {
        let text = self.text(column)?;
        T::try_from(text).map_err(|error| damaged(column, error))
    }

    fn read_or_none<T>(&self, column: &str) -> Result<Option<T>, StoreError>
    where
        T: TryFrom<String>,
        T::Error: std::fmt::Display,
    {
        let text = self.text_or_none(column)?;
        let read = text.map(|text| T::try_from(text).map_err(|error| damaged(column, error)));
        read.transpose()
    }

    fn json<T: serde::de::DeserializeOwned>(&self, column: &str) -> Result<T, StoreError> {
        serde_json::from_str(&self.text(column)?).map_err(|error| damaged(column, error))
    }
}

impl Columns for AnyRow {
    fn text(&self, column: &str) -> Result<String, StoreError> {
        Ok(self.try_get(column)?)
    }

    fn text_or_none(&self, column: &str) -> Result<Option<String>, StoreError> {
        Ok(self.try_get(column)?)
    }

    fn integer(&self, column: &str) -> Result<i64, StoreError> {
        Ok(self.try_get(column)?)
    }

    fn integer_or_none(&self, column: &str) -> Result<Option<i64>, StoreError> {
        Ok(self.try_get(column)?)
    }
}

/// A row of [`Dialect::packing`](crate::dialect::Dialect::packing): its values are read in the order in which they
/// were selected.
pub(crate) struct Packed(std::iter::Flatten<std::vec::IntoIter<Vec<Value>>>);

impl Packed {
    /// All rows of a text; none where the select found none.
    pub(crate) fn rows(text: Option<String>) -> Result<impl Iterator<Item = Self>, StoreError> {
        let text = text.unwrap_or_default();
        let rows: Vec<Vec<Vec<Value>>> = match text.is_empty() {
            true => Vec::new(),
            false => serde_json::from_str(&text).map_err(|error| damaged("packed", error))?,
        };
        Ok(rows.into_iter().map(|row| Self(row.into_iter().flatten())))
    }

    pub(crate) fn text_or_none(&mut self) -> Result<Option<String>, StoreError> {
        match self.0.next() {
            Some(Value::String(text)) => Ok(Some(text)),
            Some(Value::Null) => Ok(None),
            other => Err(unfit(&other)),
        }
    }

    pub(crate) fn text(&mut self) -> Result<String, StoreError> {
        self.text_or_none()?.ok_or_else(|| unfit(&None))
    }

    pub(crate) fn integer_or_none(&mut self) -> Result<Option<i64>, StoreError> {
        match self.0.next() {
            Some(Value::Null) => Ok(None),
            Some(value) => value.as_i64().map(Some).ok_or_else(|| unfit(&Some(value))),
            None => Err(unfit(&None)),
        }
    }

    pub(crate) fn integer(&mut self) -> Result<i64, StoreError> {
        self.integer_or_none()?.ok_or_else(|| unfit(&None))
    }

    pub(crate) fn read<T>(&mut self) -> Result<T, StoreError>
    where
        T: TryFrom<String>,
        T::Error: std::fmt::Display,
    {
        T::try_from(self.text()?).map_err(|error| damaged("packed", error))
    }

    pub(crate) fn read_or_none<T>(&mut self) -> Result<Option<T>, StoreError>
    where
        T: TryFrom<String>,
        T::Error: std::fmt::Display,
    {
        let text = self.text_or_none()?;
        let read = text.map(|text| T::try_from(text).map_err(|error| damaged("packed", error)));
        read.transpose()
    }
}

fn unfit(value: &Option<Value>) -> StoreError {
    damaged(
        "packed",
        format!("{value:?} stands where another value should"),
    )
}

/// What a column should not hold.
pub(crate) fn damaged(column: &str, error: impl std::fmt::Display) -> StoreError {
    StoreError::Damaged {
        column: column.to_owned(),
        detail: error.to_string(),
    }
}

/// A value as JSON text.
pub(crate) fn to_json(column: &str, value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| damaged(column, error))
}
