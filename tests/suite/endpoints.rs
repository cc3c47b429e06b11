//! The table of endpoints is expanded once: a changed row changes what is injected, which Services come, their ports and
//! what the rules say of overrides alike.

use libtest_mimic::{Failed, Trial};
use multi_rhoso::catalogue::endpoints::{ENDPOINTS, Endpoint, Switch};
use multi_rhoso::catalogue::ports::{Ports, TCP};
use multi_rhoso::change::Changes;
use multi_rhoso::config::{self, Config, Instance};
use multi_rhoso::context::Context;
use multi_rhoso::inventory::Inventory;
use multi_rhoso::krm::{Item, Source};
use multi_rhoso::model::Model;
use multi_rhoso::path;
use multi_rhoso::rules::{self, Levels};
use multi_rhoso::transform::TRANSFORMS;

const CONFIG: &str = "apiVersion: multi-rhoso.dev/v1alpha1\nkind: OpenStackInstance\nmetadata: {name: two}\n\
                      spec: {namespace: openstack2, from: {namespace: openstack}}\n";

/// A control plane of another version: Keystone's and RabbitMQ's overrides are elsewhere, and another switch counts.
const PLANE: &str = "\
apiVersion: core.openstack.org/v1beta1
kind: OpenStackControlPlane
metadata: {name: controlplane, namespace: openstack}
spec:
  keystone:
    works: WORKS
    template: {}
  placement:
    template:
      override:
        service:
          internal:
            metadata: {annotations: {metallb.io/address-pool: internalapi, metallb.io/loadBalancerIPs: 172.17.0.80}}
            spec: {type: LoadBalancer}
  rabbitmq:
    templates:
      rabbitmq:
        elsewhere:
          metadata: {annotations: {metallb.io/address-pool: internalapi, metallb.io/loadBalancerIPs: 172.17.0.80}}
          spec: {type: LoadBalancer, clusterIP: 10.0.0.1}
";

/// All tests of it.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("endpoints::a_changed_row_changes_injection", injection),
        Trial::test("endpoints::a_changed_row_changes_the_rules", said),
    ]
}

/// The table with two rows changed: paths, ports, the default pool, the switch.
fn changed() -> &'static [Endpoint] {
    const SWITCHES: &[Switch] = &[Switch { path: path!("keystone.works"), default: false, wanted: true }];
    let change = |row: &Endpoint| match row.name {
        "keystone" => Endpoint {
            path: path!("keystone.elsewhere.service"),
            pool: Some("ctlplane"),
            switches: SWITCHES,
            ..*row
        },
        "placement" => Endpoint { ports: Ports::Fixed(&[(TCP, 5671)]), ..*row },
        "rabbitmq.{name}" => Endpoint {
            path: path!("rabbitmq.templates.{name}.elsewhere"),
            ports: Ports::Fixed(&[(TCP, 5671)]),
            ..*row
        },
        _ => *row,
    };
    ENDPOINTS.iter().map(change).collect::<Vec<_>>().leak()
}

fn with_items<T>(works: &str, act: impl FnOnce(&[Item<'_>]) -> T) -> Result<T, Failed> {
    let text = PLANE.replace("WORKS", works);
    let source = Source::parse(None, &text).map_err(|error| error.to_string())?;
    let items = source.items(0, 0).map_err(|error| error.to_string())?;
    Ok(act(&items))
}

/// The places of the plane's edits, as text.
fn edited(works: &str, endpoints: &'static [Endpoint]) -> Result<String, Failed> {
    let config = Source::parse(None, CONFIG).map_err(|error| error.to_string())?;
    let (Config::Instance(spec), _) =
        config::read(&config.documents[0]).map_err(|error| error.to_string())?
    else {
        return Err("no instance".into());
    };
    with_items(works, |items| {
        let inventory = Inventory::new(items);
        let instance = Instance::new(*spec, "openstack2").expect("an instance");
        let context = Context::by(endpoints, &instance, &inventory);
        let mut changes = Changes::default();
        for transform in TRANSFORMS {
            (transform.run)(&context, &mut changes);
        }
        format!("{:?}", changes.edits(&items[0]))
    })
}

fn injection() -> Result<(), Failed> {
    let (old, new) =
        ("/spec/keystone/template/override/service", "/spec/keystone/elsewhere/service/internal");
    let expected = [
        (edited("true", ENDPOINTS)?, true, false),
        (edited("true", changed())?, false, true),
        (edited("false", changed())?, false, false),
    ];
    for (edits, is_old, is_new) in expected {
        if (edits.contains(old), edits.contains(new)) != (is_old, is_new) {
            return Err(edits.into());
        }
        if is_new && !edits.contains("openstack2-ctlplane") {
            return Err(format!("not the row's pool: {edits}").into());
        }
    }
    Ok(())
}

fn said() -> Result<(), Failed> {
    let names = |endpoints| {
        with_items("true", |items| {
            let findings = rules::check(&Model::by(endpoints, items), &Levels::default());
            findings.iter().map(|finding| finding.rule).collect::<Vec<_>>()
        })
    };
    let (before, after) = (names(ENDPOINTS)?, names(changed())?);
    for rule in ["vip-port", "override-ignored"] {
        if before.contains(&rule) || !after.contains(&rule) {
            return Err(format!("{rule}: {before:?}, then {after:?}").into());
        }
    }
    Ok(())
}
