//! Asks nmstate's library of desired states, one JSON object on each line of stdin, and answers each on a line of stdout:
//! `taken`, or `refused: ` and nmstate's reason.
//!
//! Knows nothing of node policies: what stands in `spec.desiredState` is what nmstate is given on a node.

use std::io::{BufRead, Write};

use nmstate::{NetworkState, NmstateError};

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        match verdict(&line?) {
            Ok(()) => writeln!(out, "taken")?,
            Err(error) => writeln!(out, "refused: {}", error.msg().replace('\n', " "))?,
        }
    }
    Ok(())
}

/// Reads a state, and makes of it the files that NetworkManager would be given.
fn verdict(state: &str) -> Result<(), NmstateError> {
    NetworkState::new_from_json(state)?.gen_conf().map(drop)
}
