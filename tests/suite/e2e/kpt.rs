//! kpt: edits a package of files in place, so comments, untouched bytes and failures matter more than elsewhere.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::Failed;

use super::kustomize::expected;
use super::objects;
use super::podman::{IMAGE, engine};
use super::process;
use super::sandbox::{BINARY, Mechanism, Sandbox};
use super::tools::{self, Tool};
use super::{Case, Outcome};

const KPTFILE: &str = "\
apiVersion: kpt.dev/v1
kind: Kptfile
metadata:
  name: instance
pipeline:
  mutators:
  - exec: BINARY
    configMap:
";

/// A key that `MetalLB` does not know: it minds the case.
const MISSPELT: &str = "\
apiVersion: v1
kind: Service
metadata:
  name: extra
  namespace: openstack
  annotations:
    metallb.universe.tf/address-pool: internalapi
    metallb.universe.tf/LoadBalancerIPs: 172.17.0.88
spec:
  type: LoadBalancer
  ports:
  - port: 80
";

/// The config of `overlays/openstack2` flat, as kpt has it.
const SETTINGS: [(&str, &str); 2] = [("plan", "plan"), ("namespace", "openstack2")];

/// The instance, as kpt's arguments give it.
fn arguments() -> Vec<String> {
    let each = SETTINGS.into_iter().map(|(key, text)| format!("{key}={text}"));
    ["--".to_owned()].into_iter().chain(each).collect()
}

/// What is tested here.
pub(crate) fn cases() -> Vec<Case> {
    let kpt = [Tool::Kpt];
    let image = [Tool::Kpt, Tool::Podman, Tool::StaticBinary];
    vec![
        Case::new("kpt::eval_exec_same_objects", &kpt, || gives_the_instance(Way::Exec)),
        Case::new("kpt::eval_image_same_objects", &image, || gives_the_instance(Way::Image)),
        Case::new("kpt::render_same_objects", &kpt, || gives_the_instance(Way::Render)),
        Case::new("kpt::second_run_changes_nothing", &kpt, second_run),
        Case::new("kpt::comments_survive", &kpt, comments_survive),
        Case::new("kpt::failure_leaves_files_alone", &kpt, failure),
        Case::new("kpt::results_are_shown", &kpt, results_are_shown),
    ]
}

/// The ways in which kpt reaches the function.
#[derive(Clone, Copy)]
enum Way {
    Exec,
    Image,
    Render,
}

/// A package, and the sandbox around it.
pub(crate) struct Package {
    pub(crate) sandbox: Sandbox,
    pub(crate) directory: PathBuf,
}

impl Package {
    /// The base, as a package.
    pub(crate) fn new() -> Result<Self, Failed> {
        let sandbox = Sandbox::new(Mechanism::Exec)?;
        let directory = sandbox.path("overlays/base");
        Ok(Self { sandbox, directory })
    }

    /// `kpt fn WORD DIRECTORY`.
    fn kpt(&self, word: &str) -> Result<Command, Failed> {
        let mut command = self.sandbox.command(tools::path(Tool::Kpt)?)?;
        command.args(["fn", word]).arg(&self.directory);
        Ok(command)
    }

    /// `kpt fn eval DIRECTORY --exec multi-rhoso -- …`.
    pub(crate) fn eval(&self, arguments: &[impl AsRef<OsStr>]) -> Result<Command, Failed> {
        let mut command = self.kpt("eval")?;
        command.args(["--exec", BINARY]).args(arguments);
        Ok(command)
    }

    /// Every file's text.
    fn texts(&self) -> Result<BTreeMap<PathBuf, String>, Failed> {
        let read = |path: PathBuf| Ok((path.clone(), fs::read_to_string(path)?));
        objects::files(&self.directory)?.into_iter().map(read).collect()
    }
}

fn gives_the_instance(way: Way) -> Outcome {
    let package = Package::new()?;
    let mut command = match way {
        Way::Exec => package.eval(&arguments())?,
        Way::Image => by_image(&package)?,
        Way::Render => by_pipeline(&package)?,
    };
    process::ok(&mut command)?;
    objects::same(&objects::objects(&expected("openstack2")?)?, &objects::in_directory(&package.directory)?)
}

fn by_image(package: &Package) -> Result<Command, Failed> {
    let mut command = package.kpt("eval")?;
    // The name of the setting has changed; either kpt finds its own.
    command.envs([("KPT_FN_RUNTIME", "podman"), ("KRM_FN_RUNTIME", "podman")]);
    engine()?.settle(&mut command);
    command.args(["--image", IMAGE]).args(arguments());
    Ok(command)
}

fn by_pipeline(package: &Package) -> Result<Command, Failed> {
    let settings = SETTINGS.into_iter().map(|(key, text)| format!("      {key}: '{text}'\n"));
    let file = KPTFILE.replace("BINARY", BINARY) + &settings.collect::<String>();
    fs::write(package.directory.join("Kptfile"), file)?;
    let mut command = package.kpt("render")?;
    command.arg("--allow-exec");
    Ok(command)
}

fn second_run() -> Outcome {
    let package = Package::new()?;
    process::ok(&mut package.eval(&arguments())?)?;
    let first = package.texts()?;
    objects::same(&objects::objects(&expected("openstack2")?)?, &objects::in_directory(&package.directory)?)?;
    let ran = process::ok(&mut package.eval(&arguments())?)?;
    if package.texts()? == first { Ok(()) } else { Err(ran.complain("the second run changed a file")) }
}

fn comments_survive() -> Outcome {
    let package = Package::new()?;
    let before: Vec<String> = package.texts()?.values().flat_map(|text| comments(text)).collect();
    if before.len() < 15 {
        return Err(format!("the base should have comments to lose, not just {before:?}").into());
    }
    let ran = process::ok(&mut package.eval(&arguments())?)?;
    let after: Vec<String> = package.texts()?.values().flat_map(|text| comments(text)).collect();
    if after == before {
        Ok(())
    } else {
        Err(ran.complain(&format!("before: {before:#?}\nafter: {after:#?}")))
    }
}

/// The comments of a file of the base, which has no other `# `.
fn comments(text: &str) -> Vec<String> {
    text.lines().filter_map(|line| Some(line.get(line.find("# ")?..)?.to_owned())).collect()
}

fn failure() -> Outcome {
    let package = Package::new()?;
    let before = package.texts()?;
    let wrong = ["--", "namespase=openstack2", "fromNamespace=openstack"];
    let ran = process::fails(&mut package.eval(&wrong)?, "namespase")?;
    if package.texts()? == before { Ok(()) } else { Err(ran.complain("a failed run changed a file")) }
}

fn results_are_shown() -> Outcome {
    let package = Package::new()?;
    fs::write(package.directory.join("extra.yaml"), MISSPELT)?;
    let results = package.sandbox.path("results");
    let mut command = package.kpt("eval")?;
    command.arg("--results-dir").arg(&results).args(["--exec", BINARY]).args(arguments());
    let ran = process::ok(&mut command)?;
    let written = fs::read_to_string(Path::new(&results).join("results.yaml"))?;
    let shown = ran.stderr.contains("[warning] v1/Service/openstack2/extra")
        || ran.stderr.contains("[warning] v1/Service/openstack/extra");
    if shown && written.contains("metallb.universe.tf/loadBalancerIPs") {
        return Ok(());
    }
    Err(ran.complain(&format!("the misspelt key is not reported; results.yaml:\n{written}")))
}
