use serde::ser::{Serialize, SerializeSeq, Serializer};

/// The Dublin Core elements of a page (Thông tư 24/2011 Đ4). The six obligatory ones are plain fields, so
/// none can be forgotten; several values of one element are separated by `;` as Đ5 says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DublinCore {
    /// Tiêu đề (obligatory).
    pub title: String,
    /// Người tạo (obligatory).
    pub creator: String,
    /// Thời gian, `YYYY-MM-DD` or with time (obligatory).
    pub date: String,
    /// Mô tả (obligatory).
    pub description: String,
    /// Cơ quan ban hành (obligatory).
    pub publisher: String,
    /// Yếu tố định danh (obligatory): the number of a document or the canonical address.
    pub identifier: String,
    /// Recommended and optional elements, in the order they are written; empty values are left out.
    pub more: Vec<(DublinCoreElement, String)>,
}

/// The elements that Đ4 recommends or leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DublinCoreElement {
    /// Ngôn ngữ.
    Language,
    /// Nguồn.
    Source,
    /// Người cộng tác.
    Contributor,
    /// Chủ đề.
    Subject,
    /// Phạm vi.
    Coverage,
    /// Dạng.
    Type,
    /// Định dạng.
    Format,
    /// Quan hệ.
    Relation,
    /// Các quyền.
    Rights,
}

impl DublinCoreElement {
    /// The element with this name in any case (`language`, `Language`); none when it is not one of the nine.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|element| element.name().eq_ignore_ascii_case(name))
    }

    /// The name in lower case, as in `DC.language`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::Source => "source",
            Self::Contributor => "contributor",
            Self::Subject => "subject",
            Self::Coverage => "coverage",
            Self::Type => "type",
            Self::Format => "format",
            Self::Relation => "relation",
            Self::Rights => "rights",
        }
    }

    const ALL: [Self; 9] = [
        Self::Language,
        Self::Source,
        Self::Contributor,
        Self::Subject,
        Self::Coverage,
        Self::Type,
        Self::Format,
        Self::Relation,
        Self::Rights,
    ];
}

impl DublinCore {
    /// `(name, value)` for each `<meta>` of the page, empty values left out.
    pub fn elements(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let obligatory = [
            ("title", &self.title),
            ("creator", &self.creator),
            ("date", &self.date),
            ("description", &self.description),
            ("publisher", &self.publisher),
            ("identifier", &self.identifier),
        ];
        obligatory
            .into_iter()
            .chain(
                self.more
                    .iter()
                    .map(|(element, value)| (element.name(), value)),
            )
            .map(|(name, value)| (name, value.as_str()))
            .filter(|(_, value)| !value.trim().is_empty())
    }
}

/// As a list of `{name, value}`, which is what the template walks over.
impl Serialize for DublinCore {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Element<'a> {
            name: &'static str,
            value: &'a str,
        }
        let mut list = serializer.serialize_seq(None)?;
        for (name, value) in self.elements() {
            list.serialize_element(&Element { name, value })?;
        }
        list.end()
    }
}
