//! The Merkle tree of RFC 6962, section 2: hashes of leaves and nodes, the hash of a tree, inclusion proofs.
//!
//! Only complete subtrees are ever stored: node (level, position) covers the leaves from `position << level` on, 2^level of
//! them. Every other hash follows from those.

use sha2::{Digest, Sha256};

/// A SHA-256.
pub type Digest32 = [u8; 32];

/// A complete subtree's place: its level above the leaves, and its position among those of that level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// 0 for leaves.
    pub level: u32,
    /// From 0.
    pub position: u64,
}

/// The hash of a leaf: of a zero byte and its content.
pub fn leaf(content: &[u8]) -> Digest32 {
    Sha256::new().chain_update([0]).chain_update(content).finalize().into()
}

/// The hash of a node: of a one byte and its two children.
pub fn node(left: &Digest32, right: &Digest32) -> Digest32 {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The nodes that leaf number `index` completes, with their left children: their hash is of that child and of the node
/// completed before.
pub fn completed_by(index: u64) -> impl Iterator<Item = (Place, Place)> {
    (1..=index.trailing_ones()).map(move |level| {
        let position = index >> level;
        (Place { level, position }, Place { level: level - 1, position: position << 1 })
    })
}

/// The complete subtrees, the largest first, that the leaves from `start` to `end` (not inside) consist of. `start` is a
/// multiple of the smallest power of two that is not less than their number, as in every subtree of RFC 6962.
fn subtrees(start: u64, end: u64) -> Vec<Place> {
    let mut places = Vec::new();
    let mut from = start;
    while from < end {
        let level = (end - from).ilog2();
        places.push(Place { level, position: from >> level });
        from += 1 << level;
    }
    places
}

/// What is needed to hash a tree of `size` leaves: [`fold`] their hashes.
pub fn whole(size: u64) -> Vec<Place> {
    subtrees(0, size)
}

/// The hash over neighbouring subtrees, the largest first; of an empty tree the hash of nothing.
pub fn fold(hashes: &[Digest32]) -> Digest32 {
    let Some((last, before)) = hashes.split_last() else { return Sha256::digest([]).into() };
    before.iter().rev().fold(*last, |right, left| node(left, &right))
}

/// The path of an inclusion proof (RFC 6962, 2.1.1), from the leaf up: each step the subtrees whose [`fold`] is its hash.
pub fn path(index: u64, size: u64) -> Vec<Vec<Place>> {
    let (mut start, mut end) = (0, size);
    let mut steps = Vec::new();
    while end - start > 1 {
        // The largest power of two below the number of leaves.
        let middle = start + (1 << (end - start - 1).ilog2());
        if index < middle {
            steps.push(subtrees(middle, end));
            end = middle;
        } else {
            steps.push(subtrees(start, middle));
            start = middle;
        }
    }
    steps.reverse();
    steps
}

/// The root that a proof leads to; `None` when it has another length than a proof for this leaf in this tree.
///
/// RFC 9162, 2.1.3.2.
pub fn root_of(index: u64, size: u64, leaf: Digest32, proof: &[Digest32]) -> Option<Digest32> {
    if index >= size {
        return None;
    }
    let (mut position, mut last) = (index, size - 1);
    let mut hash = leaf;
    for step in proof {
        if last == 0 {
            return None;
        }
        if position & 1 == 1 || position == last {
            hash = node(step, &hash);
            while position & 1 == 0 && position != 0 {
                position >>= 1;
                last >>= 1;
            }
        } else {
            hash = node(&hash, step);
        }
        position >>= 1;
        last >>= 1;
    }
    (last == 0).then_some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    /// Leaves and roots of the Certificate Transparency project's tests (github.com/google/certificate-transparency).
    const LEAVES: [&str; 8] =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    const ROOTS: [&str; 9] = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    fn grown(contents: &[Vec<u8>]) -> HashMap<Place, Digest32> {
        let mut stored = HashMap::new();
        for (index, content) in (0u64..).zip(contents) {
            let mut hash = leaf(content);
            stored.insert(Place { level: 0, position: index }, hash);
            for (place, left) in completed_by(index) {
                hash = node(&stored[&left], &hash);
                stored.insert(place, hash);
            }
        }
        stored
    }

    fn folded(stored: &HashMap<Place, Digest32>, places: &[Place]) -> Digest32 {
        fold(&places.iter().map(|place| stored[place]).collect::<Vec<_>>())
    }

    /// RFC 6962, 2.1, as it is written there.
    fn by_definition(contents: &[Vec<u8>]) -> Digest32 {
        match contents {
            [] => Sha256::digest([]).into(),
            [one] => leaf(one),
            more => {
                let middle = more.len().next_power_of_two() / 2;
                node(&by_definition(&more[..middle]), &by_definition(&more[middle..]))
            }
        }
    }

    #[test]
    fn the_roots_are_those_of_certificate_transparency() {
        let contents: Vec<Vec<u8>> = LEAVES.iter().map(|leaf| hex::decode(leaf).unwrap()).collect();
        for size in 0..=contents.len() {
            let root = folded(&grown(&contents[..size]), &whole(size as u64));
            assert_eq!(hex::encode(root), ROOTS[size], "of {size} leaves");
        }
    }

    proptest! {
        #[test]
        fn every_leaf_is_proved_and_nothing_else(
            contents in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..3), 1..70),
            (pick, bit, other) in (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<prop::sample::Index>()),
        ) {
            let stored = grown(&contents);
            let size = contents.len() as u64;
            let root = folded(&stored, &whole(size));
            prop_assert_eq!(root, by_definition(&contents));
            let index = pick.index(contents.len()) as u64;
            let proof: Vec<Digest32> = path(index, size).iter().map(|places| folded(&stored, places)).collect();
            let hash = leaf(&contents[index as usize]);
            prop_assert_eq!(root_of(index, size, hash, &proof), Some(root));
            // Another content, another step, a step more or less: never the root.
            prop_assert_ne!(root_of(index, size, leaf(b"another content"), &proof), Some(root));
            let mut longer = proof.clone();
            longer.push([7; 32]);
            prop_assert_ne!(root_of(index, size, hash, &longer), Some(root));
            if !proof.is_empty() {
                let mut wrong = proof.clone();
                let step = other.index(proof.len());
                wrong[step][bit.index(32)] ^= 1;
                prop_assert_ne!(root_of(index, size, hash, &wrong), Some(root));
                prop_assert_ne!(root_of(index, size, hash, &proof[1..]), Some(root));
            }
            prop_assert_eq!(root_of(size, size, hash, &proof), None);
        }
    }
}
