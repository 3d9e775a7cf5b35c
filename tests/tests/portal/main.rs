//! The portal from outside: every test is a visit, a command or a posting, on a portal of its own
//! with the demo in it. The tree repeats what is visited.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the whole crate is tests"
)]

mod scale {
    mod pages;
    mod rooms;
}
mod site {
    mod addresses;
    mod commands;
    mod crawl;
    mod four_sites;
    mod headers;
    mod modules;
    mod nodes;
    mod owed;
    mod plugin_rooms;
    mod rooms;
    mod states;
}
mod home {
    mod blocks;
    mod clock;
    mod order;
    mod usage;
}
mod section {
    mod calendar;
    mod computed;
    mod counts;
    mod detail;
    mod filters;
    mod moved;
    mod paging;
    mod relations;
    mod search_words;
    mod several;
    mod withdrawn;
}
mod science {
    mod fields;
    mod gates;
    mod task;
    mod totals;
}
mod search {
    mod complete;
    mod completions;
    mod facets;
    mod help;
    mod meaning;
    mod numbers;
    mod reach;
    mod words;
}
mod mail {
    mod answers;
    mod news;
    mod outbox;
    mod receipts;
    mod subscriber;
    mod subscribing;
}
mod submission {
    pub(crate) mod citizen;
    mod keys;
    mod moderated;
    mod private;
    mod rates;
    mod sent;
}
mod statistics {
    pub(crate) mod large;
    mod map;
    mod plugin;
    mod revision;
    mod table;
    mod upload;
}
mod consultation {
    mod answers;
    pub(super) mod citizen;
    mod clock;
    mod files;
    mod opinion;
    mod paper;
    mod versions;
}
mod outputs {
    mod copy;
    mod legal;
    mod machines;
    mod print;
    mod scope;
}
mod file;
mod drafts {
    mod bureau;
    mod hostile;
    mod life;
    mod meanwhile;
}
mod jobs {
    mod clock;
    mod done;
    mod hostile;
    mod leased;
    mod workshop;
}
mod webhooks {
    mod bounds;
    mod granted;
    mod hostile;
    mod sender;
    mod signed;
}
mod form {
    pub(crate) mod desk;
    mod sent;
}
mod people {
    mod commanded;
    mod delegation;
    mod elsewhere;
    mod for_a_time;
    mod hand_over;
    mod invitations;
    mod lockout;
    mod looked_after;
    pub(crate) mod person;
    mod room;
    mod signing_in;
}
mod cache {
    mod away;
    mod hammered;
    mod kept;
    mod limits;
    mod old;
}
mod file_text {
    mod hostile;
    mod import;
    mod life;
    mod producers;
}
mod request {
    mod hosts;
    mod malformed;
}
mod machine {
    mod absent;
    mod api;
    mod calendar;
    mod catalogue;
    mod cursors;
    mod exports;
    mod feed;
    mod parallel;
    mod problems;
}
mod audit {
    mod room;
}
mod backup {
    mod damaged;
    mod killed;
    mod meanwhile;
    mod older;
    mod refused;
    pub(crate) mod round;
    mod stored;
}
mod organisations {
    mod room;
    pub(crate) mod served;
}
mod matrix {
    mod stage;
    mod table;
    mod ways;
}
mod desk {
    mod assigned;
    mod batch;
    mod batch_files;
    mod batch_others;
    mod batch_rights;
    mod clock;
    pub(crate) mod form;
    mod hidden;
    mod life;
    mod many;
    mod meanwhile;
    mod rooms;
    mod stuck;
    mod unseen;
}
mod fetch;
mod post;
mod hostile {
    mod behaviours;
    mod deputy;
    mod gone;
    mod hooks;
    mod memory;
    mod neighbours;
    mod pages;
    mod random;
    pub(crate) mod report;
    mod residue;
    pub(crate) mod stage;
    mod start;
    mod writes;
}
mod operator {
    mod exposition;
    mod metrics;
}
mod import {
    mod faults;
    mod files;
    pub(crate) mod full_disk;
    mod killed;
    mod memory;
    mod procedures;
    mod proposals;
    mod real_akn;
    pub(crate) mod real_data;
    mod relations;
    pub(crate) mod rows;
    mod runs;
    mod sheets;
    mod tables;
}
mod package {
    mod audit;
    mod bound;
    mod codeless;
    mod compile;
    mod door;
    mod forged;
    mod full_disk;
    mod grants;
    mod install;
    mod kept;
    mod keys;
    mod killed;
    mod lifecycle;
    mod nodes;
    mod older;
    mod owners;
    mod revoked;
    mod start;
    mod terminal;
    mod vendor;
}
mod program {
    mod data_folder;
    mod database;
    pub(crate) mod nodes;
    mod object_store;
    mod plugins;
    mod refused;
    pub(crate) mod running;
    mod settings;
    mod usage;
}
mod vendor {
    mod ci;
    mod dev;
    mod errors;
    mod labels;
    mod outside;
    mod sample;
    mod schemas;
    mod tutorial;
}
