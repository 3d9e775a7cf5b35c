//! The template language: the part of Handlebars that a page needs, and nothing that could harm the host.
//!
//! ```text
//! {{path}}  {{../path}}  {{@index}}  {{helper argument key=argument}}  (sub expression)
//! {{#if x}}…{{else if y}}…{{else}}…{{/if}}  {{#unless x}}…{{/unless}}
//! {{#each list as |item index|}}…{{else}}…{{/each}}  {{#with x as |name|}}…{{else}}…{{/with}}
//! {{> partial context key=argument}}  {{! comment }}  {{!-- comment --}}  ~ next to a brace trims white space
//! ```
//!
//! Every value is escaped where it is written. Writing a value that is missing is an error; asking
//! (`if`, `each`, `eq`) is not. Rendering counts steps, bytes and depth, and never panics.

mod address;
mod eval;
mod expr;
mod helper;
mod lexer;
mod output;
mod scope;
mod set;
mod tree;

#[cfg(test)]
mod tests;

pub(crate) use address::is_safe_address;
pub(crate) use helper::{Dialect, Helper, Language};
pub(crate) use lexer::{Piece, Segment, Tag, split};
pub(crate) use output::Budget;
pub(crate) use set::{References, TemplateSet};
pub(crate) use tree::build;

use thiserror::Error;

/// A rule that a template breaks.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}:{line}: {message}")]
pub struct TemplateFault {
    /// The file, relative to the template folder.
    pub file: String,
    /// Line in the file, from 1; 0 when the fault is the file's as a whole.
    pub line: u32,
    /// What is wrong and what to do instead, in English for the author of the template.
    pub message: String,
}

/// A fault whose file is known to the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) line: u32,
    pub(crate) message: String,
}

impl Fault {
    pub(crate) fn new(line: u32, message: impl Into<String>) -> Self {
        Self {
            line,
            message: message.into(),
        }
    }

    pub(crate) fn in_file(self, file: &str) -> TemplateFault {
        TemplateFault {
            file: file.to_owned(),
            line: self.line,
            message: self.message,
        }
    }
}

/// Why a page could not be rendered. The text is for the operator and the author of the template.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RenderError {
    /// No template of this name was loaded.
    #[error("there is no template named {0:?}")]
    UnknownTemplate(String),
    /// The template writes a value that the model does not have.
    #[error(
        "template {template:?}, line {line}: {path:?} is not in the model; write it inside {{{{#if {path}}}}} or put it into the model"
    )]
    Missing {
        /// Template.
        template: String,
        /// Line in it, from 1.
        line: u32,
        /// The path as written.
        path: String,
    },
    /// The template uses a value in a way its kind does not allow.
    #[error("template {template:?}, line {line}: {message}")]
    Misused {
        /// Template.
        template: String,
        /// Line in it, from 1.
        line: u32,
        /// What is wrong.
        message: String,
    },
    /// The page would be longer than allowed.
    #[error("the page is longer than {limit} bytes; show fewer entries on a page")]
    TooLong {
        /// Limit in bytes.
        limit: usize,
    },
    /// The template works longer than allowed.
    #[error("the template takes more than {limit} steps; show fewer entries or nest fewer loops")]
    TooManySteps {
        /// Limit in steps.
        limit: usize,
    },
    /// Blocks and partials are nested deeper than allowed.
    #[error("template {template:?}: blocks and partials are nested more than {limit} deep")]
    TooDeep {
        /// Template in which the limit was met.
        template: String,
        /// Limit in blocks and partials.
        limit: usize,
    },
    /// The view could not be turned into a model; a fault of the host.
    #[error("the view is not representable: {0}")]
    View(String),
}
