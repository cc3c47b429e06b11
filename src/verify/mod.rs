//! Rendered manifests against what a cluster holds: what is otherwise, why, and the command that mends it.
//!
//! Reads two lists of objects and reports; must not know files, streams, or how a report is printed. Services are expected by
//! the one expansion of the endpoints (`model::ControlPlane`), and what MetalLB would do with them is asked of its live
//! pools and of the live Services' own annotations, since that is what MetalLB reads.
//!
//! Source: MetalLB `controller/service.go`, `internal/allocator/allocator.go` (which pool gives an address, and why none
//! does); openstack `lib-common` `modules/common/service/service.go` (annotations are merged into a live Service and never
//! taken away).

mod command;
mod compare;
mod endpoint_list;
mod expected;
mod fetch;
mod live;
mod objects;
mod pending;
mod pools;
mod scalar;
mod secrets;
mod services;
mod table;

pub use endpoint_list::{EndpointList, instances};
pub use fetch::command as fetch_command;
pub use pools::PoolLine;
pub use services::ServiceLine;
pub use table::ROWS;

use crate::krm::{Finding, Item};
use crate::model::Model;
use crate::rules::Row;

use expected::expected;
use live::Live;

/// Something that is otherwise, and what mends it.
#[derive(Debug, Clone)]
pub struct Fault {
    /// What and where; the sentence ends with the command.
    pub finding: Finding,
    /// The command.
    pub command: String,
}

/// What a comparison has found.
#[derive(Debug, Default)]
pub struct Verified {
    /// How many rendered objects were compared.
    pub objects: usize,
    /// The cluster's pools, and those that are rendered and not there.
    pub pools: Vec<PoolLine>,
    /// The Services of the rendered endpoints, and others that ask for addresses in their namespaces.
    pub services: Vec<ServiceLine>,
    /// What is otherwise; the cause before what follows from it.
    pub faults: Vec<Fault>,
}

/// Compares the rendered objects with the live ones, and Keystone's list, where there is one, with both.
#[must_use]
pub fn verify<'a>(rendered: &[Item<'a>], live: &[Item<'a>], list: Option<&'a EndpointList>) -> Verified {
    let rendered = Model::new(rendered);
    let live = Live::new(live);
    let expected = expected(&rendered);
    let mut faults = objects::faults(&rendered, &live);
    faults.extend(pools::faults(&rendered, &live));
    faults.extend(services::faults(&rendered, &expected, &live));
    faults.extend(list.into_iter().flat_map(|list| endpoint_list::faults(list, &rendered, &live)));
    Verified {
        objects: rendered.objects.len(),
        pools: pools::lines(&rendered, &live),
        services: services::lines(&expected, &live),
        faults,
    }
}

impl Fault {
    /// What is wrong, and the command that mends it or tells more, with a word on what it does.
    fn new(row: &Row, cause: &str, remedy: &str, command: String) -> Self {
        Self { finding: row.finding(format!("{cause}; {remedy}: {command}")), command }
    }

    /// The same about a live object, or one whose text is not to be shown: by name alone.
    fn about(mut self, item: &Item<'_>) -> Self {
        self.finding.resource = Some(item.reference());
        self
    }

    /// The same about a rendered object.
    fn on(self, item: &Item<'_>) -> Self {
        Self { finding: self.finding.on(item), ..self }
    }
}
