//! The steps as a shell script, which ends where the first one is refused.

use super::command::{Documents, commands, shell};
use super::interrupts::{legend, short};
use super::{heading, owned, title};
use crate::report::{escaped, wrapped};
use crate::run::Patched;

const WIDTH: usize = 98;

pub(super) fn print(patched: &Patched, documents: Documents<'_>) -> String {
    let comment =
        |text: String| wrapped(&escaped(&text), WIDTH).into_iter().map(|line| format!("# {line}\n"));
    let about = [title(patched)].into_iter().chain(owned(patched)).chain(legend(patched));
    let about: String = about.flat_map(comment).collect();
    let place = match documents {
        Documents::Beside => "cd \"$(dirname \"$0\")\"\n",
        Documents::Inline | Documents::Below(_) => "",
    };
    let count = patched.steps.len();
    let steps = patched.steps.iter().enumerate().map(|(index, step)| {
        let heading: String = comment(format!("{}. {}", index + 1, heading(step))).collect();
        let interrupts: String = comment(short(step)).collect();
        let commands: String = commands(index, count, step, documents).iter().map(shell).collect();
        format!("\n{heading}{interrupts}{commands}")
    });
    let head = format!("#!/bin/sh\n{about}set -eu\n{place}");
    [head].into_iter().chain(steps).collect()
}
