//! The KRM function protocol: resource lists, plain streams, items and results.
//!
//! Source: the KRM Functions Specification, `config.kubernetes.io/v1` (kustomize, `cmd/config/docs/api-conventions`).
//! This module must not know `OpenStack`, MetalLB, or what the function does to an item.

pub mod base64;
mod finding;
mod findings;
mod item;
mod kubectl;
mod list;
mod syntax;

pub use finding::{Field, File, Finding, Severity, Side, SourceSpan, at_most, field_path, listed};
pub use findings::Findings;
pub use item::{Item, ResourceRef};
pub use kubectl::{kind_argument, shell_word};
pub use list::{ITEMS, Source, SourceKind, results_value};
pub use syntax::{is_dns_label, is_label_value};
