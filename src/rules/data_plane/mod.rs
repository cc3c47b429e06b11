//! The data plane: node sets that their webhook refuses, or for which no addresses can be asked.

pub(super) mod node_set;
pub(super) mod service;
