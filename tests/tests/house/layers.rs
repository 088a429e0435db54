//! The direction of imports.

use regex::Regex;

use super::source::{Source, Tree};

/// A module of the core, and the modules that it may not know although they lie below it.
struct Layer {
    name: &'static str,
    never: &'static [&'static str],
}

const fn layer(name: &'static str, never: &'static [&'static str]) -> Layer {
    Layer { name, never }
}

/// From the lowest to the highest. A module may import those above it in this list.
const LAYERS: &[Layer] = &[
    layer("error", &[]),
    layer("capability", &["error"]),
    layer("types", &["capability"]),
    layer("telemetry", &["capability"]),
    layer("schema", &["capability", "telemetry"]),
    layer("ddl", &["capability", "telemetry", "schema"]),
    layer("changeset", &["capability", "telemetry", "ddl"]),
    layer("query", &["telemetry", "ddl", "changeset"]),
    // Knows changesets only to declare the constraints of associations.
    layer("association", &["telemetry", "ddl"]),
    layer("adapter", &["changeset", "association"]),
    layer("multi", &["adapter", "ddl"]),
    layer("repo", &[]),
    layer("migration", &["changeset", "multi", "association"]),
    // Doors: they hold `pub use` and nothing else.
    layer("prelude", &[]),
    layer("private", &[]),
];

fn rank(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.name == module)
}

/// What a file imports although it may not.
pub fn upward_imports(core: &Tree) -> Vec<String> {
    let mut findings = Vec::new();
    for source in core.rust() {
        let module = source.module_path()[0];
        if module == "lib" {
            continue;
        }
        let Some(own) = rank(module) else {
            findings.push(format!("{}: `{module}` has no place in the order of layers (house/layers.rs)", source.path));
            continue;
        };
        for (line, target) in imports(source) {
            let forbidden = rank(&target).is_some_and(|other| other > own) || LAYERS[own].never.contains(&target.as_str());
            if forbidden {
                findings.push(format!("{}:{line}: `{module}` must not import `{target}`", source.path));
            }
        }
    }
    findings
}

/// The modules that a file names from the crate's root, with the line: `crate::a::b`, `use crate::{a, b::c}`.
fn imports(source: &Source) -> Vec<(usize, String)> {
    let code = source.bare();
    let mut found = Vec::new();
    for (at, prefix) in code.match_indices("crate::") {
        let line = code[..at].matches('\n').count() + 1;
        let rest = &code[at + prefix.len()..];
        let names = if rest.starts_with('{') { group(rest) } else { vec![word(rest)] };
        found.extend(names.into_iter().filter(|name| !name.is_empty()).map(|name| (line, name)));
    }
    found
}

/// The first words of the entries of a `{…}` list.
fn group(text: &str) -> Vec<String> {
    let mut depth = 0;
    let mut entries = vec![String::new()];
    for character in text.chars() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => entries.push(String::new()),
            other if depth == 1 => entries.last_mut().expect("never empty").push(other),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    entries.iter().map(|entry| word(entry.trim())).collect()
}

fn word(text: &str) -> String {
    text.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}

/// Ways around the check: names re-exported by the root, and `super` chains that leave the module.
pub fn hidden_imports(core: &Tree) -> Vec<String> {
    let mut findings = Vec::new();
    for source in core.rust().filter(|source| !matches!(source.module_path()[0], "lib" | "prelude" | "private")) {
        // An exported macro must name what others can reach: `$crate::Result`.
        let exported = Source::new(&source.path, &source.code.replace("$crate::", "other::"));
        for (line, target) in imports(&exported) {
            // What the lowest layer gives cannot point up.
            let is_error = matches!(target.as_str(), "Error" | "Result" | "Violation" | "ViolationKind");
            if target.starts_with(char::is_uppercase) && !is_error {
                findings.push(format!("{}:{line}: `crate::{target}` hides its module", source.path));
            }
        }
        let leaving = "super::".repeat(source.module_path().len());
        if let Some(at) = source.bare().find(&leaving) {
            let line = source.code[..at].matches('\n').count() + 1;
            findings.push(format!("{}:{line}: `{leaving}` leaves the module", source.path));
        }
    }
    findings
}

/// Each database's folder names only itself; `adapter/sql` names neither.
pub fn sibling_adapters(core: &Tree) -> Vec<String> {
    let folders = [("adapter/sqlite", "postgres"), ("adapter/postgres", "sqlite"), ("adapter/sql", "sqlite::|postgres::")];
    let mut findings = Vec::new();
    for (folder, other) in folders {
        let pattern = Regex::new(&format!("(?i){other}")).expect("a pattern");
        let below = |path: &str| path.contains(&format!("src/{folder}/")) || path.ends_with(&format!("src/{folder}.rs"));
        for source in core.rust().filter(|source| below(&source.path)) {
            for (number, line) in source.bare().lines().enumerate() {
                if pattern.is_match(line) && !line.contains("cfg(") {
                    findings.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
                }
            }
        }
    }
    findings
}

/// The macros' manifest names no crate of ours, and their output only the hidden module.
pub fn macro_crate(tree: &Tree) -> Vec<String> {
    let dependency = Regex::new(r"^ecto[-_]\w+\s*[.=]").expect("a pattern");
    let path = Regex::new(r"ecto_core\s*::\s*(\w+)").expect("a pattern");
    let mut findings = Vec::new();
    for source in &tree.0 {
        for (number, line) in source.code.lines().enumerate() {
            let named = path.captures_iter(line).any(|found| &found[1] != "__private");
            if (source.path.ends_with(".toml") && dependency.is_match(line)) || (source.path.ends_with(".rs") && named) {
                findings.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    findings
}

/// What the command line may not reach into.
pub fn command_line(tree: &Tree) -> Vec<String> {
    let beyond = Regex::new(r"ecto_core::\{?[\w:, ]*\b(changeset|query|association|multi|schema)\b").expect("a pattern");
    let lines = tree.rust().flat_map(|source| {
        source
            .bare()
            .lines()
            .enumerate()
            .map(|(number, line)| (format!("{}:{}", source.path, number + 1), line.to_owned()))
            .collect::<Vec<_>>()
    });
    lines.filter(|(_, line)| beyond.is_match(line)).map(|(place, line)| format!("{place}: {}", line.trim())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(path: &str, text: &str) -> Tree {
        Tree(vec![Source::new(path, text)])
    }

    #[test]
    fn an_upward_import_is_found_in_each_form() {
        let up = |text| upward_imports(&tree("ecto-core/src/query/ast.rs", text));
        assert_eq!(up("use crate::types::Value;\nuse crate::{error::Error, schema::{Field, Key}};"), Vec::<String>::new());
        assert_eq!(up("use crate::repo::Repo;"), ["ecto-core/src/query/ast.rs:1: `query` must not import `repo`"]);
        assert_eq!(up("use crate::{error::Error, adapter::{Row}};").len(), 1);
        assert_eq!(up("fn f() {\n crate::migration::run() }").len(), 1);
        assert_eq!(
            up("// crate::repo\n/// [`x`](crate::repo::Repo)\n#[cfg(test)]\nmod tests { use crate::repo::Repo; }"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn lower_modules_can_be_forbidden_too() {
        assert_eq!(upward_imports(&tree("ecto-core/src/query.rs", "use crate::changeset::Changeset;")).len(), 1);
        assert_eq!(upward_imports(&tree("ecto-core/src/migration/run.rs", "use crate::{multi, repo};")).len(), 1);
        assert_eq!(upward_imports(&tree("ecto-core/src/utils.rs", "")).len(), 1);
    }

    #[test]
    fn ways_around_are_found() {
        let hidden = |path, text| hidden_imports(&tree(path, text)).len();
        assert_eq!(hidden("ecto-core/src/query/ast.rs", "use crate::Repo;"), 1);
        assert_eq!(hidden("ecto-core/src/query/ast.rs", "use super::super::repo::Repo;"), 1);
        assert_eq!(hidden("ecto-core/src/query/clause/lock.rs", "use super::super::ast::Op;"), 0);
    }

    #[test]
    fn adapters_know_only_themselves() {
        assert_eq!(sibling_adapters(&tree("ecto-core/src/adapter/sqlite/codec.rs", "use postgres::Row;")).len(), 1);
        assert_eq!(sibling_adapters(&tree("ecto-core/src/adapter/postgres.rs", "use rusqlite::Row;")).len(), 1);
        assert_eq!(sibling_adapters(&tree("ecto-core/src/adapter/sqlite.rs", "use rusqlite::Row; // unlike postgres")).len(), 0);
    }

    #[test]
    fn crates_around_the_core_stay_outside() {
        assert_eq!(macro_crate(&tree("ecto-macros/Cargo.toml", "ecto-core.workspace = true")).len(), 1);
        assert_eq!(macro_crate(&tree("ecto-macros/src/lib.rs", "quote!(::ecto_core::query::Query)")).len(), 1);
        assert_eq!(macro_crate(&tree("ecto-macros/src/lib.rs", "quote!(::ecto_core::__private::Query)")).len(), 0);
        assert_eq!(command_line(&tree("ecto-cli/src/a.rs", "use ecto_core::{migration, query::Query};")).len(), 1);
    }
}
