use super::{Grant, Right, Role};

impl Role {
    /// Whether it gives a right anywhere.
    pub fn gives(&self, right: Right) -> bool {
        let line = self.line();
        line.is_some_and(|it| {
            [&it.own, &it.below, &it.wrote]
                .iter()
                .any(|of| of.contains(&right))
        })
    }

    /// Whether whoever has it is an administrator: looks after accounts, and is bound to stricter
    /// rules (TCVN 14423:2026).
    pub fn is_administrator(&self) -> bool {
        self.gives(Right::People)
    }
}

impl Grant {
    /// Whether it makes an administrator.
    pub fn is_administrator(&self) -> bool {
        self.role.is_administrator()
    }
}
