//! Streams, files and exit codes; nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    multi_rhoso::cli::main()
}
