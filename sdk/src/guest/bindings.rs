//! Generated from `wit/`, one module for each world.
#![allow(
    unsafe_code,
    missing_docs,
    unreachable_pub,
    clippy::all,
    reason = "the generated glue of the canonical ABI"
)]

pub(crate) mod imports {
    wit_bindgen::generate!({
        path: "wit",
        world: "dinh:module/imports",
        generate_all,
    });
}

pub mod pages {
    wit_bindgen::generate!({
        path: "wit",
        world: "dinh:module/with-pages",
        pub_export_macro: true,
        export_macro_name: "export_pages_world",
        default_bindings_module: "dinh_sdk::guest::bindings::pages",
    });
}

pub mod hooks {
    wit_bindgen::generate!({
        path: "wit",
        world: "dinh:module/with-hooks",
        pub_export_macro: true,
        export_macro_name: "export_hooks_world",
        default_bindings_module: "dinh_sdk::guest::bindings::hooks",
    });
}

pub mod forms {
    wit_bindgen::generate!({
        path: "wit",
        world: "dinh:module/with-forms",
        pub_export_macro: true,
        export_macro_name: "export_forms_world",
        default_bindings_module: "dinh_sdk::guest::bindings::forms",
    });
}

pub mod jobs {
    wit_bindgen::generate!({
        path: "wit",
        world: "dinh:module/with-jobs",
        pub_export_macro: true,
        export_macro_name: "export_jobs_world",
        default_bindings_module: "dinh_sdk::guest::bindings::jobs",
    });
}

pub mod webhooks {
    wit_bindgen::generate!({
        path: "wit",
        world: "dinh:module/with-webhooks",
        pub_export_macro: true,
        export_macro_name: "export_webhooks_world",
        default_bindings_module: "dinh_sdk::guest::bindings::webhooks",
    });
}
