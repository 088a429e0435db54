//! The way in: every row of the file, through the changeset of its schema.

use std::fmt::Debug;

use ecto_core::prelude::*;
use ecto_core::query::Columns;
use ecto_tests::case::{Case, Outcome};
use ecto_tests::{Stage, case};

use super::data::{Data, Object};
use super::schemas::{Album, Artist, Customer, Employee, Genre, Invoice, InvoiceLine, MediaType, Playlist, PlaylistTrack, Track};
use super::{migrations, read_back};

pub const CASES: &[Case] = &[case!(every_row_goes_in_and_comes_back, [])];

/// A schema whose rows the file has, under the name of the struct.
pub trait Imported: Schema + Columns + Debug + PartialEq {
    /// A new row, with the key that it has in the file.
    fn from_file(object: &Object) -> Changeset<Self>;
}

macro_rules! imported {
    ($($schema:ident),*) => {$(
        impl Imported for $schema {
            fn from_file(object: &Object) -> Changeset<Self> {
                let id = object[concat!(stringify!($schema), "Id")].as_i64().expect("a key is a number");
                $schema::changeset(Changeset::new().put_change($schema::id, id), params::<Self>(object))
            }
        }
    )*};
}
imported!(Genre, MediaType, Artist, Album, Track, Employee, Customer, Invoice, InvoiceLine, Playlist);

impl Imported for PlaylistTrack {
    fn from_file(object: &Object) -> Changeset<Self> {
        PlaylistTrack::changeset(Changeset::new(), params::<Self>(object))
    }
}

/// A row of the file under the names of the fields: its `ReportsTo` is the column `reports_to`, which is the field `manager_id`.
pub fn params<S: Schema>(object: &Object) -> Params {
    let named = object.iter().map(|(name, value)| {
        let column = column(name);
        let field = S::META.fields.iter().find(|field| field.column == column);
        let field = field.unwrap_or_else(|| panic!("{} has no field for {name}", S::META.name));
        (field.name.to_owned(), value.clone())
    });
    named.collect::<Object>().into()
}

/// `ReportsTo` -> `reports_to`
pub fn column(name: &str) -> String {
    let mut column = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !column.is_empty() {
            column.push('_');
        }
        column.push(letter.to_ascii_lowercase());
    }
    column
}

/// The file in an empty database.
pub fn import(repo: &Repo) -> Outcome {
    let data = Data::read()?;
    repo.migrate(&migrations::all())?;
    one_by_one::<Genre>(repo, &data)?;
    one_by_one::<MediaType>(repo, &data)?;
    one_by_one::<Artist>(repo, &data)?;
    all_at_once::<Album>(repo, &data)?;
    all_at_once::<Track>(repo, &data)?;
    one_by_one::<Employee>(repo, &data)?;
    one_by_one::<Customer>(repo, &data)?;
    all_at_once::<Invoice>(repo, &data)?;
    all_at_once::<InvoiceLine>(repo, &data)?;
    one_by_one::<Playlist>(repo, &data)?;
    all_at_once::<PlaylistTrack>(repo, &data)
}

fn changesets<'d, S: Imported>(data: &'d Data) -> impl Iterator<Item = Changeset<S>> + 'd {
    data.rows(S::META.name).into_iter().map(S::from_file)
}

/// Each row by a statement, in one transaction. What an insert returns is what is there.
fn one_by_one<S: Imported>(repo: &Repo, data: &Data) -> Outcome {
    repo.transaction(|repo| {
        for changeset in changesets::<S>(data) {
            let row = repo.insert(changeset)?;
            assert_eq!(repo.fetch::<S>(row.key())?, row);
        }
        Ok::<_, Error>(())
    })?;
    Ok(())
}

fn all_at_once<S: Imported>(repo: &Repo, data: &Data) -> Outcome {
    let changesets: Vec<_> = changesets::<S>(data).collect();
    assert!(changesets.iter().all(Changeset::is_valid));
    let rows = changesets.len() as u64;
    assert_eq!(repo.insert_all(changesets)?, rows);
    Ok(())
}

fn every_row_goes_in_and_comes_back(stage: &Stage) -> Outcome {
    import(&stage.repo)?;
    let data = Data::read()?;
    let counts: Vec<(&str, usize)> = data.tables().map(|(table, rows)| (table, rows.len())).collect();
    assert_eq!((counts.len(), counts.iter().map(|(_, rows)| rows).sum::<usize>()), (11, 15_607), "{counts:?}");
    read_back::everything(&stage.repo, &data)
}
