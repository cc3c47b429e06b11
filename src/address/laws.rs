//! Property tests of this folder over generated mappings, addresses and texts. Must not know more than its public API.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;
use proptest::collection::vec;
use proptest::prelude::*;

use super::{Block, Mapping, Outcome, respell, rewrite};

/// Blocks in a small space, so that they overlap often: `10.0.0.0` to `10.0.1.255`, and as many in IPv6.
fn block(ipv6: bool) -> impl Strategy<Value = Block> {
    (0..512u32, 0..64u32).prop_map(move |(first, size)| {
        Block::range(small(ipv6, first), small(ipv6, (first + size).min(511))).unwrap()
    })
}

fn small(ipv6: bool, number: u32) -> IpAddr {
    if ipv6 {
        Ipv6Addr::from_bits((0xfd00_u128 << 112) + u128::from(number)).into()
    } else {
        Ipv4Addr::from_bits((10 << 24) + number).into()
    }
}

/// Pairs whose blocks have one size; many lists of them are not a mapping.
fn pairs() -> impl Strategy<Value = Vec<(Block, Block)>> {
    let pair = (any::<bool>(), 0..512u32, 0..512u32, 0..48u32, any::<bool>()).prop_map(
        |(ipv6, from, to, size, stays)| {
            let (from, to) = (from.min(511 - size), to.min(511 - size));
            let to = if stays { from } else { to };
            let at = |first| Block::range(small(ipv6, first), small(ipv6, first + size)).unwrap();
            (at(from), at(to))
        },
    );
    vec(pair, 0..4)
}

fn mapping() -> impl Strategy<Value = Mapping> {
    pairs().prop_filter_map("no mapping", |pairs| Mapping::new(pairs).ok())
}

/// IPv6 addresses with many zero groups, in any valid spelling.
fn spelling() -> impl Strategy<Value = String> {
    let group = prop_oneof![3 => Just(0u16), 1 => any::<u16>(), 1 => 0..256u16];
    let style = (any::<bool>(), 1..5usize);
    (vec((group, style), 8), 0..9usize, 0..9usize, any::<bool>()).prop_map(
        |(groups, start, length, dotted)| {
            let shown = if dotted { 6 } else { 8 };
            let mut words: Vec<String> = groups
                .iter()
                .map(
                    |(group, (upper, width))| {
                        if *upper { format!("{group:0width$X}") } else { format!("{group:0width$x}") }
                    },
                )
                .collect();
            if dotted {
                let octets: Vec<String> =
                    groups[6..].iter().flat_map(|(g, _)| g.to_be_bytes()).map(|o| o.to_string()).collect();
                words.splice(6.., [octets.join(".")]);
            }
            let end = (start + length).min(shown);
            if length == 0 || start >= end {
                return words.join(":");
            }
            format!("{}::{}", words[..start].join(":"), words[end..].join(":"))
        },
    )
}

/// The reversed name of an address, or of its network by fewer labels.
fn reversed(ip: IpAddr, left_out: usize) -> String {
    let (mut labels, zone): (Vec<String>, _) = match ip {
        IpAddr::V4(ip) => (ip.octets().map(|octet| octet.to_string()).to_vec(), "in-addr.arpa"),
        IpAddr::V6(ip) => (format!("{:032x}", ip.to_bits()).chars().map(String::from).collect(), "ip6.arpa"),
    };
    labels.reverse();
    format!("{}.{zone}", labels[left_out..].join("."))
}

/// An address of the small space in a form that a text may hold.
fn token() -> impl Strategy<Value = String> {
    let one = (any::<bool>(), 0..512u32).prop_map(|(ipv6, number)| small(ipv6, number));
    (one, 0..64u32, 0..14u8, 20..33u8).prop_map(|(ip, more, form, length)| match form {
        0 => format!("{ip}-{}", small(ip.is_ipv6(), more + 448)),
        1 => format!("{ip} - {}", small(ip.is_ipv6(), more + 448)),
        2 => format!("{ip}/{length}"),
        3 => IpNet::new(ip, length + if ip.is_ipv6() { 96 } else { 0 }).unwrap().trunc().to_string(),
        4 => format!("[{ip}]:5000"),
        5 => format!("/example.com/{ip}"),
        6 => format!("{ip}#53"),
        7 => format!("{ip}..{}", small(ip.is_ipv6(), more + 448)),
        8 if ip.is_ipv6() => format!("{ip}-{:x}", 0x1c0 + more),
        8 => format!("{ip}-{}", 192 + more),
        9 => reversed(ip, 0),
        10 => reversed(ip, usize::from(length > 26)),
        11 => reversed(ip, 3),
        12 => ip.to_string().parse().map(|ip: Ipv4Addr| ip.to_ipv6_mapped().to_string()).unwrap_or_default(),
        _ => ip.to_string(),
    })
}

fn text() -> impl Strategy<Value = String> {
    let noise = prop_oneof![
        Just(" ".to_owned()),
        Just(",".to_owned()),
        Just("\n".to_owned()),
        Just(": ".to_owned()),
        "[ a-z0-9.:/#%\\-\\[\\]{}$é]{0,6}",
    ];
    vec((noise, token()), 0..8).prop_map(|words| words.into_iter().map(|(a, b)| a + &b).collect())
}

fn after(text: &str, mapping: &Mapping) -> String {
    rewrite(text, mapping).text.unwrap_or_else(|| text.to_owned())
}

/// A mapping whose targets are outside of everything that the generated texts hold.
fn moved_away() -> Mapping {
    let block = |text: &str| Block::parse(text).unwrap();
    let pairs = [
        ("10.0.0.0/24", "172.20.5.0/24"),
        ("10.0.0.80-10.0.0.90", "172.20.9.3-172.20.9.13"),
        ("10.0.1.4/30", "10.0.1.4/30"),
        ("fd00::/120", "fd77:1::/120"),
        ("fd00::100-fd00::180", "fd77:2:3:4:5:6:7:100-fd77:2:3:4:5:6:7:180"),
    ];
    Mapping::new(pairs.map(|(from, to)| (block(from), block(to))).to_vec()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn a_block_reads_what_it_shows(block in any::<bool>().prop_flat_map(block)) {
        prop_assert_eq!(Block::parse(&block.to_string()), Ok(block));
    }

    #[test]
    fn a_naive_map_agrees(pairs in pairs(), ipv6: bool) {
        let Ok(mapping) = Mapping::new(pairs.clone()) else { return Ok(()) };
        for number in 0..512 {
            let address = small(ipv6, number);
            let covering = pairs.iter().filter(|(from, _)| from.contains(address));
            let naive = covering.min_by_key(|(from, _)| from.size()).map(|(from, to)| {
                let all = |block: &Block| (0..512).map(|n| small(ipv6, n)).filter(|a| block.contains(*a)).collect::<Vec<_>>();
                all(to)[all(from).iter().position(|a| *a == address).unwrap()]
            });
            prop_assert_eq!(mapping.map_address(address), naive);
        }
    }

    #[test]
    fn no_two_moves_end_at_one(mapping in mapping(), ipv6: bool) {
        let moves = |address: &IpAddr| mapping.map_address(*address).filter(|to| to != address);
        let mut ends: Vec<IpAddr> = (0..512).map(|n| small(ipv6, n)).filter_map(|a| moves(&a)).collect();
        prop_assert!(ends.iter().all(|end| moves(end).is_none()));
        let count = ends.len();
        ends.sort();
        ends.dedup();
        prop_assert_eq!(ends.len(), count);
    }

    #[test]
    fn a_range_goes_where_its_ends_go(mapping in mapping(), ipv6: bool, one in 0..512u32, other in 0..512u32) {
        let (first, last) = (small(ipv6, one.min(other)), small(ipv6, one.max(other)));
        if let Outcome::Moved((low, high)) = mapping.map_range(first, last) {
            let mut all: Vec<_> = (0..512).map(|n| small(ipv6, n)).filter(|a| first <= *a && *a <= last)
                .map(|a| mapping.map_address(a).unwrap()).collect();
            all.sort();
            all.dedup();
            prop_assert_eq!((all[0], all[all.len() - 1]), (low, high));
            prop_assert_eq!(all.len(), usize::try_from(one.abs_diff(other)).unwrap() + 1);
        }
    }

    #[test]
    fn an_address_respelled_as_itself_is_itself(text in spelling()) {
        if let Ok(address) = text.parse() {
            prop_assert_eq!(respell(&text, address), text);
        }
    }

    #[test]
    fn a_respelled_address_is_the_address(text in spelling(), bits: u128, mask: u128) {
        let new = IpAddr::from(Ipv6Addr::from_bits(bits & mask));
        prop_assert_eq!(respell(&text, new).parse(), Ok(new));
    }

    #[test]
    fn canonical_comes_back(one: u128, two: u128, mask: u128) {
        let (one, two) = (Ipv6Addr::from_bits(one & mask), IpAddr::from(Ipv6Addr::from_bits(two & !mask)));
        let text = one.to_string();
        prop_assert_eq!(respell(&respell(&text, two), one.into()), text);
    }

    #[test]
    fn there_and_back(text in text()) {
        let mapping = moved_away();
        prop_assert_eq!(after(&after(&text, &mapping), &mapping.inverse()), text);
    }

    #[test]
    fn twice_is_once(mapping in mapping(), text in text()) {
        let once = after(&text, &mapping);
        prop_assert_eq!(after(&once, &mapping), once);
    }

    #[test]
    fn any_text_is_read(text: String, tail in "[0-9a-f.:/%#\\[\\] \\\\n{}$*-]{0,60}") {
        let text = text + &tail;
        let everything = Mapping::new(vec![
            (Block::parse("0.0.0.0/1").unwrap(), Block::parse("128.0.0.0/1").unwrap()),
            (Block::parse("::/1").unwrap(), Block::parse("8000::/1").unwrap()),
        ]).unwrap();
        let once = after(&text, &everything);
        prop_assert_eq!(after(&once, &everything), once);
        let _ = Block::parse(&tail);
    }
}

/// Long texts: reading any word repeatedly would take hours.
#[test]
fn a_long_text_takes_one_look() {
    for piece in [
        "172.17.0.80 - ",
        "1:",
        "10.0.0.1/",
        "10.0.0.1-",
        "10.0.0.1 ",
        ".",
        "::",
        "-",
        "[",
        "\\n",
        "10.0.0.1/2-",
        "10.0.0.1-9",
        "10.0.0.1..",
        "1.in-addr.arpa",
        "1.in-addr.arpa ",
        "f.ip6.arpa:",
    ] {
        let text = piece.repeat(200_000);
        let _ = rewrite(&text, &moved_away());
        let _ = rewrite(&format!("10.0.0.1{}-{}", " ".repeat(200_000), " ".repeat(200_000)), &moved_away());
    }
}
