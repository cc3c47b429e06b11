//! An index of blocks by address: finds those that overlap a block without comparing it with all. Must not know
//! owners.

use std::net::IpAddr;

use super::Block;

/// Blocks, each with its owner.
#[derive(Debug)]
pub struct Index<T> {
    entries: Vec<Entry>,
    owners: Vec<T>,
}

/// The slice, sorted by first address, is an implicit interval tree: the middle entry is the root, each half a
/// subtree. Owners are kept by number, so that sorting and searching are compiled once for all owner types.
#[derive(Debug)]
struct Entry {
    block: Block,
    /// The highest last address in the subtree of which this is the root.
    highest: IpAddr,
    owner: usize,
}

impl<T> Index<T> {
    /// Builds the index.
    pub fn new(blocks: impl IntoIterator<Item = (Block, T)>) -> Self {
        let (mut entries, mut owners) = (Vec::new(), Vec::new());
        for (block, owner) in blocks {
            entries.push(Entry { block, highest: block.last(), owner: owners.len() });
            owners.push(owner);
        }
        grow(&mut entries);
        Self { entries, owners }
    }

    /// The blocks that overlap `block`, in descending order of their first addresses.
    pub fn meeting(&self, block: Block) -> impl Iterator<Item = (&Block, &T)> {
        let mut found = Vec::new();
        collect(&self.entries, block, &mut found);
        found.into_iter().filter_map(|entry| Some((&entry.block, self.owners.get(entry.owner)?)))
    }
}

impl<T> Default for Index<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), owners: Vec::new() }
    }
}

fn grow(entries: &mut [Entry]) {
    entries.sort_by_cached_key(|entry| entry.block.first());
    raise(entries);
}

/// Sets `highest` in every subtree, and returns that of the whole.
fn raise(entries: &mut [Entry]) -> Option<IpAddr> {
    let (before, rest) = entries.split_at_mut(entries.len() / 2);
    let (root, behind) = rest.split_first_mut()?;
    let below = raise(before).max(raise(behind));
    root.highest = below.map_or(root.highest, |below| below.max(root.highest));
    Some(root.highest)
}

fn collect<'i>(entries: &'i [Entry], block: Block, found: &mut Vec<&'i Entry>) {
    let (before, rest) = entries.split_at(entries.len() / 2);
    let Some((root, behind)) = rest.split_first().filter(|(root, _)| root.highest >= block.first()) else {
        return;
    };
    if root.block.first() <= block.last() {
        collect(behind, block, found);
        if root.block.overlaps(&block) {
            found.push(root);
        }
    }
    collect(before, block, found);
}

#[cfg(test)]
mod tests {
    use super::Index;
    use crate::address::Block;

    #[test]
    fn an_index_finds_what_going_through_all_finds() {
        let texts = [
            "10.0.0.0/8",
            "10.0.0.5-10.0.0.9",
            "10.0.1.0/24",
            "fd00::/64",
            "fd00::5-fd00::9",
            "192.168.0.1/32",
            "10.0.0.9-10.0.1.0",
        ];
        let blocks: Vec<Block> = texts.iter().map(|text| Block::parse(text).unwrap()).collect();
        let index = Index::new(blocks.iter().copied().zip(texts));
        for asked in &blocks {
            let mut found: Vec<&str> = index.meeting(*asked).map(|(_, text)| *text).collect();
            found.sort_unstable();
            let mut all: Vec<&str> = blocks
                .iter()
                .zip(texts)
                .filter(|(block, _)| block.overlaps(asked))
                .map(|(_, text)| text)
                .collect();
            all.sort_unstable();
            assert_eq!(found, all, "{asked}");
        }
    }
}
