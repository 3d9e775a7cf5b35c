use dinh_domain::declaration::FormFieldKind;

/// A form of a plugin, to be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormShown {
    /// Words on the button.
    pub button: String,
    /// What is wrong with it as a whole; empty before it was sent.
    pub faults: Vec<String>,
    /// Its fields, in their order.
    pub fields: Vec<FormFieldShown>,
}

/// One field with what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFieldShown {
    /// Its name in what is sent.
    pub name: String,
    /// What it takes.
    pub kind: FormFieldKind,
    /// For people.
    pub label: String,
    /// A sentence that helps.
    pub help: Option<String>,
    /// Whether it must be filled.
    pub required: bool,
    /// Longest text, in characters.
    pub max_chars: Option<u32>,
    /// Values and labels of a choice.
    pub choices: Vec<(String, String)>,
    /// What was typed or chosen.
    pub typed: String,
    /// Whether the box was ticked.
    pub ticked: bool,
    /// What is wrong with it.
    pub faults: Vec<String>,
}
