//! Texts read and changed, and SQLite's own word on them.

use super::*;

#[test]
fn every_byte_belongs_to_a_token() {
    let sql = "a\u{e9}$1 -- x\n/* ( */ 'it''s' \"q\"\"\" [z] `b` X'0a' 1.5e-3 .5 0xFF ->> <= , ; ? @p 1x 'open";
    let tokens = token::tokens(sql);
    assert_eq!(tokens.iter().map(|token| token.span.of(sql)).collect::<String>(), sql);
}
