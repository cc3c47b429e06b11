//! What `--help` shows at its end: an example of each subcommand, and what the exit codes say.

use clap::{Command, CommandFactory};

use super::Cli;

/// Of the whole program.
const EXIT_CODES: &str = "\
Exit codes:
  0  Done; of check and catalogue: nothing was found; of eval --diff: nothing would change
  1  Findings that are errors; of catalogue: differences; of eval --diff: something would change
  2  Could not run: arguments, files, or nothing there to work on

Without a subcommand a failed run prints its input's items with the reasons as results, and exits 1.";

/// The examples by subcommand.
const EXAMPLES: [(&str, &str); 16] = [
    ("eval", "multi-rhoso eval overlays/base --config openstack2.yaml --diff"),
    ("explain", "multi-rhoso explain overlays/base --config openstack2.yaml"),
    ("rules", "multi-rhoso rules"),
    ("map", "kustomize build --enable-alpha-plugins overlays/fleet | multi-rhoso map - -o html > map.html"),
    ("check", "kustomize build --enable-alpha-plugins overlays/openstack2 | multi-rhoso check -"),
    (
        "catalogue",
        "kubectl get crd openstackcontrolplanes.core.openstack.org -o yaml | multi-rhoso catalogue --crd -",
    ),
    ("plan", "multi-rhoso plan overlays/base -o markdown"),
    ("new", "multi-rhoso new openstack4 overlays"),
    ("remove", "multi-rhoso remove openstack4 overlays"),
    (
        "import",
        "kubectl get -n openstack openstackcontrolplane,netconfig -o yaml | multi-rhoso import - --output base",
    ),
    ("patch", "multi-rhoso patch live.yaml --config openstack.yaml --output steps"),
    ("verify", "multi-rhoso verify openstack2.yaml --live live.yaml"),
    ("schema", "multi-rhoso schema AddressPlan > addressplan.schema.json"),
    ("plugin", "multi-rhoso plugin install"),
    ("completions", "multi-rhoso completions bash > ~/.local/share/bash-completion/completions/multi-rhoso"),
    ("man", "multi-rhoso man > ~/.local/share/man/man1/multi-rhoso.1"),
];

/// The command line with what its help ends with.
pub(super) fn command() -> Command {
    let with_example = |subcommand: Command| match example(subcommand.get_name()) {
        Some(example) => subcommand.after_help(format!("Example:\n  {example}")),
        None => subcommand,
    };
    Cli::command().after_help(EXIT_CODES).mut_subcommands(with_example)
}

fn example(subcommand: &str) -> Option<&'static str> {
    EXAMPLES.iter().find(|(name, _)| *name == subcommand).map(|(_, example)| *example)
}

#[cfg(test)]
mod tests {
    use super::{EXAMPLES, command, example};

    #[test]
    fn every_subcommand_has_an_example_that_is_taken() {
        for subcommand in command().get_subcommands() {
            let name = subcommand.get_name();
            let example = example(name).unwrap_or_else(|| panic!("{name} has no example"));
            let own =
                example.split(" | ").find(|part| part.starts_with("multi-rhoso ")).expect("our own part");
            let words = own.split(" > ").next().unwrap_or_default().split(' ');
            let taken =
                command().try_get_matches_from(words).unwrap_or_else(|error| panic!("{example}: {error}"));
            assert_eq!(taken.subcommand_name(), Some(name));
        }
        assert_eq!(EXAMPLES.len(), command().get_subcommands().count());
    }
}
