//! A text of SQLite's language as tokens. Every byte belongs to exactly one of them, so that nothing is lost.

/// Where something stands, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    /// The text there.
    pub(crate) fn of(self, sql: &str) -> &str {
        sql.get(self.start..self.end).unwrap_or_default()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Space,
    /// Without the end of its line.
    LineComment,
    BlockComment,
    /// A keyword or a name without quotes.
    Word,
    /// `"name"`, `` `name` `` or `[name]`.
    Quoted,
    /// `'text'`.
    Text,
    Blob,
    Number,
    Variable,
    Open,
    Close,
    Comma,
    Operator,
    /// What SQLite would refuse: quotes without an end, a number that runs into a word, a stray character.
    Illegal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub kind: TokenKind,
    pub span: Span,
}

impl Token {
    /// Is it more than space and comments?
    pub(crate) fn is_significant(self) -> bool {
        !matches!(self.kind, TokenKind::Space | TokenKind::LineComment | TokenKind::BlockComment)
    }
}

/// All tokens of a text, in order.
pub(crate) fn tokens(sql: &str) -> Vec<Token> {
    let bytes = sql.as_bytes();
    let mut tokens = Vec::new();
    let mut start = 0;
    while start < bytes.len() {
        let (kind, length) = first(&bytes[start..]);
        tokens.push(Token { kind, span: Span { start, end: start + length } });
        start += length;
    }
    tokens
}

/// The name that a token spells: its quotes taken away, and doubled ones made single.
pub(crate) fn unquoted(text: &str) -> String {
    let inner = || text.get(1..text.len().saturating_sub(1)).unwrap_or_default();
    match text.as_bytes().first() {
        Some(b'"') => inner().replace("\"\"", "\""),
        Some(b'`') => inner().replace("``", "`"),
        Some(b'\'') => inner().replace("''", "'"),
        Some(b'[') => inner().to_owned(),
        _ => text.to_owned(),
    }
}

/// Does a token of an SQL text spell this name? What stands in strings and comments does not count.
pub(crate) fn mentions(sql: &str, name: &str) -> bool {
    tokens(sql).iter().any(|token| spells(sql, *token, name))
}

/// Is the token this name, quoted or not?
pub(super) fn spells(sql: &str, token: Token, name: &str) -> bool {
    match token.kind {
        TokenKind::Word => token.span.of(sql).eq_ignore_ascii_case(name),
        TokenKind::Quoted => unquoted(token.span.of(sql)).eq_ignore_ascii_case(name),
        TokenKind::Space
        | TokenKind::LineComment
        | TokenKind::BlockComment
        | TokenKind::Text
        | TokenKind::Blob
        | TokenKind::Number
        | TokenKind::Variable
        | TokenKind::Open
        | TokenKind::Close
        | TokenKind::Comma
        | TokenKind::Operator
        | TokenKind::Illegal => false,
    }
}

/// Do two texts have the same tokens? Space and comments do not count, nor does how a name is quoted or its case.
pub(super) fn same(left: &str, right: &str) -> bool {
    let significant = |sql: &str| tokens(sql).into_iter().filter(|token| token.is_significant()).collect::<Vec<_>>();
    let (these, those) = (significant(left), significant(right));
    these.len() == those.len()
        && these.iter().zip(&those).all(|(this, that)| {
            let (a, b) = (this.span.of(left), that.span.of(right));
            let is_name = |token: &Token| matches!(token.kind, TokenKind::Word | TokenKind::Quoted);
            if is_name(this) && is_name(that) { unquoted(a).eq_ignore_ascii_case(&unquoted(b)) } else { a == b }
        })
}

/// Kind and length of the first token; `rest` is not empty.
fn first(rest: &[u8]) -> (TokenKind, usize) {
    let at = |index: usize| rest.get(index).copied().unwrap_or_default();
    match at(0) {
        b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' => (TokenKind::Space, while_in(rest, 0, |b| b" \t\n\r\x0c".contains(&b))),
        // SQLite takes a byte order mark for space.
        0xef if rest.starts_with(b"\xef\xbb\xbf") => (TokenKind::Space, 3),
        b'-' if at(1) == b'-' => (TokenKind::LineComment, while_in(rest, 2, |b| b != b'\n')),
        // One without an end reaches to the end of the text, if there is anything in it.
        b'/' if at(1) == b'*' && rest.len() > 2 => {
            let end = rest.windows(2).skip(2).position(|pair| pair == b"*/").map_or(rest.len(), |found| found + 4);
            (TokenKind::BlockComment, end)
        }
        b'\'' => quoted(rest, b'\'', TokenKind::Text),
        quote @ (b'"' | b'`') => quoted(rest, quote, TokenKind::Quoted),
        b'[' => match rest.iter().position(|b| *b == b']') {
            Some(end) => (TokenKind::Quoted, end + 1),
            None => (TokenKind::Illegal, rest.len()),
        },
        b'x' | b'X' if at(1) == b'\'' => blob(rest),
        b'0'..=b'9' => number(rest),
        b'.' if at(1).is_ascii_digit() => number(rest),
        b'(' => (TokenKind::Open, 1),
        b')' => (TokenKind::Close, 1),
        b',' => (TokenKind::Comma, 1),
        b'?' => (TokenKind::Variable, while_in(rest, 1, |b| b.is_ascii_digit())),
        b'$' | b'@' | b'#' | b':' => match while_in(rest, 1, in_word) {
            1 => (TokenKind::Illegal, 1),
            length => (TokenKind::Variable, length),
        },
        byte if in_word(byte) => (TokenKind::Word, while_in(rest, 1, in_word)),
        _ => operator(rest),
    }
}

fn while_in(rest: &[u8], from: usize, belongs: impl Fn(u8) -> bool) -> usize {
    rest.iter().skip(from).position(|b| !belongs(*b)).map_or(rest.len(), |found| from + found)
}

/// Letters, and every byte beyond ASCII.
fn in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte >= 0x80
}

/// A doubled quote stands for itself.
fn quoted(rest: &[u8], quote: u8, kind: TokenKind) -> (TokenKind, usize) {
    let mut end = 1;
    while let Some(found) = rest[end..].iter().position(|b| *b == quote) {
        end += found + 1;
        if rest.get(end) != Some(&quote) {
            return (kind, end);
        }
        end += 1;
    }
    (TokenKind::Illegal, rest.len())
}

fn blob(rest: &[u8]) -> (TokenKind, usize) {
    let digits = while_in(rest, 2, |b| b.is_ascii_hexdigit());
    if rest.get(digits) == Some(&b'\'') && digits % 2 == 0 { (TokenKind::Blob, digits + 1) } else { (TokenKind::Illegal, digits) }
}

fn number(rest: &[u8]) -> (TokenKind, usize) {
    let is_digit = |b: u8| b.is_ascii_digit() || b == b'_';
    let is_sign = |index: usize| matches!(rest.get(index), Some(b'+' | b'-'));
    let mut end = if rest[0] == b'0' && matches!(rest.get(1), Some(b'x' | b'X')) {
        while_in(rest, 2, |b| b.is_ascii_hexdigit() || b == b'_')
    } else {
        while_in(rest, 0, is_digit)
    };
    if rest.get(end) == Some(&b'.') {
        end = while_in(rest, end + 1, is_digit);
    }
    if matches!(rest.get(end), Some(b'e' | b'E')) {
        let digits = end + 1 + usize::from(is_sign(end + 1));
        if rest.get(digits).is_some_and(u8::is_ascii_digit) {
            end = while_in(rest, digits, is_digit);
        }
    }
    match while_in(rest, end, in_word) {
        length if length > end => (TokenKind::Illegal, length),
        length => (TokenKind::Number, length),
    }
}

fn operator(rest: &[u8]) -> (TokenKind, usize) {
    const LONG: [&[u8]; 10] = [b"->>", b"->", b"||", b"<=", b">=", b"<>", b"<<", b">>", b"==", b"!="];
    match LONG.iter().find(|long| rest.starts_with(long)) {
        Some(long) => (TokenKind::Operator, long.len()),
        None if b"+-*/%=<>&|~.;".contains(&rest[0]) => (TokenKind::Operator, 1),
        None => (TokenKind::Illegal, 1),
    }
}
