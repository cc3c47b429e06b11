//! Streams, files and exit codes; nothing else.
fn main() {}
