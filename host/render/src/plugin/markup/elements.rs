//! Which elements and blocks are open.

use crate::template::Tag;

/// Elements and blocks in the order they were opened. An element opened inside a branch of a block must be
/// closed in the same branch, so that a page is whole whichever branches are taken.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    open: Vec<Open>,
}

#[derive(Debug)]
enum Open {
    Element(String),
    Block,
}

impl Nesting {
    pub(super) fn start(&mut self, element: &str) {
        self.open.push(Open::Element(element.to_owned()));
    }

    pub(super) fn end(&mut self, element: &str) -> Result<(), String> {
        match self.open.last() {
            Some(Open::Element(open)) if open == element => {
                self.open.pop();
                Ok(())
            }
            Some(Open::Element(open)) => Err(format!(
                "</{element}> closes <{open}>; close elements in the order they were opened"
            )),
            Some(Open::Block) => Err(format!(
                "</{element}> closes an element opened outside this block; each branch must be whole"
            )),
            None => Err(format!("</{element}> closes nothing")),
        }
    }

    /// A tag of the template language in text.
    pub(super) fn tag(&mut self, tag: &Tag) -> Result<(), String> {
        match tag {
            Tag::Open(_) => {
                self.open.push(Open::Block);
                Ok(())
            }
            Tag::Else(_) => self.drop_elements(),
            Tag::Close(_) => {
                let dropped = self.drop_elements();
                self.open.pop();
                dropped
            }
            Tag::Comment | Tag::Value(_) | Tag::Partial { .. } => Ok(()),
        }
    }

    /// At the end of the template.
    pub(super) fn finish(&mut self) -> Result<(), String> {
        self.drop_elements()
    }

    /// Elements left open in the branch that ends here.
    fn drop_elements(&mut self) -> Result<(), String> {
        let mut result = Ok(());
        while let Some(Open::Element(element)) = self.open.last() {
            result = Err(format!(
                "<{element}> is not closed in its template or branch"
            ));
            self.open.pop();
        }
        result
    }
}
