use dinh_domain::declaration::FormFieldKind;

/// A form of a plugin, to be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormShown {
    /// Words on the button.
    pub button: String,
    /// What is wrong with it as a whole; empty before it was sent.
    pub faults: Vec<String>,
    /// Sentences before its fields.
    pub lead: Vec<String>,
    /// What goes with it unseen.
    pub hidden: Vec<(String, String)>,
    /// Whether a browser with scripts solves a puzzle before it is sent.
    pub wants_proof: bool,
    /// Its fields, in their order.
    pub fields: Vec<FormFieldShown>,
}

/// What a browser may fill in by itself, and which keys a phone offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormHint {
    /// Nothing.
    None,
    /// A person's name.
    Name,
    /// An address of mail.
    Email,
    /// A number of a telephone.
    Phone,
    /// Where somebody lives.
    Address,
}

/// One field with what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFieldShown {
    /// Its name in what is sent.
    pub name: String,
    /// What it takes.
    pub kind: FormFieldKind,
    /// What a browser may fill in.
    pub hint: FormHint,
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
    /// What a field of files takes, and what came for it.
    pub files: Option<FormFilesShown>,
    /// What is wrong with it.
    pub faults: Vec<String>,
}

/// What a field of files takes, and the files that came for it before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFilesShown {
    /// Most files.
    pub most: usize,
    /// Media types that are taken.
    pub media_types: Vec<String>,
    /// Name of the inputs that name what came before.
    pub ticket: String,
    /// Name of the boxes by which it is left out.
    pub left_out: String,
    /// Largest file, in mebibytes.
    pub file_mib_max: usize,
    /// All files of the form together, in mebibytes.
    pub all_mib_max: usize,
    /// What came before.
    pub came: Vec<FormFileShown>,
}

/// A file that came with the form before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFileShown {
    /// As its sender called it.
    pub name: String,
    /// Names it in the form.
    pub ticket: String,
    /// Whether it shall not go with it any more.
    pub is_left_out: bool,
}
