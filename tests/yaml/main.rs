//! The YAML layer against its laws, a table of edits, a second reader, and hostile input.

mod edits;
