//! The shape of the sources: who may know whom, how long a file may be, what must not be left behind.

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};

use crate::corpus::PROJECT;

/// Modules from the leaves up: each may use those before it, and nothing after it.
const ORDER: [&str; 23] = [
    "path",
    "markup",
    "yaml",
    "find",
    "address",
    "krm",
    "catalogue",
    "config",
    "plan",
    "inventory",
    "model",
    "context",
    "change",
    "rules",
    "transform",
    "map",
    "draft",
    "import",
    "layout",
    "verify",
    "run",
    "report",
    "cli",
];

/// What a module may not use though it stands before it: leaves know nothing of each other.
const APART: [(&str, &[&str]); 9] = [
    ("address", &["yaml"]),
    ("krm", &["address"]),
    ("catalogue", &["yaml", "krm", "config", "address"]),
    ("model", &["config"]),
    ("draft", &["change", "context", "rules"]),
    ("import", &["config", "plan", "inventory", "context", "change", "rules", "transform", "map", "draft"]),
    ("layout", &["change", "context", "rules", "model", "transform", "inventory", "map", "draft"]),
    ("map", &["config", "context", "change", "transform", "rules"]),
    ("change", &["model", "config", "catalogue", "inventory", "context", "address"]),
];

/// What makes something of one kind of config: `run` chooses it by the kind, and no other room knows it.
const KNOWN_BY_RUN_ALONE: [&str; 1] = ["transform"];

/// The rooms of `src/yaml`, in the same order.
const YAML_ROOMS: [&str; 3] = ["tree", "reading", "editing"];

/// Tables may be long.
const TABLES: [&str; 2] = ["src/catalogue/", "src/rules/table.rs"];

const LINES: usize = 300;

/// All tests of the sources' shape.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("tidy::dependencies_go_one_way", dependencies),
        Trial::test("tidy::dependencies_in_yaml_go_one_way", dependencies_in_yaml),
        Trial::test("tidy::files_are_short", short_files),
        Trial::test("tidy::module_docs", module_docs),
        Trial::test("tidy::nothing_left_behind", nothing_left),
        Trial::test("tidy::the_young_parser_stays_in_its_module", parser_in_yaml),
    ]
}

/// Source files below a directory of the project, with their texts.
pub(crate) fn sources(below: &str) -> Vec<(String, String)> {
    fn visit(directory: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(directory).expect("a directory") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                visit(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    visit(&Path::new(PROJECT).join(below), &mut found);
    found.sort();
    let name = |path: &Path| path.strip_prefix(PROJECT).expect("below the project").display().to_string();
    found.iter().map(|path| (name(path), fs::read_to_string(path).expect("a text"))).collect()
}

fn all(lists: &[&str]) -> Vec<(String, String)> {
    lists.iter().flat_map(|below| sources(below)).collect()
}

pub(crate) fn verdict(complaints: &[String]) -> Result<(), Failed> {
    if complaints.is_empty() { Ok(()) } else { Err(complaints.join("\n").into()) }
}

fn dependencies() -> Result<(), Failed> {
    let mut complaints = Vec::new();
    for (path, text) in sources("src") {
        let module = path.trim_start_matches("src/").split(['/', '.']).next().unwrap_or_default();
        let Some(rank) = ORDER.iter().position(|name| *name == module) else {
            if !matches!(module, "lib" | "main") {
                complaints.push(format!("{path}: {module} has no place in the order of modules"));
            }
            continue;
        };
        for used in uses(&text) {
            let apart = APART.iter().any(|(name, others)| *name == module && others.contains(&used.as_str()));
            let after = ORDER.iter().position(|name| *name == used).is_none_or(|other| other > rank);
            let is_of_run =
                KNOWN_BY_RUN_ALONE.contains(&used.as_str()) && !["run", used.as_str()].contains(&module);
            if apart || after || is_of_run {
                complaints.push(format!("{path} uses crate::{used}"));
            }
        }
    }
    verdict(&complaints)
}

/// A room names itself and those before it as `crate::yaml::ROOM`; what `yaml` hands out would hide which room it is.
fn dependencies_in_yaml() -> Result<(), Failed> {
    let mut complaints = Vec::new();
    for (path, text) in sources("src/yaml").iter().filter(|(path, _)| path != "src/yaml/mod.rs") {
        let room = path.split('/').nth(2).unwrap_or_default();
        let Some(rank) = YAML_ROOMS.iter().position(|name| *name == room) else {
            complaints.push(format!("{path}: {room} is no room of src/yaml"));
            continue;
        };
        let known = YAML_ROOMS.get(..=rank).unwrap_or_default();
        let is_known = |name: &str| known.iter().any(|room| name.starts_with(&format!("yaml::{room}")));
        let mut named = text.split("crate::").skip(1).filter(|name| !name.starts_with("yaml)"));
        let climbs = text.contains("super::super") || (is_door(path) && text.contains("super::"));
        if climbs || !named.all(is_known) {
            complaints.push(format!("{path} uses more than {known:?} of src/yaml"));
        }
    }
    verdict(&complaints)
}

/// Whether a file is the door of a room of `src/yaml`.
fn is_door(path: &str) -> bool {
    path.ends_with("/mod.rs") && path.split('/').count() == 4
}

/// The modules named behind `crate::`.
fn uses(text: &str) -> Vec<String> {
    let word = |rest: &str| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    text.split("crate::").skip(1).map(word).filter(|name: &String| !name.is_empty()).collect()
}

fn short_files() -> Result<(), Failed> {
    let long = all(&["src", "tests"]).into_iter().filter(|(path, text)| {
        text.lines().count() > LINES && !TABLES.iter().any(|table| path.starts_with(table))
    });
    verdict(&long.map(|(path, text)| format!("{path}: {} lines", text.lines().count())).collect::<Vec<_>>())
}

fn module_docs() -> Result<(), Failed> {
    let bare = all(&["src", "tests"]).into_iter().filter(|(_, text)| !text.starts_with("//!"));
    verdict(&bare.map(|(path, _)| format!("{path}: opens without saying what it is for")).collect::<Vec<_>>())
}

fn nothing_left() -> Result<(), Failed> {
    let marks =
        [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("unimplemented", "!"), concat!("todo", "!(")];
    let mut complaints = Vec::new();
    for (path, text) in all(&["src", "tests"]) {
        for mark in marks.iter().filter(|mark| text.contains(**mark)) {
            complaints.push(format!("{path}: {mark}"));
        }
    }
    verdict(&complaints)
}

/// The parser is young and by one author: what can replace it must be one file.
fn parser_in_yaml() -> Result<(), Failed> {
    let others = sources("src").into_iter().filter(|(path, _)| path != "src/yaml/reading/by_event/mod.rs");
    let named = others.filter(|(_, text)| text.contains("granit"));
    verdict(&named.map(|(path, _)| format!("{path} names the YAML parser")).collect::<Vec<_>>())
}
