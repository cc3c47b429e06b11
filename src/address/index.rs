//! Many blocks, asked which of them a block meets: sorted once, so that a long list is not gone through for each.

use std::net::IpAddr;

use super::Block;

/// Blocks with what they belong to.
#[derive(Debug)]
pub struct Index<T> {
    /// By their first address; with each the highest last address up to it.
    entries: Vec<(Block, IpAddr, T)>,
}

impl<T> Index<T> {
    /// Sorts the blocks.
    pub fn new(blocks: impl IntoIterator<Item = (Block, T)>) -> Self {
        let mut entries: Vec<(Block, IpAddr, T)> =
            blocks.into_iter().map(|(block, owner)| (block, block.last(), owner)).collect();
        entries.sort_by_key(|(block, ..)| block.first());
        let mut highest = None;
        for (_, last, _) in &mut entries {
            let so_far = highest.map_or(*last, |highest: IpAddr| highest.max(*last));
            *last = so_far;
            highest = Some(so_far);
        }
        Self { entries }
    }

    /// Those that share an address with a block, from the highest first address down.
    pub fn meeting(&self, block: Block) -> impl Iterator<Item = (&Block, &T)> {
        let end = self.entries.partition_point(|(other, ..)| other.first() <= block.last());
        let before = self.entries.get(..end).unwrap_or_default().iter().rev();
        let near = before.take_while(move |(_, highest, _)| *highest >= block.first());
        near.filter(move |(other, ..)| other.overlaps(&block)).map(|(other, _, owner)| (other, owner))
    }
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
