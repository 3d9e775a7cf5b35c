//! Templates that belong together: their partials are one another.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::eval::Renderer;
use super::expr::Expr;
use super::helper::Language;
use super::output::{Budget, Output};
use super::scope::Scope;
use super::tree::{Node, NodeKind, build};
use super::{Dialect, Helper, RenderError, Segment, TemplateFault};

/// Parsed templates by name (file name without folder `templates/` and ending `.hbs`).
#[derive(Debug, Default)]
pub(crate) struct TemplateSet {
    templates: BTreeMap<String, Vec<Node>>,
}

/// Faults reported at once; an author with more starts with these.
const MAX_FAULTS: usize = 200;

/// Ending of template files.
pub(crate) const ENDING: &str = ".hbs";

impl TemplateSet {
    /// Parses `sources` (name to text). `check` sees the pieces of each template first.
    pub(crate) fn load(
        sources: &BTreeMap<String, String>,
        dialect: Dialect,
        has_text: &dyn Fn(&str) -> bool,
        check: &dyn Fn(&[Segment<'_>]) -> Vec<super::Fault>,
    ) -> Result<Self, Vec<TemplateFault>> {
        let mut templates = BTreeMap::new();
        let mut faults = Vec::new();
        for (name, source) in sources {
            let file = format!("{name}{ENDING}");
            let parsed = super::split(source, dialect).and_then(|segments| {
                faults.extend(
                    check(&segments)
                        .into_iter()
                        .map(|fault| fault.in_file(&file)),
                );
                build(segments)
            });
            match parsed {
                Ok(nodes) => {
                    templates.insert(name.clone(), nodes);
                }
                Err(fault) => faults.push(fault.in_file(&file)),
            }
        }
        for (name, nodes) in &templates {
            let mut references = References::default();
            references.collect(nodes);
            for (line, key) in references
                .texts
                .into_iter()
                .filter(|(_, key)| !has_text(key))
            {
                faults.push(fault(
                    name,
                    line,
                    format!("there is no text {key:?} in locales/vi.toml"),
                ));
            }
            for (line, partial) in references
                .partials
                .iter()
                .filter(|(_, partial)| !sources.contains_key(*partial))
            {
                faults.push(fault(
                    name,
                    *line,
                    format!(
                        "there is no partial {partial:?}: the file {partial}{ENDING} is missing"
                    ),
                ));
            }
        }
        faults.extend(cycles(&templates));
        faults.truncate(MAX_FAULTS);
        if faults.is_empty() {
            Ok(Self { templates })
        } else {
            Err(faults)
        }
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.templates.contains_key(name)
    }

    pub(crate) fn get(&self, name: &str) -> Result<(&str, &[Node]), RenderError> {
        self.templates
            .get_key_value(name)
            .map(|(name, nodes)| (name.as_str(), nodes.as_slice()))
            .ok_or_else(|| RenderError::UnknownTemplate(name.to_owned()))
    }

    pub(crate) fn render(
        &self,
        name: &str,
        model: &Value,
        language: Language<'_>,
        budget: Budget,
    ) -> Result<String, RenderError> {
        let (name, nodes) = self.get(name)?;
        let mut renderer = Renderer {
            set: self,
            language,
            root: model,
            out: Output::new(budget),
            template: name,
            depth: 0,
        };
        renderer.nodes(nodes, &Scope::of_template(Cow::Borrowed(model), Vec::new()))?;
        Ok(renderer.out.into_html())
    }
}

fn fault(name: &str, line: u32, message: String) -> TemplateFault {
    TemplateFault {
        file: format!("{name}{ENDING}"),
        line,
        message,
    }
}

/// What a template refers to, with the lines.
#[derive(Default)]
pub(crate) struct References<'n> {
    pub(crate) partials: Vec<(u32, &'n str)>,
    pub(crate) texts: Vec<(u32, &'n str)>,
}

impl<'n> References<'n> {
    pub(crate) fn collect(&mut self, nodes: &'n [Node]) {
        for Node { line, kind } in nodes {
            match kind {
                NodeKind::Text(_) => {}
                NodeKind::Value(expr) => self.expr(*line, expr),
                NodeKind::If {
                    condition: expr,
                    then: body,
                    otherwise,
                    ..
                }
                | NodeKind::Each {
                    list: expr,
                    body,
                    otherwise,
                    ..
                }
                | NodeKind::With {
                    value: expr,
                    body,
                    otherwise,
                    ..
                } => {
                    self.expr(*line, expr);
                    self.collect(body);
                    self.collect(otherwise);
                }
                NodeKind::Partial {
                    name,
                    context,
                    hash,
                } => {
                    self.partials.push((*line, name));
                    context.iter().for_each(|expr| self.expr(*line, expr));
                    hash.iter().for_each(|(_, expr)| self.expr(*line, expr));
                }
            }
        }
    }

    fn expr(&mut self, line: u32, expr: &'n Expr) {
        let Expr::Call { helper, args, hash } = expr else {
            return;
        };
        if let (Helper::Text, [Expr::Literal(Value::String(key))]) = (helper, args.as_slice()) {
            self.texts.push((line, key));
        }
        args.iter().for_each(|expr| self.expr(line, expr));
        hash.iter().for_each(|(_, expr)| self.expr(line, expr));
    }
}

/// A fault for each template that includes itself, directly or through others. No recursion: the chain of
/// includes is the vendor's and may be as long as his list of files.
fn cycles(templates: &BTreeMap<String, Vec<Node>>) -> Vec<TemplateFault> {
    // Each included name once, with the line of its first include.
    let includes: BTreeMap<&str, BTreeMap<&str, u32>> = templates
        .iter()
        .map(|(name, nodes)| {
            let mut references = References::default();
            references.collect(nodes);
            let mut lines = BTreeMap::new();
            for (line, partial) in references.partials {
                lines.entry(partial).or_insert(line);
            }
            (name.as_str(), lines)
        })
        .collect();
    let reached: BTreeMap<&str, BTreeSet<&str>> = includes
        .keys()
        .map(|name| {
            let mut seen = BTreeSet::new();
            let mut open = vec![*name];
            while let Some(next) = open.pop() {
                if seen.insert(next) {
                    open.extend(includes.get(next).into_iter().flat_map(BTreeMap::keys));
                }
            }
            (*name, seen)
        })
        .collect();
    let mut faults = Vec::new();
    for (name, partials) in &includes {
        for (partial, line) in partials {
            if reached.get(partial).is_some_and(|seen| seen.contains(name)) {
                let message = format!(
                    "{{{{> {partial}}}}} includes this template again; includes must not form a circle"
                );
                faults.push(fault(name, *line, message));
            }
        }
    }
    faults
}
