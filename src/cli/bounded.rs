//! Texts from outside, as much of them as this program is made for. Must not know what a text is.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::Failure;

/// The most bytes that are read of a file or a stream: twenty times the manifests of the largest cluster that we know of.
const MOST: u64 = 512 << 20;

/// All of stdin.
pub(super) fn stdin() -> Result<Vec<u8>, Failure> {
    all(io::stdin().lock(), 0, "stdin")
}

/// All of a file, or of what stands under its name.
pub(super) fn file(path: &Path) -> Result<Vec<u8>, Failure> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|error| format!("{name}: {error}"))?;
    let size = file.metadata().map_or(0, |file| file.len());
    all(file, size, &name)
}

fn all(reader: impl Read, size: u64, name: &str) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(MOST + 1)).unwrap_or_default());
    reader.take(MOST + 1).read_to_end(&mut bytes).map_err(|error| format!("{name}: {error}"))?;
    if bytes.len() as u64 > MOST {
        return Err(format!(
            "{name}: it is larger than {} MiB, which is more than is read; give a part of it",
            MOST >> 20
        ));
    }
    Ok(bytes)
}
