//! `dinh`: the portal host and its commands. Exit codes: 0 done, 1 failed with a reason on
//! standard error, 2 wrong usage.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = dinh::cli::Arguments::parse();
    match dinh::cli::run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("dinh: {reason}");
            ExitCode::from(1)
        }
    }
}
