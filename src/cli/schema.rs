//! `schema`: the schema of a config kind on stdout.

use clap::{Args, ValueEnum};

use super::Failure;
use crate::config::{ConfigKind, KINDS, function_definition, json_schema};

/// Which kind, and what is printed of it.
#[derive(Debug, Args)]
pub(super) struct SchemaArguments {
    /// The config kind
    #[arg(value_name = "KIND", default_value = "OpenStackInstance", value_parser = kind)]
    kind: ConfigKind,
    /// What to print
    #[arg(short, long, value_enum, default_value = "json-schema")]
    output: OutputFormat,
}

/// What is printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum OutputFormat {
    /// JSON Schema of the config, for editors
    JsonSchema,
    /// The function's definition, for KRM orchestrators
    Definition,
}

fn kind(name: &str) -> Result<ConfigKind, Failure> {
    let own = || KINDS.iter().filter(|kind| kind.is_own());
    own().find(|kind| kind.kind.eq_ignore_ascii_case(name)).copied().ok_or_else(|| {
        let known: Vec<_> = own().map(|kind| kind.kind).collect();
        format!("there is no such config kind; write {}", known.join(" or "))
    })
}

pub(super) fn run(arguments: &SchemaArguments) -> Result<String, Failure> {
    let value = match arguments.output {
        OutputFormat::JsonSchema => json_schema(&arguments.kind),
        OutputFormat::Definition => function_definition(&arguments.kind),
    };
    let text = serde_json::to_string_pretty(&value).map_err(|error| error.to_string())?;
    Ok(format!("{text}\n"))
}
