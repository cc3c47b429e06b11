//! The YAML layer against its laws, a table of edits, a second reader, and hostile input.

mod corpus;
mod edits;
mod generate;
mod hostile;
mod laws;
mod oracle;
mod reading;
mod refusals;
