//! `schema`: the config's schema on stdout.

use clap::ValueEnum;

use super::Failure;
use crate::config::{function_definition, json_schema};

/// What is printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum OutputFormat {
    /// JSON Schema of the config, for editors
    JsonSchema,
    /// The function's definition, for KRM orchestrators
    Definition,
}

pub(super) fn run(form: OutputFormat) -> Result<String, Failure> {
    let value = match form {
        OutputFormat::JsonSchema => json_schema(),
        OutputFormat::Definition => function_definition(),
    };
    let text = serde_json::to_string_pretty(&value).map_err(|error| error.to_string())?;
    Ok(format!("{text}\n"))
}
