//! Tests of the whole store, each on SQLite and, where one is given, on PostgreSQL.

mod addresses;
mod audit;
mod desk;
mod edges;
mod files;
mod indexes;
mod nodes;
mod opening;
mod property;
mod publishing;
mod support;
mod usage;
mod values;
mod walking;
mod writing;
