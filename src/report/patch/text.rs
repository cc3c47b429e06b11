//! The steps for people: each with its command, ready to be copied.

use super::command::{Documents, commands, shell};
use super::interrupts::{legend, short};
use super::{heading, owned, title};
use crate::report::{escaped, wrapped};
use crate::run::Patched;

const WIDTH: usize = 100;

pub(super) fn print(patched: &Patched, documents: Documents<'_>) -> String {
    let count = patched.steps.len();
    let steps = patched.steps.iter().enumerate().map(|(index, step)| {
        let commands: String = commands(index, count, step, documents).iter().map(shell).collect();
        let heading = format!("{}. {}", index + 1, heading(step));
        format!("\n{}\n   {}\n{commands}", escaped(&heading), short(step))
    });
    let lines = |text: String| wrapped(&escaped(&text), WIDTH).into_iter().map(|line| line + "\n");
    let owned: String = owned(patched).flat_map(lines).collect();
    let legend: String = legend(patched).into_iter().flat_map(lines).collect();
    let parts = [lines(title(patched)).collect(), owned, legend];
    parts.into_iter().chain(steps).collect()
}
