//! `verify`: rendered manifests against what `kubectl get` printed of a cluster. Exit 0 clean, 1 findings of severity error,
//! 2 could not run.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::{Failure, files, note, print, read_stdin, sentence, unbuilt, wants_colour};
use crate::krm::{Item, Severity};
use crate::report::{VerificationFormat, print_verification};
use crate::run;
use crate::verify::{self, EndpointList, Verified};

/// How a comparison is printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum OutputFormat {
    /// For people, in colour on a terminal: tables of pools and Services, then findings
    Text,
    /// For programs: pools, Services, results with their commands
    Json,
    /// Annotations of a GitHub Actions run: the findings
    Github,
}

impl OutputFormat {
    fn format(self) -> VerificationFormat {
        match self {
            Self::Text => VerificationFormat::Text { colour: wants_colour(io::stdout().is_terminal()) },
            Self::Json => VerificationFormat::Json,
            Self::Github => VerificationFormat::Github,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct VerifyArguments {
    /// Rendered manifests of one or several instances: files, directories (read with all below them), or - for stdin
    #[arg(required = true, value_name = "RENDERED")]
    paths: Vec<PathBuf>,
    /// What `kubectl get -o yaml` (or json) printed of the cluster, or - for stdin
    #[arg(long, value_name = "FILE", required_unless_present = "get", conflicts_with = "get")]
    live: Option<PathBuf>,
    /// Print the one command that fetches all that --live needs; Secrets are not fetched
    #[arg(long)]
    get: bool,
    /// With --get: fetch Routes too, for --endpoints on `OpenShift`
    #[arg(long, requires = "get")]
    routes: bool,
    /// What `openstack endpoint list -f json` printed, or - for stdin
    #[arg(long, value_name = "FILE", conflicts_with = "get")]
    endpoints: Option<PathBuf>,
    /// The instance whose endpoints --endpoints lists, where several are rendered
    #[arg(short, long, value_name = "NAMESPACE", requires = "endpoints")]
    namespace: Option<String>,
    /// How findings are printed
    #[arg(short, long, value_enum, default_value = "text")]
    output: OutputFormat,
}

pub(super) fn run(arguments: &VerifyArguments, verbose: bool) -> Result<ExitCode, Failure> {
    refuse_stdin_twice(arguments)?;
    unbuilt::refuse(&arguments.paths, "verify")?;
    let manifests = files::manifests(&arguments.paths, None)?;
    let mut sources = files::sources(&manifests)?;
    let count = sources.len();
    let live =
        arguments.live.as_deref().map(|path| Ok::<_, Failure>((shown(path), text(path)?))).transpose()?;
    if let Some((name, text)) = &live {
        sources.push(files::parse(name, text)?);
    }
    let items = run::items(&sources).map_err(|findings| sentence(&findings))?;
    let (rendered, found): (Vec<Item<'_>>, Vec<Item<'_>>) =
        items.into_iter().partition(|item| item.source < count);
    if rendered.is_empty() {
        return Err(nothing(&arguments.paths));
    }
    let Some((name, text)) = &live else {
        return Ok(print(&format!("{}\n", verify::fetch_command(&rendered, arguments.routes))));
    };
    if text.trim().is_empty() {
        let get = "multi-rhoso verify --get prints the command that fetches it";
        return Err(format!("{name}: it is empty, so kubectl has failed or was not asked; {get}"));
    }
    let list = endpoint_list(arguments, &rendered)?;
    let verified = verify::verify(&rendered, &found, list.as_ref());
    let rendered_sources = sources.get(..count).unwrap_or_default();
    let printed = print(&print_verification(&verified, rendered_sources, arguments.output.format(), verbose));
    Ok(if failed(&verified) { ExitCode::FAILURE } else { printed })
}

fn failed(verified: &Verified) -> bool {
    verified.faults.iter().any(|fault| fault.finding.severity == Severity::Error)
}

/// Keystone's list, and whose it is.
fn endpoint_list(
    arguments: &VerifyArguments,
    rendered: &[Item<'_>],
) -> Result<Option<EndpointList>, Failure> {
    let Some(path) = &arguments.endpoints else { return Ok(None) };
    let instances = verify::instances(rendered);
    let namespace = match (&arguments.namespace, instances.as_slice()) {
        (Some(named), _) if instances.contains(named) => named,
        (None, [only]) => only,
        (_, []) => {
            return Err("--endpoints: no OpenStackControlPlane with a namespace is rendered".to_owned());
        }
        (_, several) => {
            let several = several.join(", ");
            return Err(format!("--endpoints: say whose list it is by --namespace, one of {several}"));
        }
    };
    let list = EndpointList::parse(&text(path)?, namespace);
    list.map(Some).map_err(|error| format!("{}: {error}", shown(path)))
}

fn refuse_stdin_twice(arguments: &VerifyArguments) -> Result<(), Failure> {
    let all = arguments.paths.iter().chain(&arguments.live).chain(&arguments.endpoints);
    match all.filter(|path| path.as_os_str() == "-").count() {
        0 | 1 => Ok(()),
        _ => Err("-: stdin is asked for more than once; give the others as files".to_owned()),
    }
}

fn text(path: &Path) -> Result<String, Failure> {
    if path.as_os_str() == "-" { read_stdin() } else { files::read(path) }
}

fn shown(path: &Path) -> String {
    if path.as_os_str() == "-" { "stdin".to_owned() } else { path.display().to_string() }
}

fn nothing(paths: &[PathBuf]) -> Failure {
    note("note: rendered manifests are what kustomize build prints");
    let given: Vec<String> = paths.iter().map(|path| shown(path)).collect();
    format!("{}: there is no object to compare with the cluster", given.join(", "))
}
