//! Tables of figures: what a field of the kind `table` holds, cut by the host.

/// What a table is: its dimensions with their values, and what its numbers are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What it is called.
    pub title: String,
    /// What the numbers count; empty where values of a dimension say their own.
    pub unit: String,
    /// Digits behind the decimal point, the same for all numbers.
    pub decimals: u8,
    /// What has to be known to read it.
    pub notes: Vec<String>,
    /// Another one whenever a figure or a name is another one.
    pub version: String,
    /// At least one.
    pub dimensions: Vec<Dimension>,
    /// How many cells it has: the product of its dimensions.
    pub cells: u64,
}

impl Table {
    /// The first dimension that counts by something.
    pub fn by(&self, role: Role) -> Option<&Dimension> {
        self.dimensions.iter().find(|it| it.role == role)
    }
}

/// One dimension.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dimension {
    /// For questions and addresses.
    pub id: String,
    /// For people.
    pub label: String,
    /// What it counts by.
    pub role: Role,
    /// Its values, in the order of the table.
    pub codes: Vec<Code>,
}

/// One value of a dimension.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Code {
    /// For questions and addresses.
    pub id: String,
    /// For people.
    pub label: String,
}

/// What a dimension counts by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Years, quarters, months.
    Time,
    /// Places.
    Geo,
    /// What is measured.
    Metric,
    /// Anything else.
    #[default]
    Other,
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// An exact decimal with a point (`-12.50`); none where there is no number.
    pub number: Option<String>,
    /// The yearbooks' sign: `p` preliminary, `e` estimated, `-` nothing of the kind, `..` not collected, `.` not
    /// possible, `x` confidential; empty otherwise.
    pub sign: String,
}

/// Which cells of a table are wanted; a dimension that is not picked from is wanted whole.
///
/// ```
/// use dinh_sdk::Slice;
/// let slice = Slice::new().pick("year", ["2024", "2023"]).pick("commune", ["dong-son"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slice {
    pub(crate) picks: Vec<(String, Vec<String>)>,
}

impl Slice {
    /// Everything.
    pub fn new() -> Self {
        Self::default()
    }

    /// These values of a dimension, in this order.
    #[must_use]
    pub fn pick<C: Into<String>>(
        mut self,
        dimension: &str,
        codes: impl IntoIterator<Item = C>,
    ) -> Self {
        let codes = codes.into_iter().map(Into::into).collect();
        self.picks.push((dimension.into(), codes));
        self
    }
}
