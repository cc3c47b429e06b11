//! `man` and `completions`: what shells and `man` are told of the command line, out of the command line itself.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Command};
use clap_complete::Shell;
use clap_mangen::Man;

use super::replace::Replacement;
use super::{Failure, examples, output, print};

const NAME: &str = "multi-rhoso";

#[derive(Debug, Args)]
pub(super) struct ManArguments {
    /// Write a page for each subcommand into a directory that is missing, empty, or has them already
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub(super) fn completions(shell: Shell) -> ExitCode {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut examples::command(), NAME, &mut script);
    print(&String::from_utf8_lossy(&script))
}

pub(super) fn run(arguments: &ManArguments) -> Result<ExitCode, Failure> {
    let mut command = examples::command().disable_help_subcommand(true);
    command.build();
    match &arguments.output {
        None => Ok(print(&whole(&command)?)),
        Some(directory) => pages(&command, directory),
    }
}

/// One page with a section for each subcommand.
fn whole(command: &Command) -> Result<String, Failure> {
    let mut parts = vec![page(command, NAME)?];
    for (name, subcommand) in subcommands(command, NAME) {
        let own = page(subcommand, &name)?;
        let title = name.replace('-', " ").replacen("multi ", "multi-", 1);
        let about = subcommand.get_about().map(ToString::to_string).unwrap_or_default();
        parts.push(format!(".SH \"{title}\"\n{}\n", escaped(&about)));
        // Its title and name are this page's; its sections are parts of one.
        let sections = own.split("\n.SH ").skip(1).filter(|section| !section.starts_with("NAME"));
        parts.extend(sections.map(|section| format!(".SS {}\n", section.trim_end())));
    }
    Ok(parts.concat())
}

/// A line that begins with a dot or a quote is a command of roff.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('-', "\\-");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}

fn page(command: &Command, name: &str) -> Result<String, Failure> {
    let mut page = Vec::new();
    let named = command.clone().display_name(name.to_owned());
    Man::new(named).render(&mut page).map_err(|error| format!("{name}: {error}"))?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

/// All subcommands and theirs, each with its page's name.
fn subcommands<'c>(command: &'c Command, above: &str) -> Vec<(String, &'c Command)> {
    let own = command.get_subcommands().flat_map(|subcommand| {
        let name = format!("{above}-{}", subcommand.get_name());
        let below = subcommands(subcommand, &name);
        std::iter::once((name, subcommand)).chain(below)
    });
    own.collect()
}

fn pages(command: &Command, directory: &Path) -> Result<ExitCode, Failure> {
    let mut texts = vec![(NAME.to_owned(), page(command, NAME)?)];
    for (name, subcommand) in subcommands(command, NAME) {
        let text = page(subcommand, &name)?;
        texts.push((name, text));
    }
    let all = texts.iter().map(|(name, text)| Replacement {
        path: directory.join(format!("{name}.1")),
        old: None,
        new: text,
        like: None,
    });
    let paths = output::write_all(directory, all.collect())?;
    Ok(print(&paths.into_iter().map(|path| path + "\n").collect::<String>()))
}
