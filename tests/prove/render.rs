//! Renders manifests as a person does: by kubectl's kustomize, with the built function as its plugin or without
//! it. Knows no cluster.

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::thread;

use serde::Deserialize;
use tempfile::TempDir;

use crate::Outcome;
use crate::manifests::{files, read};

const OVERLAYS: &str = "overlays";
const BASE: &str = "base";
const PLANNED: &str = "planned";

/// What an instance's manifests are made by.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub(crate) enum Way {
    /// The overlay of this name, by the function.
    Overlay(String),
    /// The base with kustomize's own field `namespace` and nothing else.
    Namespace(String),
    /// The base, its text changed by hand.
    ByHand(Vec<Change>),
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    from: String,
    to: String,
}

impl Way {
    pub(crate) fn render(&self) -> Outcome<String> {
        match self {
            Self::Overlay(name) => overlay(name),
            Self::Namespace(namespace) => {
                let place = copy_of_the_base(&[])?;
                let above = place.path().join("above");
                let kustomization = format!("namespace: {namespace}\nresources:\n- ../{BASE}\n");
                write(&above, &[("kustomization.yaml", &kustomization)])?;
                kustomize(&above, None)
            }
            Self::ByHand(changes) if changes.is_empty() => base(BASE),
            Self::ByHand(changes) => kustomize(&copy_of_the_base(changes)?.path().join(BASE), None),
        }
    }
}

/// What one instance's overlay prints.
pub(crate) fn overlay(name: &str) -> Outcome<String> {
    once(name, render_overlay)
}

fn render_overlay(name: &str) -> Outcome<String> {
    kustomize(&overlays().join(name), Some(plugins()?.path()))
}

/// The function as kustomize finds it.
fn plugins() -> Outcome<TempDir> {
    let place = temporary()?;
    run(Command::new(env!("CARGO_BIN_EXE_multi-rhoso"))
        .args(["plugin", "install", "--home"])
        .arg(place.path()))?;
    Ok(place)
}

/// What the overlays of these instances print: a plan and other manifests beside the base, if there is one, and
/// three lines for each instance, in its own overlay.
pub(crate) fn planned(base: bool, beside: &str, plan: &str, instances: &[String]) -> Outcome<Vec<String>> {
    let place = if base { copy_of_the_base(&[])? } else { temporary()? };
    if base {
        // The plan is the scenario's own, and so are the peers.
        let file = place.path().join(BASE).join("kustomization.yaml");
        let text = read(&file)?.replace("- plan.yaml\n", "").replace("- bgp.yaml\n", "");
        fs::write(file, text).map_err(|e| e.to_string())?;
    }
    let below = if base { format!("- ../{BASE}\n") } else { String::new() };
    write(
        &place.path().join(PLANNED),
        &[("kustomization.yaml", &format!("resources:\n{below}- beside.yaml\n")), ("beside.yaml", beside)],
    )?;
    for name in instances {
        let instance = format!(
            "apiVersion: multi-rhoso.dev/v1alpha1\nkind: OpenStackInstance\n\
             metadata: {{name: {name}}}\nspec: {{plan: {plan}}}\n"
        );
        let kustomization = format!("resources:\n- ../{PLANNED}\ntransformers:\n- instance.yaml\n");
        let files = [("kustomization.yaml", kustomization.as_str()), ("instance.yaml", &instance)];
        write(&place.path().join(name), &files)?;
    }
    let plugins = plugins()?;
    side_by_side(instances, |name| kustomize(&place.path().join(name), Some(plugins.path())))
}

/// As many at a time as there are processors.
fn side_by_side(
    instances: &[String],
    render: impl Fn(&String) -> Outcome<String> + Sync,
) -> Outcome<Vec<String>> {
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let render = &render;
    let parts = thread::scope(|scope| {
        let parts = instances.chunks(instances.len().div_ceil(processors).max(1));
        let all = |part: &[String]| part.iter().map(render).collect::<Outcome<Vec<String>>>();
        let parts: Vec<_> = parts.map(|part| scope.spawn(move || all(part))).collect();
        parts.into_iter().map(|part| part.join().unwrap()).collect::<Outcome<Vec<_>>>()
    });
    Ok(parts?.concat())
}

fn write(directory: &Path, files: &[(&str, &str)]) -> Outcome<()> {
    let write = || {
        fs::create_dir(directory)?;
        files.iter().try_for_each(|(name, text)| fs::write(directory.join(name), text))
    };
    write().map_err(|e| e.to_string())
}

/// What a base is, without the function.
pub(crate) fn base(name: &str) -> Outcome<String> {
    once(name, |name| kustomize(&overlays().join(name), None))
}

/// What an administrator of Argo CD applies.
pub(crate) fn argocd(directory: &str) -> Outcome<String> {
    kustomize(&Path::new(env!("CARGO_MANIFEST_DIR")).join("argocd").join(directory), None)
}

/// Scenarios ask for the same again, and kubectl is slow to start.
fn once(name: &str, make: impl Fn(&str) -> Outcome<String>) -> Outcome<String> {
    static MADE: Mutex<BTreeMap<String, String>> = Mutex::new(BTreeMap::new());
    if let Some(text) = MADE.lock().unwrap().get(name) {
        return Ok(text.clone());
    }
    let text = make(name)?;
    MADE.lock().unwrap().insert(name.to_owned(), text.clone());
    Ok(text)
}

/// What the function prints of some manifests, or why it refuses.
pub(crate) fn transform_text(manifests: &str, config: &str) -> Outcome<String> {
    let place = temporary()?;
    let (file, instance) = (place.path().join("manifests.yaml"), place.path().join("instance.yaml"));
    fs::write(&file, manifests).and_then(|()| fs::write(&instance, config)).map_err(|e| e.to_string())?;
    run(Command::new(env!("CARGO_BIN_EXE_multi-rhoso")).arg("eval").arg(&file).arg("--config").arg(&instance))
}

pub(crate) fn overlays() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(OVERLAYS)
}

fn kustomize(directory: &Path, plugins: Option<&Path>) -> Outcome<String> {
    let mut command = Command::new("kubectl");
    command.arg("kustomize").arg(directory);
    if let Some(plugins) = plugins {
        command.arg("--enable-alpha-plugins").env("KUSTOMIZE_PLUGIN_HOME", plugins);
    }
    run(&mut command)
}

fn copy_of_the_base(changes: &[Change]) -> Outcome<TempDir> {
    let place = temporary()?;
    let copy = place.path().join(BASE);
    fs::create_dir(&copy).map_err(|e| e.to_string())?;
    for file in files(&overlays().join(BASE), "yaml")? {
        let text = changes.iter().fold(read(&file)?, |text, change| text.replace(&change.from, &change.to));
        let name = file.file_name().ok_or("a file without a name")?;
        fs::write(copy.join(name), text).map_err(|e| e.to_string())?;
    }
    Ok(place)
}

fn temporary() -> Outcome<TempDir> {
    tempfile::tempdir().map_err(|e| e.to_string())
}

fn run(command: &mut Command) -> Outcome<String> {
    let output = command.output().map_err(|e| format!("{command:?}: {e}"))?;
    if output.status.success() {
        return String::from_utf8(output.stdout).map_err(|e| e.to_string());
    }
    Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)))
}
