//! Turns the manifests of one OpenStack on OpenShift instance into those of another, on the same cluster.
//!
//! Data flows one way: `krm` reads a list, `config` the instance; `inventory` sorts the items; `transform` writes `Changes`;
//! the YAML layer makes it text; `rules` read that again as a `model`, and are how everybody says something. `run` is all of
//! it without a stream or a file, `cli` the rest.

pub mod address;
pub mod catalogue;
pub mod change;
pub mod cli;
pub mod config;
pub mod context;
pub mod draft;
pub mod find;
pub mod import;
pub mod inventory;
pub mod krm;
pub mod layout;
pub mod map;
pub mod markup;
pub mod model;
pub mod path;
pub mod plan;
pub mod report;
pub mod rules;
pub mod run;
pub mod transform;
pub mod verify;
pub mod yaml;
