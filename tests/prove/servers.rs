//! The processes that the proof starts, their directory and their logs. They end with the process namespace.
//! Knows what a process is, not which ones there are.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use crate::Outcome;

pub(crate) struct Servers {
    /// Holds their data, their credentials and their logs.
    pub(crate) run: PathBuf,
    started: Mutex<Vec<Server>>,
}

struct Server {
    name: String,
    process: Child,
}

impl Servers {
    /// Nothing is started yet. The directory is in memory and in a mount namespace of our own: gone with the
    /// last process, never on disk.
    pub(crate) fn new(run: PathBuf) -> Outcome<Self> {
        fs::create_dir_all(&run).map_err(|e| e.to_string())?;
        command("mount", &["-t", "tmpfs", "prove", &run.to_string_lossy()])?;
        Ok(Self { run, started: Mutex::default() })
    }

    pub(crate) fn spawn(
        &self,
        name: &str,
        program: &Path,
        environment: &[(&str, &str)],
        arguments: &[&str],
    ) -> Outcome<()> {
        let log = File::create(self.log_file(name)).map_err(|e| e.to_string())?;
        let process = Command::new(program)
            .args(arguments)
            .current_dir(&self.run)
            .env("TMPDIR", &self.run)
            // They live for a minute: memory is cheaper than to go through it again and again.
            .env("GOGC", "400")
            .env("KUBECACHEDIR", self.run.join("cache"))
            .env("KUBECONFIG", self.run.join("kubeconfig"))
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(log.try_clone().map_err(|e| e.to_string())?)
            .stderr(log)
            .spawn()
            .map_err(|e| format!("{}: {e}", program.display()))?;
        self.started.lock().unwrap().push(Server { name: name.to_owned(), process });
        Ok(())
    }

    /// Waits until something holds, or a server has died, or a minute has passed.
    pub(crate) fn wait(&self, what: &str, holds: impl Fn() -> bool) -> Outcome<()> {
        let deadline = Instant::now() + Duration::from_mins(1);
        while !holds() {
            for server in self.started.lock().unwrap().iter_mut() {
                if let Ok(Some(status)) = server.process.try_wait() {
                    return Err(format!(
                        "{} ended with {status}:\n{}",
                        server.name,
                        self.log_end(&server.name)
                    ));
                }
            }
            if Instant::now() > deadline {
                return Err(format!("{what} is not ready after a minute"));
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// How much a server has logged so far.
    pub(crate) fn log_length(&self, name: &str) -> u64 {
        fs::metadata(self.log_file(name)).map_or(0, |file| file.len())
    }

    /// What it has logged since then.
    pub(crate) fn log_since(&self, name: &str, length: u64) -> String {
        let mut raw = Vec::new();
        let read = File::open(self.log_file(name)).and_then(|mut file| {
            file.seek(SeekFrom::Start(length))?;
            file.read_to_end(&mut raw)
        });
        read.map_or_else(|error| error.to_string(), |_| String::from_utf8_lossy(&raw).into_owned())
    }

    fn log_end(&self, name: &str) -> String {
        let log = self.log_since(name, 0);
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }

    fn log_file(&self, name: &str) -> PathBuf {
        self.run.join(name).with_extension("log")
    }

    /// Copies the logs out of the directory that vanishes.
    pub(crate) fn keep_logs(&self, place: &Path) {
        let copy = |server: &Server| {
            fs::copy(self.log_file(&server.name), place.join(&server.name).with_extension("log")).is_ok()
        };
        if fs::create_dir_all(place).is_ok() && self.started.lock().unwrap().iter().all(copy) {
            eprintln!("prove: the servers' logs are in {}", place.display());
        }
    }
}

/// Runs a program to its end; its error output becomes ours.
pub(crate) fn command(program: &str, arguments: &[&str]) -> Outcome<String> {
    let output = Command::new(program).args(arguments).output().map_err(|e| format!("{program}: {e}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(format!("{program} {}: {complaint}", arguments.join(" ")))
}
