//! End to end: the built binary under the real kustomize, kubectl, kpt and podman.
//!
//! These tests start other people's programs. `make test` provides the programs and names their directory in
//! `MULTI_RHOSO_TOOLS`; without it nothing here runs, and the report at the end says how many tests that were.

mod argocd;
mod ci;
mod fleet;
mod kpt;
mod kpt_package;
mod kustomize;
mod names;
mod new;
mod nmstate;
mod objects;
mod pages;
mod plans;
mod podman;
pub(crate) mod process;
pub(crate) mod sandbox;
mod stages;
mod stages_page;
mod tools;
mod ways_in;

use libtest_mimic::{Failed, Trial};

use tools::{NotRun, Tool, Tools};

/// What every test gives.
type Outcome = Result<(), Failed>;

/// A test, the programs that it cannot do without, and what it does.
struct Case {
    name: String,
    needs: Vec<Tool>,
    run: Box<dyn FnOnce() -> Outcome + Send>,
}

impl Case {
    fn new(name: impl Into<String>, needs: &[Tool], run: impl FnOnce() -> Outcome + Send + 'static) -> Self {
        Self { name: format!("e2e::{}", name.into()), needs: needs.to_vec(), run: Box::new(run) }
    }

    /// A test that runs; or, where a program is missing, one that is reported: on CI as a failure.
    fn into_trial(self, tools: &Tools, not_run: &mut NotRun) -> Trial {
        let missing = self.needs.into_iter().find(|&tool| tools.path(tool).is_none());
        let Some(tool) = missing else {
            return Trial::test(self.name, self.run);
        };
        let complaint = format!("{} is missing; install: {}", tool.name(), tool.source());
        if !tools.required() {
            not_run.add(tool, &self.name);
        }
        Trial::test(self.name, move || Err(complaint.into())).with_ignored_flag(!tools.required())
    }
}

/// The tests that can run here, and an account of those that cannot.
pub(crate) struct Suite {
    pub(crate) trials: Vec<Trial>,
    pub(crate) not_run: NotRun,
}

/// All end-to-end tests, as far as this machine has the programs for them.
pub(crate) fn suite() -> Suite {
    let lists = [
        kustomize::cases(),
        fleet::cases(),
        stages::cases(),
        stages_page::cases(),
        argocd::cases(),
        plans::cases(),
        names::cases(),
        new::cases(),
        nmstate::cases(),
        kpt::cases(),
        kpt_package::cases(),
        podman::cases(),
        pages::cases(),
        ci::cases(),
        ways_in::cases(),
    ];
    let cases: Vec<Case> = lists.into_iter().flatten().collect();
    let Some(tools) = Tools::get() else {
        return Suite { trials: Vec::new(), not_run: NotRun::without_tools(cases.len()) };
    };
    let mut not_run = NotRun::default();
    let trials = cases.into_iter().map(|case| case.into_trial(tools, &mut not_run)).collect();
    Suite { trials, not_run }
}
