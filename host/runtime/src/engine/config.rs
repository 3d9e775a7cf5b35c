//! The engine's switches. Every proposal that no plugin needs is off: less to attack.

use wasmtime::{Config, Enabled, InstanceAllocationStrategy, PoolingAllocationConfig};

use super::Allocator;
use crate::{Budget, CodeCache};

/// The guest's own stack; deeper recursion traps.
const WASM_STACK_BYTES: usize = 512 << 10;
/// The fibre a call runs on: the guest's stack and the host's calls below it.
const ASYNC_STACK_BYTES: usize = 2 << 20;
/// A component from a Rust guest is three core modules; other languages bring more.
pub(crate) const CORE_INSTANCES_PER_COMPONENT: u32 = 8;
/// Rust guests use two tables, the largest of some thousand functions.
pub(crate) const TABLES_PER_COMPONENT: u32 = 8;
pub(crate) const TABLE_ELEMENTS: usize = 20_000;
/// Memory kept mapped between calls and wiped by hand, so that a small guest costs no page faults.
/// Where the kernel says which pages were written (Linux 6.7), only those are wiped.
const KEEP_RESIDENT_BYTES: usize = 512 << 10;
/// The same of a table: the whole of it.
const TABLE_KEEP_RESIDENT_BYTES: usize = TABLE_ELEMENTS * size_of::<usize>();
/// The same of a fibre's stack: more than an ordinary call goes down.
const STACK_KEEP_RESIDENT_BYTES: usize = 64 << 10;
/// Slots that keep the memory of the plugin that used them last.
const WARM_SLOTS: u32 = 16;
/// Core instances and tables of the pool for each call.
const CORE_INSTANCES_PER_CALL: u32 = 4;
const TABLES_PER_CALL: u32 = 3;
/// Guard behind a small reservation; accesses below it need no second check.
const SMALL_GUARD_BYTES: u64 = 64 << 10;

pub(super) fn config(
    allocator: Allocator,
    concurrent_calls: u32,
    cache: Option<&CodeCache>,
) -> Config {
    let mut config = Config::new();
    config
        // Component-model async: nine advisories in 2026, and no plugin needs it.
        .concurrency_support(false)
        .wasm_gc(false)
        .wasm_function_references(false)
        .wasm_exceptions(false)
        .gc_support(false)
        .wasm_threads(false)
        .wasm_memory64(false)
        .wasm_multi_memory(false)
        .wasm_tail_call(false)
        .wasm_relaxed_simd(false)
        .wasm_wide_arithmetic(false)
        .epoch_interruption(true)
        .async_stack_zeroing(true)
        .memory_init_cow(true)
        .max_wasm_stack(WASM_STACK_BYTES)
        .async_stack_size(ASYNC_STACK_BYTES)
        .cache(cache.map(|it| it.kept().clone()));
    match allocator {
        Allocator::Pooling => {
            config.allocation_strategy(pool(concurrent_calls));
        }
        Allocator::PoolingSmall => {
            config
                .allocation_strategy(pool(concurrent_calls))
                .memory_reservation(Budget::MAX_MEMORY_BYTES as u64)
                .memory_guard_size(SMALL_GUARD_BYTES);
        }
        Allocator::OnDemand => {
            config.allocation_strategy(InstanceAllocationStrategy::OnDemand);
        }
    }
    config
}

fn pool(concurrent_calls: u32) -> InstanceAllocationStrategy {
    let mut pool = PoolingAllocationConfig::new();
    pool.total_component_instances(concurrent_calls)
        .total_core_instances(concurrent_calls.saturating_mul(CORE_INSTANCES_PER_CALL))
        .total_memories(concurrent_calls)
        .total_tables(concurrent_calls.saturating_mul(TABLES_PER_CALL))
        .total_stacks(concurrent_calls)
        .max_memory_size(Budget::MAX_MEMORY_BYTES)
        .table_elements(TABLE_ELEMENTS)
        .max_core_instances_per_component(CORE_INSTANCES_PER_COMPONENT)
        .max_tables_per_component(TABLES_PER_COMPONENT)
        .max_memories_per_component(1)
        .linear_memory_keep_resident(KEEP_RESIDENT_BYTES)
        .table_keep_resident(TABLE_KEEP_RESIDENT_BYTES)
        .async_stack_keep_resident(STACK_KEEP_RESIDENT_BYTES)
        .pagemap_scan(Enabled::Auto)
        .max_unused_warm_slots(WARM_SLOTS);
    InstanceAllocationStrategy::Pooling(pool)
}
