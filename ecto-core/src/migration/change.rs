//! The words that a migration is written in. Each adds an operation; nothing runs here.

use std::cell::Cell;
use std::fs;
use std::path::Path;

use std::panic::Location;
use std::sync::Arc;

use super::work::{self, Code, Work};
use super::{IndexDraft, TableDraft, schedule::Direction};
use crate::ddl::{
    AddConstraint, AddEnumValue, Constraint, CreateIndex, CreateTable, DropConstraint, DropEnum, DropIndex, DropTable, DropView, EnumValue,
    Enumeration, ForeignKey, Index, IndexPart, Op, Raw, Reference, TableName, View,
};
use crate::error::{Error, MigrationError, Result};
use crate::repo::Repo;

/// What a migration changes, in order.
#[derive(Debug)]
pub struct Change {
    pub(super) direction: Direction,
    /// Was the direction asked for? Then what is said may be another thing in the other direction.
    asked: Cell<bool>,
    prefix: Option<String>,
    works: Vec<Work>,
    /// The index named last, whose options may still follow.
    index: Option<IndexDraft>,
    /// The first mistake. Kept, because these words are statements that return nothing to handle.
    error: Option<Error>,
    /// Was the default of [`Migration::change`](super::Migration::change) called: is there none?
    undescribed: bool,
    /// Is it from [`Migration::change`](super::Migration::change) that all of this is?
    both_ways: bool,
    /// What is done on the way there, if that is known already: then [`invert`](Change::invert) only looks whether it can be undone.
    pub(super) forward: Option<Vec<Work>>,
}

impl Change {
    pub(super) fn new(direction: Direction, prefix: Option<String>) -> Self {
        Change {
            direction,
            asked: Cell::new(false),
            prefix,
            works: Vec::new(),
            index: None,
            error: None,
            undescribed: false,
            both_ways: false,
            forward: None,
        }
    }

    /// Which way the migration goes. Inside a `change` that is being turned round it is [`Direction::Down`], too.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.asked.set(true);
        self.direction
    }

    /// The prefix that the run is in, which every name gets that has none.
    #[must_use]
    pub fn prefix(&self) -> Option<&str> {
        self.prefix.as_deref()
    }

    pub(super) fn undescribed(&mut self) {
        self.undescribed = true;
        self.fail(MigrationError::NoChange.into());
    }

    /// What `describe` adds, which is said for both directions.
    pub(super) fn both_ways(&mut self, describe: impl FnOnce(&mut Change)) {
        self.both_ways = true;
        describe(self);
    }

    /// Would the same be said for the other direction?
    pub(super) fn is_both_ways(&self) -> bool {
        self.both_ways && !self.asked.get()
    }

    /// The way back of what `describe` adds.
    pub(super) fn invert(&mut self, describe: impl FnOnce(&mut Change)) {
        let inverted = match &self.forward {
            Some(works) => works.iter().try_for_each(Work::check_reversible).map(|()| Vec::new()),
            None => self.inverse(describe),
        };
        match inverted {
            Ok(works) => self.works.extend(works),
            Err(error) => self.fail(error),
        }
    }

    fn inverse(&self, describe: impl FnOnce(&mut Change)) -> Result<Vec<Work>> {
        let mut forward = Change::new(self.direction, self.prefix.clone());
        describe(&mut forward);
        if forward.undescribed {
            return Err(MigrationError::NoWayBack.into());
        }
        work::reverse(&forward.finish()?)
    }

    pub(super) fn finish(mut self) -> Result<Vec<Work>> {
        self.close_index();
        match self.error {
            Some(error) => Err(error),
            None => Ok(self.works),
        }
    }

    fn fail(&mut self, error: Error) {
        self.error.get_or_insert(error);
    }

    fn close_index(&mut self) {
        self.works.extend(self.index.take().map(|draft| Work::Op(draft.into_op())));
    }

    /// Adds an operation that was made as data.
    pub fn op(&mut self, op: Op) {
        self.work(Work::Op(op));
    }

    fn work(&mut self, work: Work) {
        self.close_index();
        self.works.push(work);
    }

    /// Runs a function of the application with a repo that works on the migration's own connection, and inside its transaction. It runs when all that was
    /// said before it is done. Has no way back; [`run_both`](Change::run_both) has.
    #[track_caller]
    pub fn run(&mut self, up: impl Fn(&Repo) -> Result<()> + Send + Sync + 'static) {
        self.work(Work::Run(Code { up: Arc::new(up), down: None, place: Location::caller() }));
    }

    /// The same, with what undoes it.
    #[track_caller]
    pub fn run_both(
        &mut self,
        up: impl Fn(&Repo) -> Result<()> + Send + Sync + 'static,
        down: impl Fn(&Repo) -> Result<()> + Send + Sync + 'static,
    ) {
        self.work(Work::Run(Code { up: Arc::new(up), down: Some(Arc::new(down)), place: Location::caller() }));
    }

    /// What was said before is done before what follows: changes of one table that follow each other are otherwise made at once.
    pub fn flush(&mut self) {
        self.work(Work::Flush);
    }

    /// Makes a table. It gets a key `id`, counted up by the database, unless the closure says otherwise.
    pub fn create_table(&mut self, table: impl Into<TableName>, describe: impl FnOnce(&mut TableDraft)) {
        let create = self.draft(table.into(), describe);
        self.op(Op::CreateTable(create));
    }

    /// The same; leaves alone a table of this name that is there already.
    pub fn create_table_if_not_exists(&mut self, table: impl Into<TableName>, describe: impl FnOnce(&mut TableDraft)) {
        let create = self.draft(table.into(), describe);
        self.op(Op::CreateTable(CreateTable { if_not_exists: true, ..create }));
    }

    fn draft(&mut self, table: TableName, describe: impl FnOnce(&mut TableDraft)) -> CreateTable {
        let mut draft = TableDraft::new();
        describe(&mut draft);
        let (table, mistake) = draft.into_table(table);
        mistake.into_iter().for_each(|error| self.fail(error));
        table
    }

    /// Drops a table with all its rows. Has no way back; [`drop_table_of`](Change::drop_table_of) has.
    pub fn drop_table(&mut self, table: impl Into<TableName>) {
        self.op(Op::DropTable(DropTable { table: table.into(), if_exists: false, cascade: false, was: None }));
    }

    /// Drops a table, and says what it was: the way back makes it again, empty.
    pub fn drop_table_of(&mut self, table: impl Into<TableName>, describe: impl FnOnce(&mut TableDraft)) {
        let was = self.draft(table.into(), describe);
        self.op(Op::DropTable(DropTable { table: was.table.clone(), if_exists: false, cascade: false, was: Some(Box::new(was)) }));
    }

    /// Drops a table if it is there. Has no way back.
    pub fn drop_table_if_exists(&mut self, table: impl Into<TableName>) {
        self.op(Op::DropTable(DropTable { table: table.into(), if_exists: true, cascade: false, was: None }));
    }

    /// Drops a table and what depends on it: the foreign keys of other tables, whose rows stay, and views. Has no way back.
    pub fn drop_table_cascade(&mut self, table: impl Into<TableName>) {
        self.op(Op::DropTable(DropTable { table: table.into(), if_exists: false, cascade: true, was: None }));
    }

    /// Adds, modifies and removes columns of a table.
    pub fn alter_table(&mut self, table: impl Into<TableName>, describe: impl FnOnce(&mut TableDraft)) {
        let table = table.into();
        let mut draft = TableDraft::new();
        describe(&mut draft);
        match draft.into_alterations(&table) {
            Ok(alterations) => self.op(Op::AlterTable { table, alterations }),
            Err(error) => self.fail(error),
        }
    }

    /// Gives a table another name.
    pub fn rename_table(&mut self, from: impl Into<TableName>, to: impl Into<TableName>) {
        self.op(Op::RenameTable { from: from.into(), to: to.into() });
    }

    /// Gives a column another name.
    pub fn rename_column(&mut self, table: impl Into<TableName>, from: impl Into<String>, to: impl Into<String>) {
        self.op(Op::RenameColumn { table: table.into(), from: from.into(), to: to.into() });
    }

    /// Makes an index on columns, named `table_column_index`. Options follow: `.name("x").only_where("age > 17")`.
    pub fn create_index<P: Into<IndexPart>>(&mut self, table: impl Into<TableName>, parts: impl IntoIterator<Item = P>) -> &mut IndexDraft {
        self.open_index(IndexDraft::create(index(table.into(), parts)))
    }

    /// Makes an index that keeps two rows from having the same values.
    pub fn create_unique_index<P: Into<IndexPart>>(
        &mut self,
        table: impl Into<TableName>,
        parts: impl IntoIterator<Item = P>,
    ) -> &mut IndexDraft {
        self.open_index(IndexDraft::create(Index { unique: true, ..index(table.into(), parts) }))
    }

    /// Drops the index that [`create_index`](Change::create_index) with the same columns made. Say what it was (`.unique()`, `.name(..)`),
    /// so that the way back makes the same one.
    pub fn drop_index<P: Into<IndexPart>>(&mut self, table: impl Into<TableName>, parts: impl IntoIterator<Item = P>) -> &mut IndexDraft {
        self.open_index(IndexDraft::remove(index(table.into(), parts)))
    }

    fn open_index(&mut self, draft: IndexDraft) -> &mut IndexDraft {
        self.close_index();
        self.index.insert(draft)
    }

    /// Drops an index by its name alone. Has no way back.
    pub fn drop_index_named(&mut self, table: impl Into<TableName>, name: impl Into<String>) {
        let index = Index { name: name.into(), ..Index::new(table, Vec::new()) };
        self.op(Op::DropIndex(DropIndex { index, if_exists: false, cascade: false }));
    }

    /// Gives the index on these columns another name. SQLite makes it again, so an index with options is described by
    /// [`op`](Change::op) and [`Op::RenameIndex`].
    pub fn rename_index<P: Into<IndexPart>>(
        &mut self,
        table: impl Into<TableName>,
        parts: impl IntoIterator<Item = P>,
        from: impl Into<String>,
        to: impl Into<String>,
    ) {
        let index = Index { name: from.into(), ..index(table.into(), parts) };
        self.op(Op::RenameIndex { index, to: to.into() });
    }

    /// Gives an index another name, where the database can do so without knowing its columns.
    pub fn rename_index_named(&mut self, table: impl Into<TableName>, from: impl Into<String>, to: impl Into<String>) {
        let index = Index { name: from.into(), ..Index::new(table, Vec::new()) };
        self.op(Op::RenameIndex { index, to: to.into() });
    }

    /// Makes a condition that every row of the table must meet: SQL, written as it is.
    pub fn create_check(&mut self, table: impl Into<TableName>, name: impl Into<String>, expression: impl Into<String>) {
        self.create_constraint(AddConstraint::new(table, name, Constraint::Check(expression.into())));
    }

    /// Makes a constraint that was described as data.
    pub fn create_constraint(&mut self, constraint: AddConstraint) {
        self.op(Op::AddConstraint(constraint));
    }

    /// Drops a constraint by its name. Has no way back.
    pub fn drop_constraint(&mut self, table: impl Into<TableName>, name: impl Into<String>) {
        self.op(Op::DropConstraint(DropConstraint::new(table, name)));
    }

    /// Drops a constraint by its name, if it is there. Has no way back.
    pub fn drop_constraint_if_exists(&mut self, table: impl Into<TableName>, name: impl Into<String>) {
        self.op(Op::DropConstraint(DropConstraint { if_exists: true, ..DropConstraint::new(table, name) }));
    }

    /// Keeps two rows from having the same values in these columns.
    pub fn create_unique_constraint<C: Into<String>>(
        &mut self,
        table: impl Into<TableName>,
        name: impl Into<String>,
        columns: impl IntoIterator<Item = C>,
    ) {
        let columns = columns.into_iter().map(Into::into).collect();
        self.create_constraint(AddConstraint::new(table, name, Constraint::Unique(columns)));
    }

    /// Makes a column that is there refer to another table: `m.create_foreign_key("posts", "author_id", references("users"))`. Further
    /// columns of a composite key stand in [`with`](crate::ddl::Reference::with).
    pub fn create_foreign_key(&mut self, table: impl Into<TableName>, column: impl Into<String>, reference: Reference) {
        let (table, column) = (table.into(), column.into());
        let name = reference.name_on(&table, &column);
        let key = ForeignKey { column, reference };
        self.create_constraint(AddConstraint::new(table, name, Constraint::ForeignKey(key)));
    }

    /// Keeps two rows from colliding, where the database can: SQL behind the word `EXCLUDE`, written as it is.
    pub fn create_exclusion(&mut self, table: impl Into<TableName>, name: impl Into<String>, sql: impl Into<String>) {
        self.create_constraint(AddConstraint::new(table, name, Constraint::Exclude(sql.into())));
    }

    /// Drops a constraint, and says what it was: the way back makes it again.
    pub fn drop_constraint_of(&mut self, was: AddConstraint) {
        let drop = DropConstraint::new(was.table.clone(), was.name.clone());
        self.op(Op::DropConstraint(DropConstraint { was: Some(Box::new(was)), ..drop }));
    }

    /// Checks the rows that were there before a constraint that was made `not_valid`. Nothing undoes it.
    pub fn validate_constraint(&mut self, table: impl Into<TableName>, name: impl Into<String>) {
        self.op(Op::ValidateConstraint { table: table.into(), name: name.into() });
    }

    /// Makes a type of few named values, for columns of [`Type::Enum`](crate::ddl::Type::Enum).
    pub fn create_enum<V: Into<String>>(&mut self, name: impl Into<TableName>, values: impl IntoIterator<Item = V>) {
        self.op(Op::CreateEnum(Enumeration::new(name, values)));
    }

    /// Drops such a type. Has no way back; [`drop_enum_of`](Change::drop_enum_of) has.
    pub fn drop_enum(&mut self, name: impl Into<TableName>) {
        self.op(Op::DropEnum(DropEnum { name: name.into(), was: None }));
    }

    /// Drops such a type, and says what its values were: the way back makes it again.
    pub fn drop_enum_of<V: Into<String>>(&mut self, name: impl Into<TableName>, values: impl IntoIterator<Item = V>) {
        let was = Enumeration::new(name, values);
        self.op(Op::DropEnum(DropEnum { name: was.name.clone(), was: Some(was) }));
    }

    /// Gives such a type one more value: `"paid"`, or `EnumValue::new("paid").before("done")`. Has no way back.
    pub fn add_enum_value(&mut self, name: impl Into<TableName>, value: impl Into<EnumValue>) {
        self.op(Op::AddEnumValue(AddEnumValue { name: name.into(), value: value.into() }));
    }

    /// Gives a value of such a type another name, in all rows.
    pub fn rename_enum_value(&mut self, name: impl Into<TableName>, from: impl Into<String>, to: impl Into<String>) {
        self.op(Op::RenameEnumValue { name: name.into(), from: from.into(), to: to.into() });
    }

    /// Gives a query a name, by which it is read like a table: SQL, written as it is.
    pub fn create_view(&mut self, name: impl Into<TableName>, sql: impl Into<String>) {
        self.op(Op::CreateView(View { name: name.into(), sql: sql.into() }));
    }

    /// Drops a view. Has no way back; [`drop_view_of`](Change::drop_view_of) has.
    pub fn drop_view(&mut self, name: impl Into<TableName>) {
        self.op(Op::DropView(DropView { name: name.into(), was: None }));
    }

    /// Drops a view, and says what its query was: the way back makes it again.
    pub fn drop_view_of(&mut self, name: impl Into<TableName>, sql: impl Into<String>) {
        let was = View { name: name.into(), sql: sql.into() };
        self.op(Op::DropView(DropView { name: was.name.clone(), was: Some(was) }));
    }

    /// Makes a named schema of the database, which holds tables: `TableName::new("users").prefix("tenant")`.
    pub fn create_prefix(&mut self, name: impl Into<String>) {
        self.op(Op::CreatePrefix(name.into()));
    }

    /// Drops a named schema that is empty.
    pub fn drop_prefix(&mut self, name: impl Into<String>) {
        self.op(Op::DropPrefix(name.into()));
    }

    /// Sends what stands in a file. Has no way back.
    pub fn execute_file(&mut self, up: impl AsRef<Path>) {
        if let Some(up) = self.read(up.as_ref()) {
            self.execute(up);
        }
    }

    /// Sends what stands in the file `up` on the way there, and what stands in `down` on the way back.
    pub fn execute_files(&mut self, up: impl AsRef<Path>, down: impl AsRef<Path>) {
        if let (Some(up), Some(down)) = (self.read(up.as_ref()), self.read(down.as_ref())) {
            self.execute_both(up, down);
        }
    }

    fn read(&mut self, path: &Path) -> Option<String> {
        match fs::read_to_string(path) {
            Ok(text) => Some(text),
            Err(error) => {
                self.fail(MigrationError::Unreadable { path: path.display().to_string(), reason: error.to_string() }.into());
                None
            }
        }
    }

    /// Sends a statement of the database's own language. Has no way back.
    pub fn execute(&mut self, up: impl AsRef<str>) {
        self.op(Op::Execute(Raw { up: up.as_ref().into(), down: None }));
    }

    /// Sends `up` on the way there and `down` on the way back; an empty text does nothing.
    pub fn execute_both(&mut self, up: impl AsRef<str>, down: impl AsRef<str>) {
        self.op(Op::Execute(Raw { up: up.as_ref().into(), down: Some(down.as_ref().into()) }));
    }
}

fn index<P: Into<IndexPart>>(table: TableName, parts: impl IntoIterator<Item = P>) -> Index {
    Index::new(table, parts.into_iter().map(Into::into).collect())
}

impl IndexDraft {
    fn into_op(self) -> Op {
        let IndexDraft { index, conditional, removes, cascade } = self;
        match removes {
            false => Op::CreateIndex(CreateIndex { index, if_not_exists: conditional }),
            true => Op::DropIndex(DropIndex { index, if_exists: conditional, cascade }),
        }
    }
}

#[cfg(test)]
mod tests;
