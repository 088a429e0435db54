//! Changes of a text by place. What is not named by one of them stays as it is.

use super::TableText;
use super::token::{Span, Token, TokenKind, tokens};

/// Replacements, to be made all at once. They do not overlap.
#[derive(Default)]
pub(super) struct Splices(Vec<(Span, String)>);

impl Splices {
    pub(super) fn replace(&mut self, span: Span, text: impl Into<String>) {
        self.0.push((span, text.into()));
    }

    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(Span { start: at, end: at }, text);
    }

    pub(super) fn remove(&mut self, span: Span) {
        self.replace(span, "");
    }

    pub(super) fn apply(mut self, sql: &str) -> String {
        self.0.sort_by_key(|(span, _)| span.start);
        let mut text = String::with_capacity(sql.len());
        let mut at = 0;
        for (span, replacement) in self.0 {
            text.push_str(Span { start: at, end: span.start }.of(sql));
            text.push_str(&replacement);
            at = span.end;
        }
        text.push_str(Span { start: at, end: sql.len() }.of(sql));
        text
    }
}

/// The piece, so that what is written behind it is not part of its last comment.
pub(super) fn closed(piece: &str) -> String {
    let ends_in_comment = tokens(piece).last().is_some_and(|token| token.kind == TokenKind::LineComment);
    if ends_in_comment { format!("{piece}\n") } else { piece.to_owned() }
}

impl TableText {
    /// The token that ends there, space and comments included.
    fn ending(&self, at: usize) -> Option<Token> {
        let next = self.tokens.partition_point(|token| token.span.start < at);
        next.checked_sub(1).and_then(|before| self.tokens.get(before)).copied().filter(|token| token.span.end == at)
    }

    pub(super) fn starting(&self, at: usize) -> Option<Token> {
        let next = self.tokens.partition_point(|token| token.span.start < at);
        self.tokens.get(next).copied()
    }

    fn significant_before(&self, at: usize) -> Option<Token> {
        self.tokens.iter().rev().copied().find(|token| token.span.end <= at && token.is_significant())
    }

    fn significant_after(&self, at: usize) -> Option<Token> {
        self.tokens.iter().copied().find(|token| token.span.start >= at && token.is_significant())
    }

    pub(super) fn breaks_line(&self, token: Token) -> bool {
        token.kind == TokenKind::Space && token.span.of(&self.sql).contains('\n')
    }

    /// The comment behind this place that ends the line: it speaks of what stands before it.
    fn comment_at_end_of_line(&self, at: usize) -> Option<Span> {
        let mut next = self.starting(at)?;
        if next.kind == TokenKind::Space && !self.breaks_line(next) {
            next = self.starting(next.span.end)?;
        }
        let ends_line = || {
            let after = self.starting(next.span.end);
            after.is_none_or(|after| self.breaks_line(after) || after.kind == TokenKind::Close)
        };
        let is_last = next.kind == TokenKind::LineComment || (next.kind == TokenKind::BlockComment && ends_line());
        is_last.then_some(next.span)
    }

    /// Can the space before a place be taken away, if this follows then? Words must not grow together.
    fn parts(next: Option<Token>) -> bool {
        next.is_none_or(|next| !next.is_significant() || matches!(next.kind, TokenKind::Comma | TokenKind::Close))
    }

    /// The space that ends there, unless it ends a comment.
    fn loose_space(&self, at: usize) -> Option<Token> {
        let space = self.ending(at).filter(|token| token.kind == TokenKind::Space)?;
        let ends_comment = self.ending(space.span.start).is_some_and(|before| before.kind == TokenKind::LineComment);
        (!ends_comment).then_some(space)
    }

    /// A clause of a column or an option, with the space before it.
    pub(super) fn with_space(&self, span: Span) -> Span {
        match self.loose_space(span.start) {
            Some(space) if TableText::parts(self.starting(span.end)) => Span { start: space.span.start, end: span.end },
            Some(_) | None => span,
        }
    }

    /// A column, or a constraint of the table, with the space that was only there for it.
    fn with_line(&self, span: Span) -> Span {
        let next = self.starting(span.end);
        let Some(space) = self.ending(span.start).filter(|token| token.kind == TokenKind::Space) else {
            let end = next.filter(|next| next.kind == TokenKind::Space).map_or(span.end, |space| space.span.end);
            return Span { start: span.start, end };
        };
        // A comment before it still needs an end of its line.
        let is_loose = self.loose_space(span.start).is_some() || next.is_some_and(|next| self.breaks_line(next));
        let start = if is_loose && TableText::parts(next) { space.span.start } else { span.start };
        Span { start, end: span.end }
    }

    /// Takes an item out of a list, with its comma and the comment at the end of its line.
    pub(super) fn remove_item(&self, span: Span, splices: &mut Splices) {
        let is_comma = |token: &Token| token.kind == TokenKind::Comma;
        let after = self.significant_after(span.end);
        let mut end = span.end;
        if let Some(comma) = after.filter(is_comma) {
            end = comma.span.end;
        } else if after.is_none_or(|next| next.kind == TokenKind::Close)
            && let Some(comma) = self.significant_before(span.start).filter(is_comma)
        {
            splices.remove(comma.span);
        }
        // Behind the parenthesis there are no lines.
        if span.start < self.end
            && let Some(comment) = self.comment_at_end_of_line(end)
        {
            end = comment.end;
        }
        splices.remove(self.with_line(Span { start: span.start, end }));
    }

    /// Adds an item behind another one that is the last.
    pub(super) fn append(&self, last: Span, piece: &str, splices: &mut Splices) {
        // What is said of the last one stays before the comma, which a comment to the end of the line would hide.
        let said = self.comment_at_end_of_line(last.end).filter(|span| !self.is_line_comment(*span));
        splices.insert(said.map_or(last.end, |span| span.end), ",");
        self.insert_line(last, last.end, &closed(piece), splices);
    }

    /// Inserts an item between a comma and what follows it.
    pub(super) fn insert_after_comma(&self, before: Span, piece: &str, splices: &mut Splices) {
        let comma = self.significant_after(before.end).map_or(before.end, |comma| comma.span.end);
        self.insert_line(before, comma, &format!("{},", closed(piece)), splices);
    }

    /// Inserts a piece with the space that `like` has before it, behind the comment that ends the line.
    fn insert_line(&self, like: Span, at: usize, piece: &str, splices: &mut Splices) {
        let space = self.ending(like.start).filter(|token| self.breaks_line(*token));
        let space = space.and_then(|space| space.span.of(&self.sql).rsplit('\n').next().map(|indent| format!("\n{indent}")));
        let comment = self.comment_at_end_of_line(at);
        let is_line = comment.is_some_and(|span| self.is_line_comment(span));
        let space = space.as_deref().unwrap_or(if is_line { "\n  " } else { " " });
        splices.insert(comment.map_or(at, |span| span.end), format!("{space}{piece}"));
    }

    fn is_line_comment(&self, span: Span) -> bool {
        self.starting(span.start).is_some_and(|token| token.kind == TokenKind::LineComment)
    }

    /// Inserts words into a definition.
    pub(super) fn insert_words(&self, at: usize, words: &str, splices: &mut Splices) {
        let after = if TableText::parts(self.starting(at)) { "" } else { " " };
        splices.insert(at, format!(" {}{after}", closed(words)));
    }
}
