/// How much each kind of match counts. Measured on known documents of the national law database
/// and on the questions of the ALQAC shared tasks; see `known_items` and
/// `dinh search-eval`.
pub(super) struct Weights {
    /// A word anywhere.
    pub(super) word: f32,
    /// Two neighbours anywhere.
    pub(super) pair: f32,
    /// A word in a title.
    pub(super) title_word: f32,
    /// Two neighbours in a title.
    pub(super) title_pair: f32,
    /// A title that says all that was asked, in its order; and each pair of words in it.
    pub(super) titled: f32,
    pub(super) titled_pair: f32,
    /// The same for a question as long as a sentence. Above a number in it: who types the abstract
    /// of a document that amends another wants the first, not the other.
    pub(super) titled_sentence: f32,
    /// The phrase a word belongs to, in other words.
    pub(super) other_words: f32,
    /// Every word as it was typed. Above what titles add up to, below numbers.
    pub(super) as_typed: f32,
    /// Each of them with the marks as typed, on top; only where the question has marks.
    pub(super) exact: f32,
    /// The share of the above that matches without marks keep where the question has marks.
    pub(super) folded: f32,
    /// The document's own number, whole. Above everything that words can add up to.
    pub(super) code: f32,
    /// The beginning of its number, with letters or with the kind named beside it.
    pub(super) code_lettered: f32,
    /// Its number and year.
    pub(super) code_year: f32,
    /// Its kind, number and year: `Thông tư 24 năm 2023`. Above what words and titles add up to.
    pub(super) code_kind_year: f32,
    /// Its kind and number: `Thông tư 24`.
    pub(super) code_kind: f32,
    /// Its number alone, where the question says that it is one.
    pub(super) code_said: f32,
    /// Its number alone, where any number may stand.
    pub(super) code_bare: f32,
    /// The number is mentioned in the text.
    pub(super) mention: f32,
}

pub(super) const WEIGHTS: Weights = Weights {
    word: 1.0,
    pair: 2.4,
    title_word: 0.2,
    title_pair: 0.4,
    titled: 50.0,
    titled_pair: 3.0,
    titled_sentence: 10_000.0,
    other_words: 0.8,
    as_typed: 100.0,
    exact: 0.4,
    folded: 0.6,
    code: 4_000.0,
    code_lettered: 400.0,
    code_year: 200.0,
    code_kind_year: 1_000.0,
    code_kind: 50.0,
    code_said: 50.0,
    code_bare: 2.0,
    mention: 1_000.0,
};
