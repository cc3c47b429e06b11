//! Lines of two blocks, and behind an empty line a text: what a block shows is read as the block, a mapping moves each
//! address once and back again, a text twice is a text once.
#![no_main]

use libfuzzer_sys::fuzz_target;
use multi_rhoso::address::{Block, Mapping, Outcome, address, net, respell, rewrite, within};

fn after(text: &str, mapping: &Mapping) -> String {
    rewrite(text, mapping).text.unwrap_or_else(|| text.to_owned())
}

fn block(text: &str) -> Option<Block> {
    let block = Block::parse(text).ok()?;
    assert_eq!(Block::parse(&block.to_string()), Ok(block), "{text}");
    assert!(block.contains(block.first()) && block.contains(block.last()) && block.contains_block(&block));
    Some(block)
}

fn words(text: &str) {
    for word in text.split([' ', '\n', ',']) {
        block(word);
        if let Ok(address) = address(word) {
            assert_eq!(respell(word, address), word);
        }
        if let Ok(net) = net(word) {
            assert_eq!(within(&net.to_string()), [Block::from(net)], "{word}");
        }
    }
}

/// Ends go where their range goes, and come back.
fn ends(mapping: &Mapping) {
    let inverse = mapping.inverse();
    for pair in mapping.pairs() {
        for end in [pair.from.first(), pair.from.last()] {
            let Some(moved) = mapping.map_address(end) else { panic!("{end} of a pair stays behind") };
            if moved != end {
                assert_eq!(inverse.map_address(moved), Some(end));
                assert!(mapping.map_address(moved).is_none_or(|twice| twice == moved), "{moved}");
            }
        }
        if let Outcome::Moved((first, last)) = mapping.map_range(pair.from.first(), pair.from.last()) {
            assert_eq!(Block::range(first, last).map(|moved| moved.size()), Ok(pair.from.size()));
        }
    }
}

fuzz_target!(|data: &str| {
    let (head, text) =
        data.split_once("\n\n").unwrap_or(("10.0.0.0/9 10.128.0.0/9\nfd00::/16 fd77::/16", data));
    words(text);
    let pair = |line: &str| line.split_once(' ').and_then(|(from, to)| block(from).zip(block(to)));
    let pairs: Vec<_> = head.lines().filter_map(pair).take(16).collect();
    let Ok(mapping) = Mapping::new(pairs) else { return };
    ends(&mapping);
    let once = after(text, &mapping);
    assert_eq!(after(&once, &mapping), once);
    let inverse = mapping.inverse();
    // Where a target stands already, or something cannot move, nobody can tell what came from where.
    if after(text, &inverse) != text || !rewrite(text, &mapping).stuck.is_empty() {
        return;
    }
    // The first time back makes every spelling a canonical one.
    let back = after(&once, &inverse);
    assert_eq!(after(&after(&back, &mapping), &inverse), back);
});
