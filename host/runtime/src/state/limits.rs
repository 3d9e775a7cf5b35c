//! Memory, tables and instances of one call.

use wasmtime::ResourceLimiter;

use crate::engine::{CORE_INSTANCES_PER_COMPONENT, TABLE_ELEMENTS, TABLES_PER_COMPONENT};

pub(super) struct Limits {
    memory_bytes: usize,
    memory_was_refused: bool,
}

impl Limits {
    pub(super) fn new(memory_bytes: usize) -> Self {
        Self {
            memory_bytes,
            memory_was_refused: false,
        }
    }

    pub(super) fn memory_was_refused(&self) -> bool {
        self.memory_was_refused
    }
}

impl ResourceLimiter for Limits {
    fn memory_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        let allowed = desired <= self.memory_bytes;
        self.memory_was_refused |= !allowed;
        Ok(allowed)
    }

    fn table_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        Ok(desired <= TABLE_ELEMENTS)
    }

    fn instances(&self) -> usize {
        CORE_INSTANCES_PER_COMPONENT as usize
    }

    fn tables(&self) -> usize {
        TABLES_PER_COMPONENT as usize
    }

    fn memories(&self) -> usize {
        1
    }
}
