//! "did you mean": the known name that is nearest to an unknown one.

/// The text for a name that is not known, with the one that was meant, or else all there are.
pub fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    match nearest(name, known) {
        Some(near) => format!("unknown {what} `{name}`, did you mean `{near}`?"),
        None if known.is_empty() => format!("unknown {what} `{name}`: there are none here"),
        None if known.len() == 1 => format!("unknown {what} `{name}`, expected `{}`", known[0]),
        None => format!("unknown {what} `{name}`, expected one of `{}`", known.join("`, `")),
    }
}

fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let limit = name.len().div_ceil(3);
    known.iter().map(|other| (distance(name, other), *other)).filter(|(far, _)| *far <= limit).min().map(|(_, other)| other)
}

/// The number of single-letter edits between two names.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, y) in b.bytes().enumerate() {
            let swap = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = swap.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_what_was_meant() {
        assert_eq!(unknown("attribute", "tabel", &["table", "consts"]), "unknown attribute `tabel`, did you mean `table`?");
        assert_eq!(unknown("attribute", "zzz", &["table", "consts"]), "unknown attribute `zzz`, expected one of `table`, `consts`");
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
