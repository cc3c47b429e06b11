//! kustomize fixes references to what it renamed, after us. It must still recognise what *we* renamed or moved.

use libtest_mimic::Failed;
use serde_json::Value;

use super::kustomize::{build, needs, short};
use super::objects::{self, Objects};
use super::sandbox::{Mechanism, Sandbox};
use super::tools::Tool;
use super::{Case, Outcome};

/// A program of the instance that reads a generated `ConfigMap`, whose name will end in a hash.
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
";

/// An instance with that program in it.
const INSTANCE: &str = "\
resources: [../base, reader.yaml]
configMapGenerator:
- {name: tuning, namespace: openstack, literals: [workers=4]}
transformers: [../openstack2/instance]
";

/// What somebody builds around the instance.
const OUTER: &str = "\
namePrefix: site-
resources: [../instance-with-reader]
";

const WAYS: [(Tool, Mechanism); 4] = [
    (Tool::Kustomize, Mechanism::Plugin),
    (Tool::Kustomize, Mechanism::Exec),
    (Tool::Kustomize, Mechanism::Container),
    (Tool::Kubectl, Mechanism::Plugin),
];

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
    sandbox.write("overlays/instance-with-reader/kustomization.yaml", INSTANCE)?;
    sandbox.write("overlays/outer/kustomization.yaml", OUTER)?;
    let ran = build(&sandbox, tool, mechanism, &format!("overlays/{directory}"))?;
    let objects = objects::objects(&ran.stdout)?;
    let map = only(&objects, "ConfigMap")?;
    let reader = only(&objects, "Deployment")?;
    let wanted = format!("{prefix}tuning-");
    if !map.starts_with(&wanted) || reader != format!("{prefix}reader") {
        return Err(ran.complain(&format!("`{map}` and `{reader}` are not what the build should name them")));
    }
    for pointer in [
        "/spec/template/spec/volumes/0/configMap/name",
        "/spec/template/spec/containers/0/envFrom/0/configMapRef/name",
    ] {
        let reference = referred(&objects, pointer)?;
        if reference != map {
            return Err(format!("{pointer} is `{reference}`, the ConfigMap is `{map}`").into());
        }
    }
    Ok(())
}

/// The name of the only object of a kind, which must be in the instance's namespace.
fn only(objects: &Objects, kind: &str) -> Result<String, Failed> {
    let ids: Vec<_> = objects.keys().filter(|id| id.0 == kind).collect();
    match ids.as_slice() {
        [(_, namespace, name)] if namespace == "openstack2" => Ok(name.clone()),
        others => Err(format!("one {kind} in openstack2 expected, not {others:?}").into()),
    }
}

fn referred(objects: &Objects, pointer: &str) -> Result<String, Failed> {
    let deployment = objects.iter().find(|(id, _)| id.0 == "Deployment").ok_or("no Deployment")?.1;
    let name = deployment.pointer(pointer).and_then(Value::as_str);
    Ok(name.ok_or_else(|| format!("nothing at {pointer}"))?.to_owned())
}
