//! The program: reads its configuration, builds the portal out of its parts and runs one command.
//! Everything here is wiring; what the portal does lies in `dinh-portal`.

pub mod area;
pub mod assemble;
pub mod audit;
pub mod backup;
pub mod bundle;
pub mod cli;
pub mod command;
pub mod config;
pub mod data_folder;
pub mod demo;
pub mod import;
pub mod keeper;
mod log;
pub mod mail;
pub mod plugin;
mod plugin_list;
pub mod rules;
mod search_eval;
pub mod serve;
pub mod site;
mod socket;
pub mod user;
