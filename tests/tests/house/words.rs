//! Words that belong to one place only.

use regex::Regex;

use super::source::{Source, Tree};

/// The lines of the code where a pattern stands, as `path:line: text`; `allowed` sees the path, the line and the one before it.
fn lines(tree: &Tree, pattern: &str, allowed: impl Fn(&str, &str, &str) -> bool) -> Vec<String> {
    let pattern = Regex::new(pattern).expect("a pattern");
    let mut findings = Vec::new();
    for source in tree.rust() {
        let mut before = "";
        for (number, line) in source.code.lines().enumerate() {
            if pattern.is_match(line) && !allowed(&source.path, line, before) {
                findings.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
            before = line;
        }
    }
    findings
}

/// The name of a database, in names and in texts, outside its folder. Doors (`mod`, `pub use`, what a feature gates) are allowed.
pub fn database_names(core: &Tree) -> Vec<String> {
    // Its own folder, the table from a URL to its adapter, and the texts that tell a user which databases there are.
    let own = Regex::new("src/adapter/(sqlite|postgres)[./]|src/adapter/open.rs|src/error/adapter.rs").expect("a pattern");
    let door = Regex::new(r"cfg\(|cfg!\(|feature = |^\s*(pub(\(\w+\))? )?mod |pub use ").expect("a pattern");
    let ungated =
        core.rust().map(|source| Source { path: source.path.clone(), text: String::new(), code: source.without_gated("#[cfg(feature") });
    lines(&Tree(ungated.collect()), "(?i)sqlite|postgres", |path, line, _| own.is_match(path) || door.is_match(line))
}

pub fn sea_query(core: &Tree) -> Vec<String> {
    lines(core, r"\bsea_query\b", |path, _, _| path.contains("src/adapter/sql/") || path.ends_with("src/adapter/sql.rs"))
}

/// Panics without an `#[expect(clippy::…, reason = "…")]` close above them. A constant is evaluated by the compiler, which reports it.
pub fn panics(tree: &Tree) -> Vec<String> {
    let pattern = Regex::new(r"\b(panic|todo|unimplemented|unreachable)!\s*[(\[{]|\.unwrap\(\)|\.expect\(\s*\x22|\.expect\(&?format!")
        .expect("a pattern");
    let constant = Regex::new(r"^\s*(pub(\(\w+\))? )?(const|static) [A-Z]").expect("a pattern");
    let mut findings = Vec::new();
    for source in tree.rust() {
        let lines: Vec<&str> = source.code.lines().collect();
        for (number, line) in lines.iter().enumerate() {
            // What a macro expands to beside its error is never run.
            let is_quoted = source.path.starts_with("ecto-macros/") && line.contains("quote!");
            if pattern.is_match(line)
                && !is_quoted
                && !constant.is_match(line)
                && !in_string(&source.code, number, &pattern)
                && !is_expected(&lines, number)
            {
                findings.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    findings
}

/// Does the match vanish once strings are blanked?
fn in_string(code: &str, number: usize, pattern: &Regex) -> bool {
    let bare = Source::new("", code).bare();
    bare.lines().nth(number).is_some_and(|line| !pattern.is_match(&line.replace(".expect( ", ".expect(\"")))
}

/// Stands an `expect` attribute with a reason in the 30 lines above, on the same function?
fn is_expected(lines: &[&str], number: usize) -> bool {
    let above = &lines[number.saturating_sub(30)..number];
    above.iter().rev().any(|line| line.contains("expect(clippy::") || line.trim_start().starts_with("clippy::"))
}

/// Printing, exiting, reading the environment. The command line may print in output.rs and below it, exit in main.rs and at the second Ctrl-C, and read the environment in config.rs; a macro asks it for the folder of the package.
pub fn talk(tree: &Tree) -> Vec<String> {
    let mut findings = lines(tree, r"\be?print(ln)?!\(|\bdbg!\(|\bstd(out|err)\(\)", |path, _, _| path.starts_with("ecto-cli/src/output"));
    findings.extend(lines(tree, r"process::exit\b", |path, _, _| path == "ecto-cli/src/main.rs" || path == "ecto-cli/src/signal.rs"));
    findings.extend(lines(tree, r"\benv::(args|vars?|set_var)", |path, _, _| {
        matches!(path, "ecto-cli/src/config.rs" | "ecto-cli/src/main.rs" | "ecto-macros/src/embed.rs")
    }));
    findings
}

/// Texts of errors, as `#[error("…")]` has them.
pub fn error_texts(tree: &Tree) -> Vec<String> {
    let text = Regex::new(r#"#\[error\(\s*"((?:[^"\\]|\\.)*)""#).expect("a pattern");
    let proper = Regex::new(r"^(PostgreSQL|SQLite|SQL|TLS|URL|JSON|NULL|UUID|[A-Z_]{4,})\b").expect("a pattern");
    let mut findings = Vec::new();
    for source in tree.rust() {
        for found in text.captures_iter(&source.code) {
            let message = &found[1];
            let upper = message.starts_with(char::is_uppercase) && !proper.is_match(message);
            if upper || message.ends_with('.') {
                findings.push(format!("{}: {message}", source.path));
            }
        }
    }
    findings
}

pub fn sql_in_commands(cli: &Tree) -> Vec<String> {
    lines(cli, r#""(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP) "#, |_, _, _| false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(path: &str, text: &str) -> Tree {
        Tree(vec![Source::new(path, text)])
    }

    #[test]
    fn a_databases_name_is_found_in_code_and_texts() {
        let names = |path, text| database_names(&tree(path, text)).len();
        assert_eq!(names("ecto-core/src/repo.rs", "let a = \"SQLite cannot\";\nfn is_postgres() {}"), 2);
        assert_eq!(
            names("ecto-core/src/repo.rs", "// SQLite\n#[cfg(feature = \"sqlite\")]\n#[doc(hidden)]\nSqlite(Row),\npub mod sqlite;"),
            0
        );
        assert_eq!(names("ecto-core/src/repo.rs", "#[cfg(feature = \"sqlite\")]\nmod x;\nfn sqlite() {}"), 1);
        assert_eq!(names("ecto-core/src/adapter/sqlite/fault.rs", "rusqlite::Error"), 0);
        assert_eq!(sea_query(&tree("ecto-core/src/adapter/sql/expr.rs", "use sea_query::Expr;")).len(), 0);
        assert_eq!(sea_query(&tree("ecto-core/src/query.rs", "use sea_query::Expr;")).len(), 1);
    }

    #[test]
    fn a_panic_needs_a_reason() {
        let found = |text| panics(&tree("ecto-core/src/repo.rs", text)).len();
        assert_eq!(found("fn f() { unreachable!() }"), 1);
        assert_eq!(found("fn f() { x.unwrap(); y.expect(\"why\"); }"), 1);
        assert_eq!(found("#[expect(clippy::unwrap_used, reason = \"never empty\")]\nfn f() { x.unwrap() }"), 0);
        assert_eq!(found("let hint = \"panic!() and .unwrap() are not needed\"; x.unwrap_or(1)"), 0);
        assert_eq!(found("#[cfg(test)]\nmod tests { fn f() { panic!() } }"), 0);
        assert_eq!(found("cursor.expect(3)"), 0);
        assert_eq!(found("const EPOCH: NaiveDate = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap();"), 0);
    }

    #[test]
    fn a_library_that_talks_is_found() {
        assert_eq!(talk(&tree("ecto-core/src/repo.rs", "println!(\"x\");\nstd::env::var(\"X\");\nstd::process::exit(1)")).len(), 3);
        assert_eq!(talk(&tree("ecto-cli/src/output.rs", "eprintln!(\"x\")")).len(), 0);
        assert_eq!(talk(&tree("ecto-core/src/repo.rs", "env!(\"CARGO\"); sprint(1)")).len(), 0);
    }

    #[test]
    fn error_texts_are_read() {
        let found = |text| error_texts(&tree("ecto-core/src/error/x.rs", text)).len();
        assert_eq!(found("#[error(\"Connection lost\")]"), 1);
        assert_eq!(found("#[error(\"connection lost.\")]"), 1);
        assert_eq!(found("#[error(\"SQLite has no {0}\")]\n#[error(\"no `{x}` was \\\"found\\\"\")]"), 0);
        assert_eq!(sql_in_commands(&tree("ecto-cli/src/a.rs", "run(\"DROP TABLE x\")")).len(), 1);
    }
}
