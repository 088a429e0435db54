//! Sixty schemas, each tied to the next and the one before: the compiler must not walk them all to prove one `Send`.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking, and says why on the terminal")]

use ecto_core::Schema;
use ecto_core::schema::{BelongsTo, HasMany, Schema as _, SchemaMeta};

macro_rules! ring {
    ($($name:ident -> $next:ident),* $(,)?) => {$(
        #[derive(Schema, Debug, Clone, PartialEq)]
        #[schema(table = "ring")]
        struct $name {
            id: i64,
            next_id: i64,
            #[schema(foreign_key = next_id)]
            next: BelongsTo<$next>,
            #[schema(foreign_key = next_id)]
            others: HasMany<$next>,
        }
    )*

        const RING: &[&SchemaMeta] = &[$(<$name as ecto_core::schema::Record>::META),*];

        fn movable() {
            $(everywhere::<$name>(); everywhere::<ecto_core::query::Query<$name>>();)*
        }
    };
}

ring!(
    A0 -> A1, A1 -> A2, A2 -> A3, A3 -> A4, A4 -> A5, A5 -> A6, A6 -> A7, A7 -> A8, A8 -> A9, A9 -> B0,
    B0 -> B1, B1 -> B2, B2 -> B3, B3 -> B4, B4 -> B5, B5 -> B6, B6 -> B7, B7 -> B8, B8 -> B9, B9 -> C0,
    C0 -> C1, C1 -> C2, C2 -> C3, C3 -> C4, C4 -> C5, C5 -> C6, C6 -> C7, C7 -> C8, C8 -> C9, C9 -> D0,
    D0 -> D1, D1 -> D2, D2 -> D3, D3 -> D4, D4 -> D5, D5 -> D6, D6 -> D7, D7 -> D8, D8 -> D9, D9 -> E0,
    E0 -> E1, E1 -> E2, E2 -> E3, E3 -> E4, E4 -> E5, E5 -> E6, E6 -> E7, E7 -> E8, E8 -> E9, E9 -> F0,
    F0 -> F1, F1 -> F2, F2 -> F3, F3 -> F4, F4 -> F5, F5 -> F6, F6 -> F7, F7 -> F8, F8 -> F9, F9 -> A0,
);

fn everywhere<T: Send + Sync + Unpin>() {}

#[test]
fn a_ring_of_schemas_compiles_and_moves_between_threads() {
    movable();
    assert_eq!(RING.len(), 60);
    let mut at = RING[0];
    for (step, schema) in RING.iter().enumerate() {
        assert!(std::ptr::eq(at, *schema), "step {step}");
        at = (at.relations[0].first_hop().target)();
    }
    assert!(std::ptr::eq(at, RING[0]), "sixty steps lead back");
    let far = A0 { id: 1, next_id: 2, next: BelongsTo::default(), others: HasMany::loaded(vec![]) };
    let moved = std::thread::spawn(move || (far.key(), far.others.is_loaded())).join().unwrap();
    assert_eq!(moved, (1, true));
    let _ = A0::query().join(|a| a.next).join(|(_, b)| b.others).filter(|(a, _, c)| c.id.eq(a.next_id));
}
