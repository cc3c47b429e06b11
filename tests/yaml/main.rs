//! The YAML layer against its laws, a table of edits, a second reader, and hostile input.

// Tests tell what is wrong by panicking, also from the functions that they share.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
// Texts and patches are written where they are used.
#![allow(clippy::format_push_string, clippy::needless_pass_by_value)]

mod choice;
mod corpus;
mod edits;
mod generate;
mod held;
mod hostile;
mod join;
mod laws;
mod oracle;
mod print;
mod reading;
mod refusals;
mod renames;
mod second_reader;
