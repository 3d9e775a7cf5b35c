//! Renders a template. Every node and every expression is a step; blocks and partials count for depth.

use std::borrow::Cow;

use serde_json::Value;

use super::expr::{Expr, Path};
use super::helper::{Helper, Language, is_truthy};
use super::output::Output;
use super::scope::{Place, Scope};
use super::tree::{Node, NodeKind};
use super::{RenderError, TemplateSet};
use crate::data_block;

/// Blocks and partials open at once. A template may nest 16 blocks, and partials as many again; the stack of
/// a worker thread holds many times this.
pub(crate) const MAX_DEPTH: usize = 64;

pub(crate) struct Renderer<'a> {
    pub(crate) set: &'a TemplateSet,
    pub(crate) language: Language<'a>,
    pub(crate) root: &'a Value,
    pub(crate) out: Output,
    pub(crate) template: &'a str,
    pub(crate) depth: usize,
}

type Done = Result<(), RenderError>;

impl<'a> Renderer<'a> {
    pub(crate) fn nodes(&mut self, nodes: &'a [Node], scope: &Scope<'_, 'a>) -> Done {
        if self.depth >= MAX_DEPTH {
            return Err(RenderError::TooDeep {
                template: self.template.to_owned(),
                limit: MAX_DEPTH,
            });
        }
        self.depth += 1;
        for node in nodes {
            self.out.step()?;
            self.node(node, scope)?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn node(&mut self, node: &'a Node, scope: &Scope<'_, 'a>) -> Done {
        let line = node.line;
        match &node.kind {
            NodeKind::Text(text) => self.out.markup(text),
            NodeKind::Value(expr) => self.write(expr, line, scope),
            NodeKind::If {
                condition,
                wanted,
                then,
                otherwise,
            } => {
                let met = self
                    .value(condition, line, scope)?
                    .is_some_and(|value| is_truthy(&value));
                self.nodes(if met == *wanted { then } else { otherwise }, scope)
            }
            NodeKind::Each {
                list,
                names,
                body,
                otherwise,
            } => match self.value(list, line, scope)? {
                Some(value) if is_walkable(&value) => self.each(value, names, body, scope),
                _ => self.nodes(otherwise, scope),
            },
            NodeKind::With {
                value,
                names,
                body,
                otherwise,
            } => match self.value(value, line, scope)? {
                Some(value) if is_truthy(&value) => {
                    let names = names
                        .iter()
                        .map(|name| (name.as_str(), value.clone()))
                        .collect();
                    let inner = Scope {
                        this: value,
                        names,
                        place: None,
                        parent: Some(scope),
                    };
                    self.nodes(body, &inner)
                }
                _ => self.nodes(otherwise, scope),
            },
            NodeKind::Partial {
                name,
                context,
                hash,
            } => self.partial(name, context.as_ref(), hash, line, scope),
        }
    }

    fn each(
        &mut self,
        list: Cow<'a, Value>,
        names: &'a [String],
        body: &'a [Node],
        scope: &Scope<'_, 'a>,
    ) -> Done {
        match list {
            Cow::Borrowed(Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    let place = Place {
                        index,
                        count: items.len(),
                        key: None,
                    };
                    self.turn(item, place, names, body, scope)?;
                }
            }
            Cow::Borrowed(Value::Object(members)) => {
                for (index, (key, item)) in members.iter().enumerate() {
                    let place = Place {
                        index,
                        count: members.len(),
                        key: Some(key),
                    };
                    self.turn(item, place, names, body, scope)?;
                }
            }
            // Helpers give texts and booleans only.
            _ => {}
        }
        Ok(())
    }

    fn turn(
        &mut self,
        item: &'a Value,
        place: Place<'a>,
        names: &'a [String],
        body: &'a [Node],
        scope: &Scope<'_, 'a>,
    ) -> Done {
        self.out.step()?;
        let mut given: Vec<(&'a str, Cow<'a, Value>)> = Vec::with_capacity(names.len());
        if let Some(name) = names.first() {
            given.push((name, Cow::Borrowed(item)));
        }
        if let Some(name) = names.get(1) {
            let index = place.key.map_or_else(|| place.index.into(), Value::from);
            given.push((name, Cow::Owned(index)));
        }
        let inner = Scope {
            this: Cow::Borrowed(item),
            names: given,
            place: Some(place),
            parent: Some(scope),
        };
        self.nodes(body, &inner)
    }

    fn partial(
        &mut self,
        name: &str,
        context: Option<&'a Expr>,
        hash: &'a [(String, Expr)],
        line: u32,
        scope: &Scope<'_, 'a>,
    ) -> Done {
        let this = match context {
            Some(expr) => self
                .value(expr, line, scope)?
                .unwrap_or(Cow::Owned(Value::Null)),
            None => {
                self.out.handle(copied(&scope.this))?;
                scope.this.clone()
            }
        };
        let mut names = Vec::with_capacity(hash.len());
        for (name, expr) in hash {
            let value = self
                .value(expr, line, scope)?
                .unwrap_or(Cow::Owned(Value::Null));
            names.push((name.as_str(), value));
        }
        let (name, nodes) = self.set.get(name)?;
        let outer = std::mem::replace(&mut self.template, name);
        self.nodes(nodes, &Scope::of_template(this, names))?;
        self.template = outer;
        Ok(())
    }

    fn write(&mut self, expr: &'a Expr, line: u32, scope: &Scope<'_, 'a>) -> Done {
        let value = match (self.value(expr, line, scope)?, expr) {
            (Some(value), _) => value,
            (None, Expr::Path(Path { raw, .. })) => {
                return Err(RenderError::Missing {
                    template: self.template.to_owned(),
                    line,
                    path: raw.clone(),
                });
            }
            (None, _) => return Ok(()),
        };
        let helper = match expr {
            Expr::Call { helper, .. } => Some(*helper),
            _ => None,
        };
        match (helper, value.as_ref()) {
            (Some(Helper::Html), Value::String(html)) => self.out.markup(html),
            (Some(Helper::Json), value) => self.out.markup(&data_block::json(value)),
            (_, Value::String(text)) => self.out.text(text),
            (_, Value::Null) => Ok(()),
            (_, Value::Bool(value)) => self.out.markup(if *value { "true" } else { "false" }),
            (_, Value::Number(number)) => self.out.markup(&number.to_string()),
            (_, Value::Array(_) | Value::Object(_)) => Err(self.misused(
                line,
                "a list or an object cannot be written; walk over it with each or name a field",
            )),
        }
    }

    /// The value of an expression; none when a path leads nowhere.
    fn value(
        &mut self,
        expr: &'a Expr,
        line: u32,
        scope: &Scope<'_, 'a>,
    ) -> Result<Option<Cow<'a, Value>>, RenderError> {
        self.out.step()?;
        match expr {
            Expr::Literal(value) => Ok(Some(Cow::Borrowed(value))),
            Expr::Path(path) => {
                let found = scope.find(path, self.root);
                self.out.handle(found.as_ref().map_or(0, copied))?;
                Ok(found)
            }
            Expr::Call { helper, args, hash } => {
                let mut values = Vec::with_capacity(args.len());
                for arg in args {
                    values.push(self.value(arg, line, scope)?);
                }
                let mut named = Vec::with_capacity(hash.len());
                for (name, expr) in hash {
                    named.push((name.as_str(), self.value(expr, line, scope)?));
                }
                let values: Vec<Option<&Value>> = values.iter().map(Option::as_deref).collect();
                let named: Vec<(&str, Option<&Value>)> = named
                    .iter()
                    .map(|(name, value)| (*name, value.as_deref()))
                    .collect();
                let given = values.iter().chain(named.iter().map(|(_, value)| value));
                self.out
                    .handle(given.flatten().map(|value| length(value)).sum())?;
                let value = helper
                    .call(&values, &named, &self.language, self.out.room())
                    .map_err(|message| self.misused(line, message))?;
                self.out.handle(length(&value))?;
                Ok(Some(Cow::Owned(value)))
            }
        }
    }

    fn misused(&self, line: u32, message: impl Into<String>) -> RenderError {
        RenderError::Misused {
            template: self.template.to_owned(),
            line,
            message: message.into(),
        }
    }
}

/// Bytes of a text.
fn length(value: &Value) -> usize {
    value.as_str().map_or(0, str::len)
}

/// Bytes that cloning the value copies.
#[expect(clippy::ptr_arg, reason = "whether it is borrowed is the question")]
fn copied(value: &Cow<'_, Value>) -> usize {
    match value {
        Cow::Borrowed(_) => 0,
        Cow::Owned(value) => length(value),
    }
}

fn is_walkable(value: &Value) -> bool {
    match value {
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        _ => false,
    }
}
