//! What the server remarks beside its answers.

use std::sync::{Arc, Mutex, PoisonError};

use postgres::error::DbError;

use crate::adapter::NoticeListener;

/// Where the remarks of a session go: the driver wants to know that before there is one, and whoever listens comes and goes.
#[derive(Clone, Default)]
pub(super) struct Notices(Arc<Mutex<Option<NoticeListener>>>);

impl Notices {
    pub(super) fn listen(&self, listener: Option<NoticeListener>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = listener;
    }

    pub(super) fn hand_on(&self, notice: &DbError) {
        let listener = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(listener) = listener {
            listener(notice.severity(), notice.message());
        }
    }
}
