//! Generated from the SDK's WIT, one module for each world.
#![allow(
    unsafe_code,
    missing_docs,
    unreachable_pub,
    clippy::all,
    clippy::too_many_lines,
    reason = "the generated glue of the canonical ABI"
)]

pub(crate) mod imports {
    wasmtime::component::bindgen!({
        path: "../../sdk/wit",
        world: "dinh:module/imports",
        imports: {
            "dinh:host/log.write": trappable,
            "dinh:host/clock.now": trappable,
            "dinh:host/clock.today": trappable,
            default: async | trappable,
        },
    });
}

pub(crate) mod pages {
    wasmtime::component::bindgen!({
        path: "../../sdk/wit",
        world: "dinh:module/with-pages",
        exports: { default: async },
    });
}

pub(crate) mod hooks {
    wasmtime::component::bindgen!({
        path: "../../sdk/wit",
        world: "dinh:module/with-hooks",
        exports: { default: async },
    });
}

pub(crate) mod forms {
    wasmtime::component::bindgen!({
        path: "../../sdk/wit",
        world: "dinh:module/with-forms",
        exports: { default: async },
    });
}

pub(crate) mod jobs {
    wasmtime::component::bindgen!({
        path: "../../sdk/wit",
        world: "dinh:module/with-jobs",
        exports: { default: async },
    });
}

pub(crate) mod webhooks {
    wasmtime::component::bindgen!({
        path: "../../sdk/wit",
        world: "dinh:module/with-webhooks",
        exports: { default: async },
    });
}
