//! Slots of generated plans against a model of plain numbers: a plan that passes its checks has no address, VLAN ID or
//! interface twice, one with a fault is refused, and what fits is what passes.

use std::time::{Duration, Instant};

use libtest_mimic::{Failed, Trial};
use multi_rhoso::krm::{Severity, Source};
use multi_rhoso::plan::Plan;
use multi_rhoso::{run, yaml};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

/// All tests of generated plans.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("plan_slots::what_passes_is_disjoint", disjoint),
        Trial::test("plan_slots::what_fits_passes_and_the_next_does_not", fits),
        Trial::test("plan_slots::the_long_config_is_that_of_the_plan", long_config),
        Trial::test("plan_slots::ends_are_named", ends),
        Trial::test("plan_slots::a_hundred_slots_take_no_time", hundred),
    ]
}

/// A network in numbers.
#[derive(Debug, Clone)]
struct Net {
    ipv6: bool,
    /// First address above the family's private space, a multiple of the size.
    first: u128,
    /// Power of two.
    size: u128,
    step: u128,
    vlan: Option<u16>,
}

const IPV4: u128 = 0x0a00_0000;
const IPV6: u128 = 0xfd00 << 112;

fn net() -> impl Strategy<Value = Net> {
    let vlan = prop_oneof![Just(None), (1u16..60).prop_map(Some), (3900u16..4094).prop_map(Some)];
    let step = prop_oneof![4 => (1u128..24).prop_map(|count| (count, true)), 1 => (1u128..40).prop_map(|count| (count, false))];
    (any::<bool>(), 0u128..48, 0u32..4, step, vlan).prop_map(|(ipv6, place, bits, (step, whole), vlan)| {
        let size = 1u128 << (2 + bits);
        let base = if ipv6 { IPV6 } else { IPV4 };
        Net {
            ipv6,
            first: base + place * 64 / size * size,
            size,
            step: step * if whole { size } else { 1 },
            vlan,
        }
    })
}

fn nets() -> impl Strategy<Value = (Vec<Net>, u16, u32)> {
    (prop::collection::vec(net(), 1..5), 1u16..30, 1u32..9)
}

fn address(ipv6: bool, number: u128) -> String {
    if ipv6 {
        std::net::Ipv6Addr::from(number).to_string()
    } else {
        std::net::Ipv4Addr::from(u32::try_from(number).expect("IPv4")).to_string()
    }
}

/// The plan of the numbers, as it is written.
fn written(nets: &[Net], vlan_step: u16, slots: u32) -> String {
    let network = |(place, net): (usize, &Net)| {
        let prefix = if net.ipv6 { 128 } else { 32 } - net.size.trailing_zeros();
        json!({
            "name": format!("net{place}"),
            "addresses": [format!("{}/{prefix}", address(net.ipv6, net.first))],
            "step": address(net.ipv6, net.step),
            "vlan": net.vlan,
            "interface": format!("port{}", (b'a' + u8::try_from(place).expect("few")) as char),
        })
    };
    let networks: Vec<Value> = nets.iter().enumerate().map(network).collect();
    let plan = json!({
        "apiVersion": "multi-rhoso.dev/v1alpha1",
        "kind": "AddressPlan",
        "metadata": { "name": "plan" },
        "spec": { "slots": slots, "vlanStep": vlan_step, "networks": networks, "instances": { "one": 1, "two": 2 } },
    });
    yaml::document(&plan)
}

/// The plan, and the rules that find an error.
fn checked(text: &str) -> Result<(Plan, Vec<&'static str>), TestCaseError> {
    let fail = |what: String| TestCaseError::fail(format!("{what}\n{text}"));
    let sources = [Source::parse(None, text).map_err(|error| fail(error.to_string()))?];
    let items = run::items(&sources).map_err(|findings| fail(format!("{findings:?}")))?;
    let item = run::plan_item(&items, None).map_err(fail)?;
    let (plan, findings) = run::read_ready(item, None).map_err(|findings| fail(format!("{findings:?}")))?;
    let errors = findings.into_iter().filter(|finding| finding.severity == Severity::Error);
    Ok((plan, errors.map(|finding| finding.rule).collect()))
}

/// Whether slots up to the last can be beside each other, by plain numbers.
fn can_be(nets: &[Net], vlan_step: u16, last: u32) -> bool {
    let mut blocks: Vec<(u128, u128)> = Vec::new();
    let mut vlans: Vec<u32> = Vec::new();
    for slot in 0..last {
        for net in nets {
            let first = net.first + u128::from(slot) * net.step;
            if first % net.size != 0
                || blocks.iter().any(|(from, to)| first <= *to && *from < first + net.size)
            {
                return false;
            }
            blocks.push((first, first + net.size - 1));
            if let Some(vlan) = net.vlan {
                let vlan = u32::from(vlan) + slot * u32::from(vlan_step);
                if vlan > 4094 || vlans.contains(&vlan) {
                    return false;
                }
                vlans.push(vlan);
            }
        }
    }
    true
}

fn run_all<S: Strategy>(
    strategy: &S,
    test: impl Fn(S::Value) -> Result<(), TestCaseError>,
) -> Result<(), Failed> {
    let config = Config { cases: 250, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    )
    .run(strategy, test)
    .map_err(|error| error.to_string().into())
}

/// What the checks say is what the numbers say, both ways; and enough of the plans pass for that to mean something.
fn disjoint() -> Result<(), Failed> {
    let (passed, refused) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    run_all(&nets(), |(nets, vlan_step, slots)| {
        let text = written(&nets, vlan_step, slots);
        let (plan, errors) = checked(&text)?;
        let expected = can_be(&nets, vlan_step, plan.last_slot());
        prop_assert_eq!(errors.is_empty(), expected, "{:?}\n{}", errors, text);
        let count = if expected { &passed } else { &refused };
        count.set(count.get() + 1);
        Ok(())
    })?;
    let (passed, refused) = (passed.get(), refused.get());
    if passed > 40 && refused > 40 {
        Ok(())
    } else {
        Err(format!("{passed} passed, {refused} refused").into())
    }
}

/// As many slots as fit can be, and one more cannot; and so do the checks say.
fn fits() -> Result<(), Failed> {
    run_all(&nets(), |(nets, vlan_step, _)| {
        let (plan, _) = checked(&written(&nets, vlan_step, 1))?;
        let fits = plan.fits();
        prop_assert!(!fits.ends.is_empty() || nets.iter().all(|net| net.vlan.is_none()));
        // The model's time grows with the square.
        let near = fits.slots.min(40);
        prop_assert!(can_be(&nets, vlan_step, near), "{:?}", fits);
        if fits.slots < 40 {
            prop_assert!(!can_be(&nets, vlan_step, fits.slots + 1), "{:?}", fits);
            let (_, errors) = checked(&written(&nets, vlan_step, fits.slots.max(1) + 1))?;
            prop_assert!(!errors.is_empty());
        }
        Ok(())
    })
}

/// For each instance of a plan without errors, the long config says what the plan does.
fn long_config() -> Result<(), Failed> {
    run_all(&nets(), |(nets, vlan_step, slots)| {
        let text = written(&nets, vlan_step, slots);
        let (_, errors) = checked(&text)?;
        prop_assume!(errors.is_empty());
        let long = long(&text).map_err(TestCaseError::fail)?;
        let base = pools(&nets);
        let short = "apiVersion: multi-rhoso.dev/v1alpha1\nkind: OpenStackInstance\nmetadata: {name: two}\nspec: {plan: plan}\n";
        let parse = |text| Source::parse(None, text).expect("a text");
        let by_plan = run::stream(&parse(short), &[parse(&base), parse(&text)]).texts;
        let by_itself = run::stream(&parse(&long), &[parse(&base)]).texts;
        prop_assert!(by_itself.concat().contains("two-net0") && !long.contains("  plan:"));
        prop_assert_eq!(by_plan.first(), by_itself.first());
        Ok(())
    })
}

/// A base with a pool on each network.
fn pools(nets: &[Net]) -> String {
    let pool = |(place, net): (usize, &Net)| {
        yaml::document(&json!({
            "apiVersion": "metallb.io/v1beta1",
            "kind": "IPAddressPool",
            "metadata": { "name": format!("net{place}"), "namespace": "metallb-system" },
            "spec": { "addresses": [format!("{0}-{0}", address(net.ipv6, net.first + 1))] },
        }))
    };
    nets.iter().enumerate().map(pool).collect::<Vec<_>>().join("---\n")
}

fn long(text: &str) -> Result<String, String> {
    let sources = [Source::parse(None, text).map_err(|error| error.to_string())?];
    let items = run::items(&sources).map_err(|findings| format!("{findings:?}"))?;
    let item = run::plan_item(&items, None)?;
    let (plan, _) = run::read_ready(item, None).map_err(|findings| format!("{findings:?}"))?;
    let config = run::long_config(&plan, item, "two").map_err(|findings| format!("{findings:?}"))?;
    Ok(yaml::document(&config))
}

/// Each way to end, with the number of slots before it.
fn ends() -> Result<(), Failed> {
    let cases = [
        ("addresses: [172.17.0.0/24], step: 0.0.10.0, within: 172.17.0.0/16", 26, "within"),
        ("addresses: [192.168.122.0/24], step: 0.0.11.0", 13, "public"),
        ("addresses: [255.255.254.0/24], step: 256", 2, "overflow"),
        ("addresses: [10.0.0.1-10.0.0.10], slices: 10.0.0.11-10.0.0.45", 4, "slices"),
        ("addresses: [10.0.0.1-10.0.0.10], slices: 10.0.0.0/24", 1, "overlap"),
        ("addresses: [10.0.0.0/24], step: 128", 1, "overlap"),
        ("addresses: [10.0.0.0/24], step: 384", 1, "step"),
        ("addresses: [10.0.0.0/24], step: 256, vlan: 4075", 2, "vlan"),
        ("addresses: [10.0.0.0/24], step: 256, vlan: 5", 9, "reserved"),
        ("addresses: [10.0.0.0/24], step: 256, vlan: 20, vlanStep: 0", 1, "vlan-taken"),
        ("addresses: [10.9.9.0/24], step: 256", 502, "reserved"),
        ("addresses: [10.0.0.0/24], step: 256, interface: fourteen-bytes", 9, "interface"),
        ("addresses: [10.0.0.0/24], shared: true", 4094, ""),
    ];
    for (network, slots, word) in cases {
        let text = format!(
            "apiVersion: multi-rhoso.dev/v1alpha1\nkind: AddressPlan\nmetadata: {{name: plan}}\nspec:\n  networks:\n  - \
             {{name: a, {network}}}\n  reserved: {{vlans: [95], addresses: [10.10.255.0/24]}}\n"
        );
        let (plan, _) = checked(&text).map_err(|error| error.to_string())?;
        let fits = plan.fits();
        let why = fits.ends.first().map_or("", |end| end.why.word());
        if (fits.slots, why) != (slots, word) {
            return Err(format!("{network}: want {slots} {word}, is {fits:?}").into());
        }
    }
    Ok(())
}

/// A hundred slots of ten networks: checked, printed, and made of each an instance.
fn hundred() -> Result<(), Failed> {
    let network = |place: u32| {
        json!({
            "name": format!("net{place}"), "addresses": [format!("10.{}.0.0/24", place * 20)], "step": "0.0.1.0",
            "vlan": 20 + place, "interface": format!("net{place}"), "dnsDomain": format!("net{place}.example.com"),
        })
    };
    let networks: Vec<Value> = (0..10).map(network).collect();
    let instances: serde_json::Map<String, Value> =
        (1..=100).map(|slot| (format!("instance{slot}"), json!(slot))).collect();
    let plan = json!({
        "apiVersion": "multi-rhoso.dev/v1alpha1", "kind": "AddressPlan", "metadata": { "name": "plan" },
        "spec": { "networks": networks, "instances": instances },
    });
    let start = Instant::now();
    let (plan, errors) = checked(&yaml::document(&plan)).map_err(|error| error.to_string())?;
    let text = multi_rhoso::report::print_plan("plan", &plan, multi_rhoso::report::PlanFormat::Text);
    for name in plan.instances.keys() {
        plan.spec(name, &serde_json::Map::new()).map_err(|wrong| format!("{wrong:?}"))?;
    }
    let took = start.elapsed();
    // Several times what a slow machine takes: only growth that is not linear reaches it.
    let is_whole = errors.is_empty() && plan.last_slot() == 100 && text.contains("\nslot 100  instance100\n");
    if is_whole && took < Duration::from_secs(20) {
        Ok(())
    } else {
        Err(format!("{errors:?} {took:?}").into())
    }
}
