use super::*;

const POSTGRES: Syntax =
    Syntax { dollar_and_escape_strings: true, nested_comments: true, bracket_and_backtick_names: false, lower_case_names: true };
const SQLITE: Syntax =
    Syntax { dollar_and_escape_strings: false, nested_comments: false, bracket_and_backtick_names: true, lower_case_names: false };

fn statements<'t>(text: &'t str, syntax: &Syntax) -> Vec<&'t str> {
    let statement = |piece| match piece {
        Piece::Statement { sql, .. } => sql,
        other => panic!("{other:?}"),
    };
    pieces(text, syntax).unwrap().into_iter().map(statement).collect()
}

#[track_caller]
fn cuts(text: &str, expected: &[&str]) {
    assert_eq!(statements(text, &POSTGRES), expected);
    assert_eq!(statements(text, &SQLITE), expected);
}

#[test]
fn a_semicolon_ends_a_statement() {
    cuts("A; B ;\n\nC", &["A", "B", "C"]);
    cuts("", &[]);
    cuts(" ; ;; ", &[]);
    cuts("\u{feff}A;\r\nB;\r\n", &["A", "B"]);
}

#[test]
fn but_not_in_strings_names_comments_and_parentheses() {
    cuts("A 'x;''y;' B; C", &["A 'x;''y;' B", "C"]);
    cuts(r#"A "x;""y;" B; C"#, &[r#"A "x;""y;" B"#, "C"]);
    cuts("A -- x; y\nB; C /* ; */ D;", &["A -- x; y\nB", "C /* ; */ D"]);
    cuts("-- x;\n/* y; */ A;", &["A"]);
    cuts("CREATE RULE r DO ALSO (A; B); C", &["CREATE RULE r DO ALSO (A; B)", "C"]);
    cuts("A 'ä;ß'; Ö", &["A 'ä;ß'", "Ö"]);
}

#[test]
fn postgres_has_dollar_quotes_escapes_and_nested_comments() {
    let cut = |text| statements(text, &POSTGRES);
    assert_eq!(cut("A $$x; $1 y$$; B"), ["A $$x; $1 y$$", "B"]);
    assert_eq!(cut("A $fn$ $$;$$ $fn$; B"), ["A $fn$ $$;$$ $fn$", "B"]);
    assert_eq!(cut("A $1; B $2; C a$b$c; D a$b$c;"), ["A $1", "B $2", "C a$b$c", "D a$b$c"]);
    assert_eq!(cut(r"A E'x\';' B; C e'\\'; D"), [r"A E'x\';' B", r"C e'\\'", "D"]);
    assert_eq!(cut(r"A 'x\'; B"), [r"A 'x\'", "B"]);
    assert_eq!(cut("A /* x /* y; */ z; */ B; C"), ["A /* x /* y; */ z; */ B", "C"]);
    assert_eq!(cut("A x[1]; B"), ["A x[1]", "B"]);
}

#[test]
fn sqlite_has_brackets_and_backticks() {
    let cut = |text| statements(text, &SQLITE);
    assert_eq!(cut("A [x;y]; B `z;``w`; C"), ["A [x;y]", "B `z;``w`", "C"]);
    assert_eq!(cut("A /* x /* y */ B; C"), ["A /* x /* y */ B", "C"]);
    assert_eq!(cut("A $$; B"), ["A $$", "B"]);
}

#[test]
fn bodies_are_kept_whole() {
    let trigger = "CREATE TEMP TRIGGER t AFTER INSERT ON x BEGIN UPDATE y SET z = CASE WHEN a THEN b ELSE c END; DELETE FROM x; END";
    cuts(&format!("{trigger}; A;"), &[trigger, "A"]);
    let function = "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; SELECT 2; END";
    cuts(&format!("{function}; A"), &[function, "A"]);
    cuts("BEGIN; A; COMMIT; SELECT CASE WHEN a THEN b END; END;", &["BEGIN", "A", "COMMIT", "SELECT CASE WHEN a THEN b END", "END"]);
    cuts("CREATE TRIGGER t BEFORE UPDATE ON x EXECUTE FUNCTION f(); A", &["CREATE TRIGGER t BEFORE UPDATE ON x EXECUTE FUNCTION f()", "A"]);
    cuts(
        "CREATE TABLE a (x int DEFAULT 1); CREATE TABLE \"begin\" (y int);",
        &["CREATE TABLE a (x int DEFAULT 1)", "CREATE TABLE \"begin\" (y int)"],
    );
}

#[test]
fn marks_are_whole_lines_outside_of_everything() {
    let marks =
        |text| pieces(text, &SQLITE).unwrap().into_iter().filter(|piece| !matches!(piece, Piece::Statement { .. })).collect::<Vec<_>>();
    assert_eq!(marks("A\n-- down\nB"), [Piece::Down { line: 2 }]);
    assert_eq!(marks("A;\n  --DOWN  \nB"), [Piece::Down { line: 2 }]);
    assert_eq!(marks("-- ecto: transaction = off\nA"), [Piece::Options { text: "transaction = off", line: 1 }]);
    let hidden = "A '\n-- down\n'; B (\n-- down\n); /*\n-- down\n*/ C; D -- down\n; -- downwards\n-- down we go\n";
    assert_eq!(marks(hidden), []);
    let body = "CREATE TRIGGER t BEFORE INSERT ON x BEGIN\n-- down\nSELECT 1; END;";
    assert_eq!(marks(body), []);
}

#[test]
fn a_statement_knows_the_line_of_its_first_word() {
    let found = pieces("\n-- x\n\nA\n'b\n';\n\n  C", &POSTGRES).unwrap();
    assert_eq!(found, [Piece::Statement { sql: "A\n'b\n'", line: 4 }, Piece::Statement { sql: "C", line: 8 }]);
}

#[test]
fn what_never_closes_is_named_with_its_line() {
    let cases = [
        ("A;\nB 'x;", "string"),
        ("A;\n/* x;", "comment"),
        ("A;\nB \"x;", "quoted name"),
        ("A;\nB $x$ ; $y$", "dollar-quoted string"),
        ("A;\nCREATE TRIGGER t BEGIN x;", "body (`BEGIN` without `END`)"),
    ];
    for (text, expected) in cases {
        match pieces(text, &POSTGRES) {
            Err(MigrationError::Unclosed { what, line: 2 }) => assert_eq!(what, expected),
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn words_that_end_a_transaction_are_known() {
    assert_eq!(ends_transaction("commit"), Some("COMMIT"));
    assert_eq!(ends_transaction("BEGIN IMMEDIATE"), Some("BEGIN"));
    assert_eq!(ends_transaction("ROLLBACK;"), Some("ROLLBACK"));
    assert_eq!(ends_transaction("COMMENT ON TABLE x IS 'y'"), None);
    assert_eq!(ends_transaction("SAVEPOINT x"), None);
}

/// Whatever the text, nothing panics and no statement is invented.
#[test]
fn any_text_is_cut_or_refused() {
    let letters =
        ["'", "\"", "$", "a", ";", "-", "/", "*", "(", ")", "\n", "ä", "E", "\\", "[", "]", "`", " BEGIN ", " END ", "CREATE TRIGGER "];
    let mut seed = 7_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..(seed >> 60) + 4 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(letters[(seed >> 33) as usize % letters.len()]);
        }
        for syntax in [&POSTGRES, &SQLITE] {
            for piece in pieces(&text, syntax).into_iter().flatten() {
                if let Piece::Statement { sql, .. } = piece {
                    assert!(text.contains(sql) && !sql.is_empty());
                }
            }
        }
    }
}
