//! Tables of figures, as a guest is told of them.

/// What a table is: its dimensions with their values, and what its numbers are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableDescription {
    /// What it is called.
    pub title: String,
    /// What the numbers count; empty where values of a dimension say their own.
    pub unit: String,
    /// Digits behind the decimal point, of all numbers.
    pub decimals: u8,
    /// What has to be known to read it.
    pub notes: Vec<String>,
    /// Another one whenever a figure or a name is another one.
    pub version: String,
    /// At least one.
    pub dimensions: Vec<TableDimension>,
    /// The product of the dimensions.
    pub cells: u64,
}

/// One dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableDimension {
    /// For questions and addresses.
    pub id: String,
    /// For people.
    pub label: String,
    /// What it counts by.
    pub role: TableRole,
    /// Id and label of each value, in the order of the table.
    pub codes: Vec<(String, String)>,
}

/// What a dimension counts by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableRole {
    /// Years, quarters, months.
    Time,
    /// Places.
    Geo,
    /// What is measured.
    Metric,
    /// Anything else.
    Other,
}

/// One cell of a slice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableCell {
    /// An exact decimal with a point; none where there is no number.
    pub number: Option<String>,
    /// The yearbooks' sign; empty where there is none.
    pub sign: &'static str,
}

/// A table as an entry's field names it.
#[derive(Clone, Copy, Debug)]
pub struct TablePlace<'a> {
    /// `<plugin>/<collection>`.
    pub collection: &'a str,
    /// The entry's id.
    pub id: &'a str,
    /// A field of the kind `table`.
    pub field: &'a str,
}

/// Dimensions with the values that are wanted of each; one without values is wanted whole.
pub type TablePicks = Vec<(String, Vec<String>)>;
