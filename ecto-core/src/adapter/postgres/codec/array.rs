//! Arrays: the right side of `= ANY($1)`, and the columns of a bulk insert.

use std::error::Error as StdError;
use std::fmt;
use std::ops::Range;

use postgres::types::private::BytesMut;
use postgres::types::{IsNull, Kind, ToSql, Type};

use super::bind::encode_as;
use super::wire::Wire;
use crate::adapter::Bulk;
use crate::error::{Result, TypeError};
use crate::types::Param;

/// Appends an array of one dimension.
///
/// # Errors
/// When an element does not fit, or there are more than 2^31 of them.
pub(super) fn encode<'p>(count: usize, ty: &Type, element: &dyn Fn(usize) -> Param<'p>, out: &mut BytesMut) -> Result<()> {
    let Some(element_type) = element_type(ty) else {
        return Err(TypeError::NoParameter { expected: ty.name().to_owned(), found: "a list" }.into());
    };
    let dimensions: i32 = if count == 0 { 0 } else { 1 };
    out.extend_from_slice(&dimensions.to_be_bytes());
    let has_null = out.len();
    out.extend_from_slice(&0_i32.to_be_bytes());
    out.extend_from_slice(&element_type.oid().to_be_bytes());
    if count == 0 {
        return Ok(());
    }
    out.extend_from_slice(&length(count)?.to_be_bytes());
    // The lower bound.
    out.extend_from_slice(&1_i32.to_be_bytes());
    let wire = Wire::of(element_type);
    for at in 0..count {
        if push(wire, element(at), element_type, out)? {
            out[has_null + 3] = 1;
        }
    }
    Ok(())
}

/// Appends one element behind its length. Is it NULL?
#[inline]
fn push(wire: Wire, param: Param<'_>, ty: &Type, out: &mut BytesMut) -> Result<bool> {
    let start = out.len();
    out.extend_from_slice(&(-1_i32).to_be_bytes());
    if let IsNull::Yes = encode_as(wire, param, ty, out)? {
        return Ok(true);
    }
    let written = length(out.len() - start - 4)?;
    out[start..start + 4].copy_from_slice(&written.to_be_bytes());
    Ok(false)
}

#[inline]
fn length(count: usize) -> Result<i32> {
    i32::try_from(count).map_err(|_too_long| super::numeric::out_of_range("an array", &count.to_string()))
}

/// The type of an array's elements.
pub(in crate::adapter::postgres) fn element_type(ty: &Type) -> Option<&Type> {
    match ty.kind() {
        Kind::Array(element) => Some(element),
        Kind::Domain(inner) => element_type(inner),
        _ => None,
    }
}

/// Is the type an array itself, so that no array of it exists?
pub(in crate::adapter::postgres) fn is_array(ty: &Type) -> bool {
    Wire::of(ty) == Wire::Array
}

/// One column of some rows of a bulk insert.
#[derive(Clone)]
pub(in crate::adapter::postgres) struct Column<'a> {
    pub(in crate::adapter::postgres) bulk: &'a dyn Bulk,
    pub(in crate::adapter::postgres) rows: Range<usize>,
    pub(in crate::adapter::postgres) column: usize,
}

/// Without its values.
impl fmt::Debug for Column<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {} of {} rows", self.column, self.rows.len())
    }
}

impl ToSql for Column<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        let cell = |at: usize| self.bulk.param(self.rows.start + at, self.column);
        encode(self.rows.len(), ty, &cell, out)?;
        Ok(IsNull::No)
    }

    fn accepts(_ty: &Type) -> bool {
        true
    }

    fn to_sql_checked(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        self.to_sql(ty, out)
    }
}
