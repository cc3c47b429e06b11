//! One test's own Argo CD: the real repo-server, where asked the sidecar's plugin servers, a repository with the overlays,
//! and the settings that `argocd/` renders.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use libtest_mimic::Failed;

use super::super::process::{self, Ran};
use super::super::sandbox::{Mechanism, PROJECT, Sandbox};
use super::super::tools::{self, Tool};

/// Where the sidecar has its configuration, in a cluster.
const CONFIGURATION: &str = "/home/argocd/cmp-server/config";

/// How long a server may take to listen.
const PATIENCE: Duration = Duration::from_mins(1);

/// The running servers, which end with it.
pub(super) struct Site {
    pub(super) sandbox: Sandbox,
    servers: Vec<Child>,
    port: u16,
}

impl Site {
    /// A repo-server with the program where `argocd/plugin` puts it, and the overlays of the project committed.
    pub(super) fn new() -> Result<Self, Failed> {
        let sandbox = Sandbox::new(Mechanism::Plugin)?;
        symlink(tools::path(Tool::Kustomize)?, sandbox.path("bin/kustomize"))?;
        for directory in ["home", "tmp", "sockets", "work"] {
            fs::create_dir(sandbox.path(directory))?;
        }
        for settings in ["plugin", "sidecar"] {
            let built = built(settings)?;
            sandbox.write(&format!("{settings}.yaml"), &built)?;
        }
        let mut site = Self { sandbox, servers: Vec::new(), port: free_port()? };
        site.git(&["init", "--quiet", "--initial-branch=main"])?;
        site.commit()?;
        let (port, metrics) = (site.port.to_string(), free_port()?.to_string());
        let loopback = ["--disable-tls", "--address=127.0.0.1", "--metrics-address=127.0.0.1"];
        let mut server = site.argocd()?;
        server.arg("argocd-repo-server").args(loopback).args(["--port", &port, "--metrics-port", &metrics]);
        site.start(server)?;
        let address = ("127.0.0.1", site.port);
        wait_until("the repo-server listens", || TcpStream::connect(address).is_ok())?;
        Ok(site)
    }

    /// The plugin server of `argocd/sidecar`, with what `edit` makes of its configuration.
    pub(super) fn sidecar(&mut self, name: &str, edit: impl Fn(String) -> String) -> Result<(), Failed> {
        let own = self.sandbox.path(format!("config-{name}"));
        fs::create_dir(&own)?;
        let shipped = Path::new(PROJECT).join("argocd/sidecar");
        fs::copy(shipped.join("generate.sh"), own.join("generate.sh"))?;
        let text = fs::read_to_string(shipped.join("plugin.yaml"))?;
        let here = text.replace(CONFIGURATION, own.to_str().ok_or("a path is no text")?);
        fs::write(own.join("plugin.yaml"), edit(here))?;
        let mut server = self.argocd()?;
        server.arg("argocd-cmp-server").arg("--config-dir-path").arg(own);
        self.start(server)?;
        let socket = self.sandbox.path(format!("sockets/{name}.sock"));
        wait_until("the plugin server listens", || socket.exists())
    }

    fn start(&mut self, mut server: Command) -> Result<(), Failed> {
        server.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.servers.push(server.spawn()?);
        Ok(())
    }

    /// The program, in an environment of its own.
    fn argocd(&self) -> Result<Command, Failed> {
        let mut command = self.sandbox.command(tools::path(Tool::ArgoCd)?)?;
        command.env("ARGOCD_GPG_ENABLED", "false").env("HOME", self.sandbox.path("home"));
        for (variable, below) in [
            ("TMPDIR", "tmp"),
            ("ARGOCD_PLUGINSOCKFILEPATH", "sockets"),
            ("ARGOCD_CMP_WORKDIR", "work"),
            ("ARGOCD_ASK_PASS_SOCK", "ask"),
        ] {
            command.env(variable, self.sandbox.path(below));
        }
        Ok(command)
    }

    fn git(&self, arguments: &[&str]) -> Result<(), Failed> {
        let mut git = self.sandbox.command(tools::path(Tool::Git)?)?;
        git.env("HOME", self.sandbox.path("home")).env("GIT_CONFIG_NOSYSTEM", "1");
        git.args(["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"]);
        process::ok(git.args(arguments)).map(drop)
    }

    /// What is below `overlays` now is what Argo CD sees from now on.
    pub(super) fn commit(&self) -> Result<(), Failed> {
        self.git(&["add", "--all", "overlays"])?;
        self.git(&["commit", "--quiet", "--message=overlays"])
    }

    /// The repository's URL.
    pub(super) fn repository(&self) -> String {
        format!("file://{}", self.sandbox.path("").display())
    }

    /// An Application with a single source; `how` is its `kustomize:` or `plugin:`, if any.
    pub(super) fn application(&self, path: &str, how: &str) -> String {
        let repository = self.repository();
        let header = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: one}\nspec:\n  \
                      project: default\n  destination: {namespace: one}\n";
        format!(
            "{header}  source: {{repoURL: \"{repository}\", targetRevision: main, path: {path}, {how}}}\n"
        )
    }

    /// Asks for an Application's manifests, as the application controller does; `settings` is a directory of `argocd/`.
    pub(super) fn manifests(&self, settings: &str, application: &str) -> Result<Ran, Failed> {
        self.sandbox.write("application.yaml", application)?;
        self.ask("manifests", &["--settings", &format!("{settings}.yaml"), "application.yaml"])
    }

    /// Runs a subcommand that asks the repo-server.
    pub(super) fn ask(&self, subcommand: &str, arguments: &[&str]) -> Result<Ran, Failed> {
        let server = format!("--server=127.0.0.1:{}", self.port);
        process::run(self.argocd()?.args([subcommand, &server]).args(arguments))
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        for server in &mut self.servers {
            // The plugin server does not end by itself, and one that is gone needs no end.
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

/// What kustomize makes of a directory of `argocd/`.
pub(super) fn built(directory: &str) -> Result<String, Failed> {
    let mut build = Command::new(tools::path(Tool::Kustomize)?);
    Ok(process::ok(build.arg("build").arg(Path::new(PROJECT).join("argocd").join(directory)))?.stdout)
}

fn free_port() -> Result<u16, Failed> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) -> Result<(), Failed> {
    let step = Duration::from_millis(50);
    for _ in 0..PATIENCE.as_millis() / step.as_millis() {
        if is_so() {
            return Ok(());
        }
        sleep(step);
    }
    Err(format!("in vain for {PATIENCE:?}: {what}").into())
}
