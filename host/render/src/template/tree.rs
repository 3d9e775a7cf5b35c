//! Builds the tree of a template from its segments.

use super::Fault;
use super::expr::Expr;
use super::lexer::{BlockOpen, Piece, Segment, Tag};

/// Blocks inside blocks; deeper templates belong into partials.
pub(crate) const MAX_BLOCK_DEPTH: usize = 16;

#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) line: u32,
    pub(crate) kind: NodeKind,
}

#[derive(Debug)]
pub(crate) enum NodeKind {
    Text(String),
    Value(Expr),
    /// `if` and `unless`.
    If {
        condition: Expr,
        wanted: bool,
        then: Vec<Node>,
        otherwise: Vec<Node>,
    },
    Each {
        list: Expr,
        names: Vec<String>,
        body: Vec<Node>,
        otherwise: Vec<Node>,
    },
    With {
        value: Expr,
        names: Vec<String>,
        body: Vec<Node>,
        otherwise: Vec<Node>,
    },
    Partial {
        name: String,
        context: Option<Expr>,
        hash: Vec<(String, Expr)>,
    },
}

/// A block whose end has not been seen.
struct Frame {
    line: u32,
    open: BlockOpen,
    /// Nodes of the first branch, once `{{else}}` was seen.
    then: Option<Vec<Node>>,
    nodes: Vec<Node>,
    /// Opened by `{{else if}}`: closed together with the block around it.
    chained: bool,
}

pub(crate) fn build(segments: Vec<Segment<'_>>) -> Result<Vec<Node>, Fault> {
    let mut root = Vec::new();
    let mut frames: Vec<Frame> = Vec::new();
    let mut segments = segments.into_iter().peekable();
    let mut trim_start = false;
    while let Some(segment) = segments.next() {
        let line = segment.line;
        let kind = match segment.piece {
            Piece::Text => {
                let before_trim = matches!(
                    segments.peek().map(|next| &next.piece),
                    Some(Piece::Tag {
                        trim_before: true,
                        ..
                    })
                );
                let text = trimmed(segment.source, trim_start, before_trim);
                trim_start = false;
                (!text.is_empty()).then(|| NodeKind::Text(text.to_owned()))
            }
            Piece::Tag {
                tag, trim_after, ..
            } => {
                trim_start = trim_after;
                step(tag, line, &mut frames, &mut root)?
            }
        };
        if let Some(kind) = kind {
            push(&mut frames, &mut root, Node { line, kind });
        }
    }
    match frames.last() {
        None => Ok(root),
        Some(frame) => Err(Fault::new(
            frame.line,
            format!("{{{{#{}}}}} is never closed", frame.open.name),
        )),
    }
}

fn trimmed(text: &str, start: bool, end: bool) -> &str {
    let text = if start { text.trim_start() } else { text };
    if end { text.trim_end() } else { text }
}

fn push(frames: &mut [Frame], root: &mut Vec<Node>, node: Node) {
    match frames.last_mut() {
        Some(frame) => frame.nodes.push(node),
        None => root.push(node),
    }
}

/// Takes one tag; gives the node it makes, if it makes one at once.
fn step(
    tag: Tag,
    line: u32,
    frames: &mut Vec<Frame>,
    root: &mut Vec<Node>,
) -> Result<Option<NodeKind>, Fault> {
    match tag {
        Tag::Comment => Ok(None),
        Tag::Value(expr) => Ok(Some(NodeKind::Value(expr))),
        Tag::Partial {
            name,
            context,
            hash,
        } => Ok(Some(NodeKind::Partial {
            name,
            context,
            hash,
        })),
        Tag::Open(open) => open_block(frames, open, line, false).map(|()| None),
        Tag::Else(chain) => {
            let frame = frames
                .last_mut()
                .ok_or_else(|| Fault::new(line, "{{else}} outside a block"))?;
            if frame.then.is_some() {
                return Err(Fault::new(line, "a second {{else}} in the same block"));
            }
            frame.then = Some(std::mem::take(&mut frame.nodes));
            match chain {
                Some(open) => open_block(frames, open, line, true).map(|()| None),
                None => Ok(None),
            }
        }
        Tag::Close(name) => close(&name, line, frames, root).map(|()| None),
    }
}

fn open_block(
    frames: &mut Vec<Frame>,
    open: BlockOpen,
    line: u32,
    chained: bool,
) -> Result<(), Fault> {
    if frames.len() >= MAX_BLOCK_DEPTH {
        return Err(Fault::new(
            line,
            format!("blocks are nested more than {MAX_BLOCK_DEPTH} deep; use partials"),
        ));
    }
    frames.push(Frame {
        line,
        open,
        then: None,
        nodes: Vec::new(),
        chained,
    });
    Ok(())
}

fn close(
    name: &str,
    line: u32,
    frames: &mut Vec<Frame>,
    root: &mut Vec<Node>,
) -> Result<(), Fault> {
    loop {
        let Some(frame) = frames.pop() else {
            return Err(Fault::new(line, format!("{{{{/{name}}}}} closes nothing")));
        };
        if !frame.chained && frame.open.name != name {
            return Err(Fault::new(
                line,
                format!(
                    "{{{{/{name}}}}} closes {{{{#{}}}}} of line {}",
                    frame.open.name, frame.line
                ),
            ));
        }
        let chained = frame.chained;
        let node = node_of(frame);
        push(frames, root, node);
        if !chained {
            return Ok(());
        }
    }
}

fn node_of(frame: Frame) -> Node {
    let (then, otherwise) = match frame.then {
        Some(then) => (then, frame.nodes),
        None => (frame.nodes, Vec::new()),
    };
    let BlockOpen {
        name,
        argument,
        names,
    } = frame.open;
    let kind = match name.as_str() {
        "each" => NodeKind::Each {
            list: argument,
            names,
            body: then,
            otherwise,
        },
        "with" => NodeKind::With {
            value: argument,
            names,
            body: then,
            otherwise,
        },
        _ => NodeKind::If {
            condition: argument,
            wanted: name == "if",
            then,
            otherwise,
        },
    };
    Node {
        line: frame.line,
        kind,
    }
}
