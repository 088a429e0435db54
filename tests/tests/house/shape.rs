//! The size of files and of signatures.

use regex::Regex;

use super::source::{Source, Tree};

const LIMIT: usize = 400;
const NEAR: usize = 300;

/// Files over the limit, and files near it, with their number of code lines: neither comments, blank lines nor unit tests count.
pub fn long_files(tree: &Tree) -> (Vec<String>, Vec<String>) {
    let mut sized: Vec<(usize, &Source)> =
        tree.rust().map(|source| (code_lines(source), source)).filter(|(lines, _)| *lines > NEAR).collect();
    sized.sort_by_key(|(lines, _)| std::cmp::Reverse(*lines));
    let (over, near): (Vec<_>, Vec<_>) = sized.into_iter().partition(|(lines, _)| *lines > LIMIT);
    let show = |list: Vec<(usize, &Source)>| list.into_iter().map(|(lines, source)| format!("{} has {lines}", source.path)).collect();
    (show(over), show(near))
}

fn code_lines(source: &Source) -> usize {
    source.code.lines().filter(|line| !line.trim().is_empty()).count()
}

/// Items with more than three type parameters; lifetimes do not count, nor do tuples written by a macro.
pub fn generic_walls(tree: &Tree) -> Vec<String> {
    let item = Regex::new(r"\b(fn\s+\w+|struct\s+\w+|enum\s+\w+|trait\s+\w+|impl)\s*<").expect("a pattern");
    let mut findings = Vec::new();
    for source in tree.rust() {
        let code = source.bare();
        for found in item.find_iter(&code) {
            let parameters = type_parameters(&code[found.end()..]);
            if parameters > 3 {
                let line = code[..found.start()].matches('\n').count() + 1;
                findings.push(format!("{}:{line}: `{}..>` has {parameters}", source.path, found.as_str()));
            }
        }
    }
    findings
}

/// Counts the parameters of a list whose `<` was just passed.
fn type_parameters(text: &str) -> usize {
    let mut depth = 1;
    let mut entries = vec![String::new()];
    let mut before = ' ';
    for character in text.chars() {
        match character {
            '<' | '(' | '[' => depth += 1,
            '>' if before == '-' => {}
            '>' | ')' | ']' => depth -= 1,
            ',' if depth == 1 => entries.push(String::new()),
            _ => {}
        }
        if depth == 0 {
            break;
        }
        entries.last_mut().expect("never empty").push(character);
        before = character;
    }
    entries
        .iter()
        .map(|entry| entry.trim_matches([',', ' ', '\n']))
        .filter(|entry| !entry.is_empty() && !entry.starts_with(['\'', '$']))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_code_counts() {
        let text = format!(
            "{}{}\n#[cfg(test)]\nmod tests {{\n{}}}\n",
            "fn a() {}\n".repeat(301),
            "/// text\n\n".repeat(500),
            "fn b() {}\n".repeat(500)
        );
        let tree = |text: String| Tree(vec![Source::new("x/src/a.rs", &text)]);
        assert_eq!(long_files(&tree(text)), (vec![], vec!["x/src/a.rs has 301".to_owned()]));
        assert_eq!(long_files(&tree("fn a() {}\n".repeat(401))).0.len(), 1);
    }

    #[test]
    fn type_parameters_are_counted_and_lifetimes_are_not() {
        let walls = |text| generic_walls(&Tree(vec![Source::new("x/src/a.rs", text)])).len();
        assert_eq!(walls("fn f<'a, 'b, A: Fn(A, B) -> Vec<(A, B, C, D)>, B, C>(a: A) {}"), 0);
        assert_eq!(walls("fn f<A, B, C, D>(a: A) {}"), 1);
        assert_eq!(walls("impl<A, B, C: From<[A; 4]>, const N: usize> X for Y {}"), 1);
        assert_eq!(walls("impl<$($name: Trait),+> X for ($($name,)+) {}"), 0);
    }
}
