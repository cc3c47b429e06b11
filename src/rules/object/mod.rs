//! Any object: what the API server refuses or drops of it before an operator sees it.

pub(super) mod field;
pub(super) mod name;
