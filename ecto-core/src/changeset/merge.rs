//! Two changesets of the same row made one.

use super::Changeset;
use super::state::{Rare, Row, State};
use crate::error::{ChangesetError, Result};
use crate::schema::Record;

impl<S: Record> Changeset<S> {
    /// Both together: params, changes and filters of `other` win, errors are kept once each, constraints and callbacks of both hold.
    ///
    /// # Errors
    /// When the two are about different rows, or about different actions.
    pub fn merge(mut self, other: Self) -> Result<Self> {
        let same_row = match (&self.data, &other.data) {
            (Some(mine), Some(others)) => self.state.is_same_row(mine, others),
            (mine, others) => mine.is_none() && others.is_none(),
        };
        if !same_row {
            return Err(ChangesetError::MergeOfDifferentRows { schema: S::META.name }.into());
        }
        self.state.merge(other.state)?;
        self.prepare.extend(other.prepare);
        Ok(self)
    }
}

impl State {
    fn is_same_row(&self, mine: &dyn Row, others: &dyn Row) -> bool {
        (0..).zip(self.meta.fields).all(|(index, _)| mine.field_value(index) == others.field_value(index))
    }

    fn merge(&mut self, mut other: State) -> Result<()> {
        if let (Some(left), Some(right)) = (self.action, other.action)
            && left != right
        {
            return Err(ChangesetError::MergeOfDifferentActions { left: left.name(), right: right.name() }.into());
        }
        self.action = self.action.or(other.action);
        if other.rare().is_some() {
            self.rare_mut().merge(other.take_rare());
        }
        self.refused |= other.refused;
        self.constraints.extend(other.constraints);
        for (field, value) in other.changes {
            self.record(field, value);
        }
        for error in other.errors {
            if !self.errors.contains(&error) {
                self.errors.push(error);
            }
        }
        match (&mut self.params, other.params) {
            (Some(mine), Some(newer)) => mine.overlay(&newer),
            (mine @ None, newer) => *mine = newer,
            (Some(_), None) => {}
        }
        Ok(())
    }
}

impl Rare {
    fn merge(&mut self, other: Rare) {
        self.mistake = self.mistake.take().or(other.mistake);
        self.empty_values = self.empty_values.take().or(other.empty_values);
        for (field, value) in other.filters {
            self.filters.retain(|filter| filter.0 != field);
            self.filters.push((field, value));
        }
    }
}
