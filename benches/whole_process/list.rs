//! Lists of one instance, Secrets around what changes.

/// A list as kustomize writes it: one control plane in 60 items (more than a namespace may have), pools and
/// advertisements, and Secrets around them.
pub(crate) fn list(items: usize) -> String {
    let mut text = String::from("apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:");
    if items == 0 {
        text.push_str(" []");
    }
    text.push('\n');
    for index in 0..items {
        item(&mut text, index);
    }
    text.push_str(
        "functionConfig:\n  apiVersion: multi-rhoso.dev/v1alpha1\n  kind: OpenStackInstance\n  metadata:\n    \
         name: two\n  spec:\n    from:\n      namespace: openstack\n    namespace: two\n    rules:\n      second-control-plane: off\n",
    );
    text
}

fn item(text: &mut String, index: usize) {
    match index % 60 {
        0 => control_plane(text, index),
        1..=8 => pool(text, index),
        9..=16 => advertisement(text, index),
        _ => secret(text, index),
    }
}

fn head(text: &mut String, index: usize, kind: &str, name: &str, namespace: &str) {
    *text += &format!(
        "  kind: {kind}\n  metadata:\n    annotations:\n      config.k8s.io/id: '{index}'\n      \
         config.kubernetes.io/index: '{index}'\n      internal.config.kubernetes.io/id: '{index}'\n      \
         kustomize.config.k8s.io/id: |\n        kind: {kind}\n        name: {name}\n        namespace: {namespace}\n    \
         name: {name}\n    namespace: {namespace}\n"
    );
}

fn control_plane(text: &mut String, index: usize) {
    text.push_str("- apiVersion: core.openstack.org/v1beta1\n");
    head(text, index, "OpenStackControlPlane", &format!("controlplane-{index}"), "openstack");
    text.push_str("  spec:\n");
    for service in ["keystone", "placement", "neutron"] {
        *text += &format!(
            "    {service}:\n      template:\n        customServiceConfig: |\n          [DEFAULT]\n          debug = true\n          \
             url = https://keystone-internal.openstack.svc:5000\n        override:\n          service:\n            \
             internal:\n              metadata:\n                annotations:\n                  \
             metallb.universe.tf/address-pool: internalapi\n                  \
             metallb.universe.tf/allow-shared-ip: internalapi\n                  \
             metallb.universe.tf/loadBalancerIPs: 172.17.{}.80\n              spec:\n                \
             type: LoadBalancer\n        replicas: 3\n        secret: osp-secret\n",
            index / 60
        );
    }
    for service in ["barbican", "cinder", "glance", "nova", "swift"] {
        *text += &format!("    {service}:\n      template:\n        databaseInstance: openstack\n");
    }
}

/// The first pool is the one that the control planes' Services ask for.
fn pool_name(index: usize) -> String {
    if index == 1 { "internalapi".to_owned() } else { format!("pool-{index}") }
}

fn pool(text: &mut String, index: usize) {
    text.push_str("- apiVersion: metallb.io/v1beta1\n");
    head(text, index, "IPAddressPool", &pool_name(index), "metallb-system");
    let (high, low) = (index / 250, index % 250);
    let own = format!("10.{high}.{low}.80-10.{high}.{low}.90");
    let addresses = if index == 1 { "172.17.0.0/16" } else { &own };
    *text += &format!("  spec:\n    addresses:\n    - {addresses}\n");
}

fn advertisement(text: &mut String, index: usize) {
    text.push_str("- apiVersion: metallb.io/v1beta1\n");
    head(text, index, "L2Advertisement", &format!("advertisement-{index}"), "metallb-system");
    *text += &format!(
        "  spec:\n    interfaces:\n    - eth0\n    ipAddressPools:\n    - {}\n",
        pool_name(index - 8)
    );
}

fn secret(text: &mut String, index: usize) {
    text.push_str("- apiVersion: v1\n  data:\n");
    // Keys in order, as kustomize sorts them.
    for key in 0..46 {
        *text += &format!("    Password{key:02}: MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkw\n");
    }
    head(text, index, "Secret", &format!("secret-{index}"), "openstack");
    text.push_str("  type: Opaque\n");
}
