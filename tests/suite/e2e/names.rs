//! kustomize fixes references to what it renamed, after us. It must still recognise what *we* renamed or moved.

use libtest_mimic::Failed;
use serde_json::Value;

use super::kustomize::{WAYS, build, needs, short};
use super::objects::{self, Objects};
use super::sandbox::{Mechanism, Sandbox};
use super::tools::Tool;
use super::{Case, Outcome};

/// A program of the instance that reads a generated `ConfigMap`, whose name will end in a hash, and an object of
/// somebody's own kind that names a pool.
const READER: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: reader
  namespace: openstack
spec:
  selector: {matchLabels: {app: reader}}
  template:
    metadata: {labels: {app: reader}}
    spec:
      containers:
      - name: reader
        image: registry.example.com/reader:1
        envFrom:
        - configMapRef: {name: tuning}
      volumes:
      - name: tuning
        configMap: {name: tuning}
---
apiVersion: example.com/v1
kind: AddressReport
metadata:
  name: report
  namespace: metallb-system
spec:
  pool: internalapi
";

/// Tells kustomize of a reference that the function cannot know: to a pool, by its name in the base.
const REFERENCES: &str = "\
nameReference:
- group: metallb.io
  kind: IPAddressPool
  fieldSpecs:
  - {group: example.com, kind: AddressReport, path: spec/pool}
";

/// An instance with that program in it.
const INSTANCE: &str = "\
resources: [../base, reader.yaml]
configurations: [references.yaml]
configMapGenerator:
- {name: tuning, namespace: openstack, literals: [workers=4]}
transformers: [../openstack2/instance]
";

/// What somebody builds around the instance.
const OUTER: &str = "\
namePrefix: site-
resources: [../instance-with-reader]
";

/// What is tested here.
pub(crate) fn cases() -> Vec<Case> {
    let ways = WAYS.into_iter().flat_map(|(tool, mechanism)| {
        let name = |what: &str| format!("names::{what}::{}::{}", short(tool), mechanism.word());
        let needs = needs(tool, mechanism);
        [
            Case::new(name("hash"), &needs, move || resolves(tool, mechanism, "instance-with-reader", "")),
            Case::new(name("hash_and_outer_prefix"), &needs, move || {
                resolves(tool, mechanism, "outer", "site-")
            }),
        ]
    });
    ways.collect()
}

/// Builds one of the kustomizations above: the program must find its `ConfigMap`, in the instance's namespace.
fn resolves(tool: Tool, mechanism: Mechanism, directory: &str, prefix: &str) -> Outcome {
    let sandbox = Sandbox::new(mechanism)?;
    sandbox.write("overlays/instance-with-reader/reader.yaml", READER)?;
    sandbox.write("overlays/instance-with-reader/references.yaml", REFERENCES)?;
    sandbox.write("overlays/instance-with-reader/kustomization.yaml", INSTANCE)?;
    sandbox.write("overlays/outer/kustomization.yaml", OUTER)?;
    let ran = build(&sandbox, tool, mechanism, &format!("overlays/{directory}"))?;
    let objects = objects::objects(&ran.stdout)?;
    let (map, reader) = (moved(&objects, "ConfigMap")?, moved(&objects, "Deployment")?);
    if !map.starts_with(&format!("{prefix}tuning-")) || reader != format!("{prefix}reader") {
        return Err(ran.complain(&format!("`{map}` and `{reader}` are not what the build should name them")));
    }
    let pod = "/spec/template/spec";
    refers(&objects, "Deployment", &format!("{pod}/volumes/0/configMap/name"), &map)?;
    refers(&objects, "Deployment", &format!("{pod}/containers/0/envFrom/0/configMapRef/name"), &map)?;
    refers(&objects, "AddressReport", "/spec/pool", &format!("{prefix}openstack2-internalapi"))
}

/// The name of the only object of a kind, which must be in the instance's namespace.
fn moved(objects: &Objects, kind: &str) -> Result<String, Failed> {
    let ids: Vec<_> = objects.keys().filter(|id| id.0 == kind).collect();
    match ids.as_slice() {
        [(_, namespace, name)] if namespace == "openstack2" => Ok(name.clone()),
        others => Err(format!("one {kind} in openstack2 expected, not {others:?}").into()),
    }
}

/// Fails unless the object of a kind has `name` at `pointer`.
fn refers(objects: &Objects, kind: &str, pointer: &str, name: &str) -> Outcome {
    let (id, object) = objects.iter().find(|(id, _)| id.0 == kind).ok_or_else(|| format!("no {kind}"))?;
    let found = object.pointer(pointer).and_then(Value::as_str);
    if found == Some(name) {
        Ok(())
    } else {
        Err(format!("{id:?} {pointer}: {found:?}, not `{name}`").into())
    }
}
