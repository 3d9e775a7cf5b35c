//! `dinh`: the portal host and its commands. Exit codes: 0 done, 1 failed with a reason on
//! standard error, 2 wrong usage, 141 nobody read what it printed.

use std::process::ExitCode;

use clap::Parser;

/// A page is made of many small pieces on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What a shell has of a program that a closed pipe ended: 128 and the number of the signal.
const CLOSED_PIPE: i32 = 141;

/// Whoever reads no further (`| head`) ends the program without a word.
fn end_where_nobody_reads() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let words = panic.payload().downcast_ref::<String>();
        if words.is_some_and(|it| it.starts_with("failed printing to stdout: Broken pipe")) {
            std::process::exit(CLOSED_PIPE);
        }
        usual(panic);
    }));
}

fn main() -> ExitCode {
    end_where_nobody_reads();
    let arguments = dinh::cli::Arguments::parse();
    match dinh::cli::run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("dinh: {reason}");
            ExitCode::from(1)
        }
    }
}
