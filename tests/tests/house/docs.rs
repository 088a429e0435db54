//! Docs that lie, or do not run.

use std::fs;
use std::path::Path;

use regex::Regex;

use super::source::{Source, Tree, files, read, root};

/// Every page: the README, and what stands below docs/.
fn pages() -> Vec<Source> {
    let mut paths = files("docs", &["md"]);
    paths.push("README.md".into());
    paths.iter().map(|path| Source { path: path.clone(), text: read(path), code: String::new() }).collect()
}

/// Paths in backticks and links between pages that lead nowhere.
pub fn dead_paths() -> Vec<String> {
    let all = everything();
    let exists = |path: &str| all.iter().any(|known| known == path || known.ends_with(&format!("/{path}")));
    pages().iter().flat_map(|page| dead_in_page(page, &exists)).collect()
}

/// All files and folders of the repository, by their path from the root.
fn everything() -> Vec<String> {
    let mut all = Vec::new();
    let mut open = vec![root()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a readable folder").map(|entry| entry.expect("a readable folder")) {
            let path = entry.path();
            all.push(path.strip_prefix(root()).expect("below the root").display().to_string());
            if path.is_dir() && entry.file_name() != "target" && entry.file_name() != ".git" {
                open.push(path);
            }
        }
    }
    all
}

fn dead_in_page(page: &Source, exists: &dyn Fn(&str) -> bool) -> Vec<String> {
    let path = Regex::new(r"`([A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*(?:\.rs|\.md|\.toml|/))`").expect("a pattern");
    let link = Regex::new(r"\]\(([^)#\s]+)[^)]*\)").expect("a pattern");
    let mut findings = Vec::new();
    for found in path.captures_iter(&page.text) {
        let named = found[1].trim_end_matches('/');
        if !is_of_an_application(&found[1]) && !exists(named) {
            findings.push(format!("{}: `{}`", page.path, &found[1]));
        }
    }
    for found in link.captures_iter(&page.text).filter(|found| !found[1].contains("://")) {
        let base = Path::new(&page.path).parent().unwrap_or(Path::new(""));
        if !root().join(base).join(&found[1]).exists() {
            findings.push(format!("{}: the link to {}", page.path, &found[1]));
        }
    }
    findings
}

/// Files that the guide lets a reader write in a project of their own.
fn is_of_an_application(path: &str) -> bool {
    path.starts_with("src/") || path.starts_with("migrations/") || path == "ecto.toml" || path == "main.rs"
}

/// Examples that do not run and do not say why.
pub fn ignored_examples(libraries: &Tree) -> Vec<String> {
    let sources = libraries.rust().map(|source| (&source.path, &source.text)).map(|(path, text)| ignored(path, text)).collect::<Vec<_>>();
    sources.into_iter().chain(pages().iter().map(|page| ignored(&page.path, &page.text))).flatten().collect()
}

fn ignored(path: &str, text: &str) -> Vec<String> {
    let fence = Regex::new(r"^\s*(//[/!])?\s*```(\w+,)?ignore(.*)$").expect("a pattern");
    let bare = |line: &str| fence.captures(line).is_some_and(|found| !found[3].trim_start().starts_with('('));
    text.lines()
        .enumerate()
        .filter(|(_, line)| bare(line))
        .map(|(number, line)| format!("{path}:{}: {}", number + 1, line.trim()))
        .collect()
}

/// The pages of docs/decisions/, numbered and listed.
pub fn decisions() -> Vec<String> {
    let index = read("docs/README.md");
    let mut findings = Vec::new();
    for (at, path) in files("docs/decisions", &["md"]).iter().enumerate() {
        let name = path.trim_start_matches("docs/");
        if !name.starts_with(&format!("decisions/{:04}-", at + 1)) {
            findings.push(format!("{path}: expected the number {:04}", at + 1));
        }
        if !index.contains(name) {
            findings.push(format!("docs/README.md does not list {name}"));
        }
    }
    findings
}

/// Commands in the README's shell blocks that `.ci/run` does not call.
pub fn commands_without_ci() -> Vec<String> {
    let ci = read(".ci/run");
    let readme = read("README.md");
    let blocks = readme.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    let commands = blocks.flat_map(str::lines).filter(|line| line.starts_with("cargo "));
    commands.filter(|command| !ci.contains(&format!("step {command}\n"))).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dead_path_is_found_and_an_applications_own_is_not() {
        let page = |text: &str| Source { path: "docs/a.md".into(), text: text.into(), code: String::new() };
        let exists = |path: &str| path == "query/ast.rs" || path == "docs/guide";
        assert_eq!(
            dead_in_page(&page("`query/ast.rs`, `docs/guide/`, `a/b`, `src/main.rs`, [x](https://a.b)"), &exists),
            Vec::<String>::new()
        );
        assert_eq!(dead_in_page(&page("`query/gone.rs`"), &exists), ["docs/a.md: `query/gone.rs`"]);
        assert_eq!(dead_in_page(&page("[x](gone.md)"), &exists).len(), 1);
    }

    #[test]
    fn an_ignored_example_needs_a_reason() {
        assert_eq!(ignored("a.rs", "/// ```ignore\n/// ```rust,ignore\n//! ```ignore (needs a terminal)\n/// ```no_run").len(), 2);
    }
}
