//! Questions to the shop, one a file: a typed query, as an application would write it, and the case that holds its answer against
//! hand-written SQL and against the other databases.

mod albums;
mod artists;
mod genres;
mod months;
mod playlists;
mod representatives;
mod unsold;

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Mutex, PoisonError};

use ecto_core::prelude::*;
use ecto_tests::case::{Case, Outcome};
use ecto_tests::{Stage, case};
use rust_decimal::Decimal;

use super::import::import;
use super::sql;

pub const CASES: &[Case] = &[
    case!(the_ten_best_selling_artists, []),
    case!(the_customers_of_each_representative, []),
    case!(albums_with_their_tracks, []),
    case!(invoices_of_each_month, []),
    case!(tracks_that_nobody_bought, []),
    case!(the_three_best_tracks_of_each_genre, []),
    case!(playlists_and_their_artists, []),
];

/// What each question was answered with first, on whichever database that was.
static ANSWERS: Mutex<BTreeMap<&'static str, Box<dyn Any + Send>>> = Mutex::new(BTreeMap::new());

/// Every database gives this answer.
#[track_caller]
fn agree<T: PartialEq + Debug + Send + 'static>(question: &'static str, answer: T) {
    let mut answers = ANSWERS.lock().unwrap_or_else(PoisonError::into_inner);
    match answers.get(question) {
        Some(first) => assert_eq!(first.downcast_ref::<T>(), Some(&answer), "{question}: another database says something else"),
        None => drop(answers.insert(question, Box::new(answer))),
    }
}

/// An amount of money that SQL has counted in cents, which no database rounds.
fn cents(cents: i64) -> Decimal {
    Decimal::new(cents, 2)
}

fn the_ten_best_selling_artists(stage: &Stage) -> Outcome {
    import(&stage.repo)?;
    let found = artists::best_selling(&stage.repo, 10)?;
    let by_hand: Vec<(String, i64, i64)> = stage.repo.query(sql::BEST_SELLING_ARTISTS, ())?.load()?;
    let by_hand: Vec<_> = by_hand.into_iter().map(|(artist, sold, revenue)| (artist, sold, cents(revenue))).collect();
    let plain: Vec<_> = found.iter().map(|seller| (seller.artist.clone(), i64::from(seller.sold), seller.revenue)).collect();
    assert_eq!(plain, by_hand);
    assert_eq!((found.len(), &*found[0].artist, found[0].revenue), (10, "Iron Maiden", cents(13_860)));
    agree("the ten best-selling artists", found);
    Ok(())
}

fn the_customers_of_each_representative(stage: &Stage) -> Outcome {
    import(&stage.repo)?;
    let found = representatives::with_customers(&stage.repo)?;
    let by_hand: Vec<representatives::Row> = stage.repo.query(sql::CUSTOMERS_OF_REPRESENTATIVES, ())?.load()?;
    assert_eq!(found, by_hand);
    assert_eq!(representatives::with_customers_preloaded(&stage.repo)?, found);
    let edwards = || Some("Edwards".to_owned());
    assert_eq!(found, [("Peacock".into(), 21, edwards()), ("Park".into(), 20, edwards()), ("Johnson".into(), 18, edwards())]);
    assert_eq!(representatives::chiefs(&stage.repo)?, ["Adams"]);
    agree("the customers of each representative", found);
    Ok(())
}

fn albums_with_their_tracks(stage: &Stage) -> Outcome {
    import(&stage.repo)?;
    let found = albums::with_tracks(&stage.repo)?;
    let plain = found.iter().map(albums::titles).collect::<Result<Vec<_>>>()?.concat();
    let by_hand: Vec<albums::Titles> = stage.repo.query(sql::ALBUMS_WITH_TRACKS, ())?.load()?;
    assert_eq!((found.len(), plain.len()), (347, 3_503));
    assert_eq!(plain, by_hand);
    agree("albums with their tracks", found);
    Ok(())
}

fn invoices_of_each_month(stage: &Stage) -> Outcome {
    import(&stage.repo)?;
    let found = months::invoices(&stage.repo)?;
    let by_hand: Vec<(String, i64, i64)> = stage.repo.query(&sql::invoices_of_months(stage), ())?.load()?;
    let by_hand: Vec<_> = by_hand.into_iter().map(|(month, invoices, total)| (month, invoices, cents(total))).collect();
    assert_eq!(found, by_hand);
    assert_eq!((found.len(), found[0].0.as_str(), found.iter().map(|month| month.1).sum::<i64>()), (60, "2021-01", 412));
    agree("invoices of each month", found);
    Ok(())
}

fn tracks_that_nobody_bought(stage: &Stage) -> Outcome {
    import(&stage.repo)?;
    let found = unsold::by_exists(&stage.repo)?;
    let by_hand: Vec<i64> = stage.repo.query(sql::UNSOLD_TRACKS, ())?.load()?;
    assert_eq!(found.iter().map(Schema::key).collect::<Vec<_>>(), by_hand);
    assert_eq!(found.len(), 1_519);
    assert_eq!(unsold::by_join(&stage.repo)?, found);
    assert_eq!(unsold::by_list(&stage.repo)?, found);
    agree("tracks that nobody bought", found);
    Ok(())
}

fn the_three_best_tracks_of_each_genre(stage: &Stage) -> Outcome {
    import(&stage.repo)?;
    let found = genres::with_best_tracks(&stage.repo, 3)?;
    let plain = found.iter().map(genres::names).collect::<Result<Vec<_>>>()?.concat();
    let by_hand: Vec<(String, String)> = stage.repo.query(sql::BEST_TRACKS_OF_GENRES, ())?.load()?;
    assert_eq!(plain, by_hand);
    assert_eq!((found.len(), plain.len(), plain[3].0.as_str()), (25, 73, "Jazz"), "Opera has one track only");
    agree("the three best tracks of each genre", found);
    Ok(())
}

fn playlists_and_their_artists(stage: &Stage) -> Outcome {
    import(&stage.repo)?;
    let found = playlists::with_artists(&stage.repo)?;
    let by_hand: Vec<(i64, String)> = stage.repo.query(sql::PLAYLISTS_WITH_ARTISTS, ())?.load()?;
    assert_eq!(found, by_hand);
    assert_eq!(playlists::with_artists_joined(&stage.repo)?, found);
    assert_eq!(playlists::with_artists_folded(&stage.repo)?, found);
    agree("playlists and their artists", found);
    Ok(())
}
