//! An association that a source of the same query fills.

use std::sync::Arc;

use super::index::Places;
use super::{Association, Found};
use crate::error::Result;
use crate::query::{Attached, Columns, Fold, Folding, Group, Loading, Node, SelectList};
use crate::types::AnyRow;

/// What `.joined(..)` makes of an association.
#[must_use = "it does nothing until it is given to `preload_joined`"]
pub struct JoinedBranch<A: Association> {
    association: A,
    node: Node<A::Target>,
}

impl<A: Association> JoinedBranch<A> {
    pub(crate) fn new(association: A, node: Node<A::Target>) -> Self {
        JoinedBranch { association, node }
    }
}

#[diagnostic::do_not_recommend]
impl<A: Association> Attached<A::Owner> for JoinedBranch<A> {
    fn __attach(self, node: &mut Node<A::Owner>) {
        node.fill(Arc::new(self));
    }
}

impl<A: Association> Fold<A::Owner> for JoinedBranch<A> {
    fn select(&self, to: &mut SelectList) {
        self.node.select(to);
    }

    fn begin(&self) -> Result<Box<dyn Folding<A::Owner> + '_>> {
        Ok(Box::new(Rows { association: self.association, group: Group::new(&self.node)?, tied: Vec::new() }))
    }
}

/// The rows of one association while they are read.
struct Rows<'n, A: Association> {
    association: A,
    group: Group<'n, A::Target>,
    /// Owners and their rows, by their numbers.
    tied: Vec<(u32, u32)>,
}

impl<A: Association> Folding<A::Owner> for Rows<'_, A> {
    fn take(&mut self, owner: Option<u32>, row: &mut dyn AnyRow, at: usize) -> Result<usize> {
        // A row that is shared belongs to nobody in particular.
        let scope = if A::SHARES { owner.map(|_| 0) } else { owner };
        let (met, next) = self.group.take(scope, row, at)?;
        if let (Some(owner), Some(met)) = (owner, met)
            && (met.is_new || A::SHARES)
        {
            self.tied.push((owner, met.number));
        }
        Ok(next)
    }

    fn finish(self: Box<Self>, owners: &mut [&mut A::Owner], loading: Loading<'_>) -> Result<()> {
        let rows = self.group.finish(loading)?;
        let (places, found) = if A::SHARES { shared(&self.tied, owners.len(), rows) } else { own(&self.tied, owners.len(), rows) };
        self.association.__fill(owners, &places, found);
        Ok(())
    }
}

/// Each owner has a place of its own, which all its rows go to.
fn own<T: Columns>(tied: &[(u32, u32)], owners: usize, rows: Vec<T>) -> (Places, Found<T>) {
    let of_owners = (0..).take(owners).map(|owner| (owner, Some(owner))).collect();
    (Places { of_owners, count: owners }, Found { places: tied.iter().map(|(owner, _)| *owner).collect(), rows })
}

/// Each row has a place of its own, which owners take it from.
fn shared<T: Columns>(tied: &[(u32, u32)], owners: usize, rows: Vec<T>) -> (Places, Found<T>) {
    let mut of_owners: Vec<(u32, Option<u32>)> = (0..).take(owners).map(|owner| (owner, None)).collect();
    for (owner, row) in tied {
        of_owners[*owner as usize].1 = Some(*row);
    }
    (Places { of_owners, count: rows.len() }, Found { places: (0..).take(rows.len()).collect(), rows })
}
