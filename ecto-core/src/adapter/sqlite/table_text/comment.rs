//! Remarks on the table and on its columns: comments where `CREATE TABLE` puts them. All others are somebody else's and stay.

use super::splice::Splices;
use super::token::{Span, TokenKind};
use super::{ColumnText, TableText};

impl TableText {
    /// What is said of the table: directly behind the parenthesis that opens its columns.
    pub(crate) fn comment(&self) -> Option<&str> {
        self.comment_at(self.open()).map(|span| self.inside(span))
    }

    /// What is said of a column: behind its definition, on the same line.
    pub(crate) fn comment_of(&self, column: &ColumnText) -> Option<&str> {
        self.comment_behind(column).map(|span| self.inside(span))
    }

    pub(super) fn set_comment(&self, text: Option<&str>, splices: &mut Splices) {
        let open = self.open();
        let is_space = |at: usize| self.starting(at).is_some_and(|next| next.kind == TokenKind::Space);
        match (self.comment_at(open), text) {
            (Some(old), Some(text)) => splices.replace(old, format!("/* {text} */")),
            (Some(old), None) => {
                let Span { start, end } = self.run(old);
                // The space behind it came with it.
                let space = usize::from(self.sql.get(end..).is_some_and(|rest| rest.starts_with(' ')));
                splices.remove(Span { start, end: end + space });
            }
            (None, Some(text)) => splices.insert(open, format!("/* {text} */{}", if is_space(open) { "" } else { " " })),
            (None, None) => {}
        }
    }

    pub(super) fn set_comment_of(&self, column: &ColumnText, text: Option<&str>, splices: &mut Splices) {
        match (self.comment_behind(column), text) {
            (Some(old), Some(text)) => splices.replace(old, format!("/* {text} */")),
            (Some(old), None) => splices.remove(self.with_space(self.run(old))),
            (None, Some(text)) => splices.insert(column.span.end, format!(" /* {text} */")),
            (None, None) => {}
        }
    }

    /// Behind the parenthesis that opens the columns.
    fn open(&self) -> usize {
        let is_open = |kind: TokenKind, start: usize| kind == TokenKind::Open && start >= self.name.span.end;
        self.tokens.iter().find(|token| is_open(token.kind, token.span.start)).map_or(self.name.span.end, |open| open.span.end)
    }

    fn comment_behind(&self, column: &ColumnText) -> Option<Span> {
        self.next_comment(column.span.end)
    }

    /// On the same line.
    fn next_comment(&self, at: usize) -> Option<Span> {
        let next = self.starting(at)?;
        let is_gap = next.kind == TokenKind::Space && !self.breaks_line(next);
        self.comment_at(if is_gap { next.span.end } else { at })
    }

    /// With those that follow it: nothing is said only when the last of them is gone.
    fn run(&self, first: Span) -> Span {
        let mut run = first;
        while let Some(next) = self.next_comment(run.end) {
            run.end = next.end;
        }
        run
    }

    fn comment_at(&self, at: usize) -> Option<Span> {
        self.starting(at).filter(|token| token.kind == TokenKind::BlockComment && token.span.start == at).map(|token| token.span)
    }

    fn inside(&self, comment: Span) -> &str {
        let text = comment.of(&self.sql);
        text.strip_prefix("/*").and_then(|text| text.strip_suffix("*/")).unwrap_or(text).trim()
    }
}
