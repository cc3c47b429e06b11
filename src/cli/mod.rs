//! The command line: what was asked for. Thin: reads and writes, and leaves the work to `run`.

mod bounded;
mod catalogue;
mod check;
mod crds;
mod eval;
mod examples;
mod explain;
mod files;
mod fresh;
mod import;
mod init;
mod legacy;
mod man;
mod map;
mod new;
mod output;
mod patch;
mod plan;
mod plugin;
mod remove;
mod replace;
mod schema;
mod tree;
mod unbuilt;
mod verify;

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, FromArgMatches, Parser, Subcommand};
use clap_complete::Shell;

use crate::krm::{Finding, Severity};
use crate::report::escaped;
use crate::run::{self, Output};

/// What is wrong with files, streams or arguments: one sentence.
pub(crate) type Failure = String;

/// Turn the manifests of one OpenStack on OpenShift instance into those of another.
///
/// Without a subcommand this is a KRM function: a ResourceList on stdin, a ResourceList on stdout. kustomize, kpt and
/// Argo CD call it so. With a config file as its only argument and plain documents on stdin it is a kustomize plugin.
#[derive(Debug, Parser)]
#[command(name = "multi-rhoso", version)]
struct Cli {
    /// Say informational results too
    #[arg(short, long, global = true)]
    verbose: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read manifests from files, directories or - (stdin), and print them as the instance's, or change the files
    Eval(eval::EvalArguments),
    /// Print what a config would change in manifests, and why; or what a rule means
    Explain(explain::ExplainArguments),
    /// Print what is to be done to live objects, and in which order: JSON patches that test what they change, and commands
    Patch(patch::PatchArguments),
    /// List all rules
    Rules,
    /// Draw the address space of one or several instances
    Map {
        /// Files, directories (read with all below them), or - for stdin
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// What to print
        #[arg(short, long, value_enum, default_value = "text")]
        output: map::OutputFormat,
    },
    /// Check manifests of one or several instances by the rules alone: exit 0 clean, 1 errors, 2 could not run, or nothing
    /// there to check
    Check(CheckArguments),
    /// Hold the tables of this program against CRDs: which override paths, fields and kinds either does not know
    Catalogue(catalogue::CatalogueArguments),
    /// Compare rendered manifests with what kubectl fetched of a cluster: what is otherwise, why, and the command that mends
    /// it: exit 0 clean, 1 errors, 2 could not run
    Verify(verify::VerifyArguments),
    /// Print the address plan of a cluster's instances: what each slot has, which are free, how many fit; and check it
    Plan(plan::PlanArguments),
    /// Add an instance to a tree of overlays: its slot in the plan, its overlay, its place in the fleet; or lay out a tree
    New(new::NewArguments),
    /// Take an instance out of a tree of overlays
    Remove(remove::RemoveArguments),
    /// Make a base of live objects, as kubectl get -o yaml prints them: without what the cluster wrote and makes itself
    Import(import::ImportArguments),
    /// Print the schema of a function config
    Schema(schema::SchemaArguments),
    /// Install this program where kustomize looks for plugins, compare it with what is there, or remove it
    Plugin {
        #[command(subcommand)]
        command: plugin::PluginCommand,
    },
    /// Print a shell's script that completes this program's arguments
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page, or write one for each subcommand
    Man(man::ManArguments),
}

#[derive(Debug, Args)]
struct CheckArguments {
    /// Files, directories (read with all below them), or - for stdin
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Take each PATH for a stage that is applied after those before it: of what several define, the last one's counts
    #[arg(long)]
    stages: bool,
    /// A config that sets rules' levels and MetalLB's namespace: a FleetCheck, or an OpenStackInstance
    #[arg(short, long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// A file or directory of CRDs, or - for stdin: what they say of a kind's fields is taken in place of what this
    /// program knows of it; may be repeated
    #[arg(long = "crd", value_name = "FILE")]
    crds: Vec<PathBuf>,
    /// How findings are printed
    #[arg(short, long, value_enum, default_value = "text")]
    output: check::OutputFormat,
}

/// Runs the program with the process's arguments and streams.
#[must_use]
pub fn main() -> ExitCode {
    if let Some(config) = legacy::config_argument() {
        return finish(legacy::run(&config), false);
    }
    let parsed = examples::command().try_get_matches();
    let cli = match parsed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        // Help and version are output like any other.
        Err(said) if !said.use_stderr() => return print(&said.render().to_string()),
        Err(wrong) => wrong.exit(),
    };
    match cli.command {
        // Nobody types a ResourceList.
        None if io::stdin().is_terminal() => print(&examples::command().render_help().to_string()),
        None => finish(read_stdin().map(|text| run::function(&text)), cli.verbose),
        Some(Command::Eval(arguments)) => {
            eval::run(&arguments, cli.verbose).unwrap_or_else(|failure| fail(&failure))
        }
        Some(Command::Explain(arguments)) => {
            explain::run(&arguments, cli.verbose).unwrap_or_else(|failure| fail(&failure))
        }
        Some(Command::Patch(arguments)) => {
            patch::run(&arguments, cli.verbose).unwrap_or_else(|failure| fail(&failure))
        }
        Some(Command::Rules) => explain::rules(),
        Some(Command::Map { paths, output }) => match map::run(&paths, output) {
            Ok(text) => print(&text),
            Err(failure) => fail(&failure),
        },
        Some(Command::Check(arguments)) => {
            check::run(&arguments, cli.verbose).unwrap_or_else(|failure| fail(&failure))
        }
        Some(Command::Catalogue(arguments)) => {
            catalogue::run(&arguments).unwrap_or_else(|failure| fail(&failure))
        }
        Some(Command::Verify(arguments)) => {
            verify::run(&arguments, cli.verbose).unwrap_or_else(|failure| fail(&failure))
        }
        Some(Command::Plan(arguments)) => plan::run(&arguments).unwrap_or_else(|failure| fail(&failure)),
        Some(Command::New(arguments)) => new::run(&arguments).unwrap_or_else(|failure| fail(&failure)),
        Some(Command::Remove(arguments)) => remove::run(&arguments).unwrap_or_else(|failure| fail(&failure)),
        Some(Command::Import(arguments)) => {
            import::run(&arguments, cli.verbose).unwrap_or_else(|failure| fail(&failure))
        }
        Some(Command::Schema(arguments)) => match schema::run(&arguments) {
            Ok(text) => print(&text),
            Err(failure) => fail(&failure),
        },
        Some(Command::Completions { shell }) => man::completions(shell),
        Some(Command::Man(arguments)) => man::run(&arguments).unwrap_or_else(|failure| fail(&failure)),
        Some(Command::Plugin { command }) => plugin::run(command).unwrap_or_else(|failure| fail(&failure)),
    }
}

/// Everything on stdin.
fn read_stdin() -> Result<String, Failure> {
    utf8(bounded::stdin()?, "stdin")
}

/// Bytes as text; YAML may be UTF-16 too, which no tool of this chain writes.
fn utf8(bytes: Vec<u8>, name: &str) -> Result<String, Failure> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(format!("{name}: it is UTF-16; save it as UTF-8"));
    }
    String::from_utf8(bytes).map_err(|error| {
        format!("{name}: byte {} is not UTF-8; save it as UTF-8", error.utf8_error().valid_up_to())
    })
}

/// Prints the texts and the findings. A failed run prints its input's list, if that is what it read, and exits 1.
fn finish(output: Result<Output, Failure>, verbose: bool) -> ExitCode {
    match output {
        Err(failure) => fail(&failure),
        Ok(output) => {
            say(&output.findings, verbose);
            let printed = print(&output.texts.concat());
            if output.failed { ExitCode::FAILURE } else { printed }
        }
    }
}

/// One line each on stderr, which is all that kustomize shows.
fn say(findings: &[Finding], verbose: bool) {
    let shown = findings.iter().filter(|finding| verbose || finding.severity != Severity::Info);
    let lines: Vec<String> = shown.map(|finding| format!("{}\n", escaped(&finding.to_string()))).collect();
    tell(&lines.concat());
}

/// Findings that kept a run from beginning, as one failure.
fn sentence(findings: &[Finding]) -> Failure {
    let each: Vec<String> = findings.iter().map(|finding| finding.message.clone()).collect();
    each.join("; ")
}

/// A line on stderr, whatever the names in it are.
fn note(line: &str) {
    tell(&format!("{}\n", escaped(line)));
}

/// Writes to stderr; where that is closed there is nobody to tell.
fn tell(text: &str) {
    io::stderr().write_all(text.as_bytes()).unwrap_or_default();
}

/// In colour on a terminal, and not where `NO_COLOR` asks for none (no-color.org).
fn wants_colour(is_terminal: bool) -> bool {
    is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

fn print(text: &str) -> ExitCode {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        // The reader has seen enough (`| head`).
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => fail(&format!("stdout: {error}")),
    }
}

fn fail(failure: &str) -> ExitCode {
    note(&format!("error: {failure}"));
    ExitCode::from(2)
}
