//! Which artists sell best?

use ecto_core::prelude::*;
use rust_decimal::Decimal;

use crate::chinook::schemas::Artist;

/// An artist, how many of their tracks were sold, and for how much.
#[derive(Projection, Debug, PartialEq)]
pub struct BestSeller {
    pub artist: String,
    pub sold: i32,
    pub revenue: Decimal,
}

pub fn best_selling(repo: &Repo, at_most: u32) -> Result<Vec<BestSeller>> {
    let best = Artist::query()
        .join(|a| a.sales)
        .group_by(|(a, _)| (a.id, a.name))
        .order_by(|(a, s)| ((s.unit_price * s.quantity.cast::<Decimal>()).sum().desc(), a.id))
        .limit(at_most)
        .select(|(a, s)| BestSellerCols {
            artist: a.name,
            sold: s.quantity.sum().or_else(0),
            revenue: (s.unit_price * s.quantity.cast::<Decimal>()).sum().or_else(Decimal::ZERO),
        });
    repo.all(&best)
}
