//! What handlers take out of a request, each with a refusal that names the field.

mod address;
mod bearer;
mod body;
mod device;
mod filter;
mod params;
mod raw_file;
mod signed_in;
mod table;

pub(crate) use address::ClientAddress;
pub(crate) use bearer::bearer;
pub(crate) use body::{Body, JSON_LIMIT, PICTURE_LIMIT, Picture, TIMETABLE_LIMIT};
pub(crate) use device::SignedDevice;
pub(crate) use filter::Filter;
pub(crate) use params::{
    ClassDate, ClassMonth, DayPicture, DeliveryOf, FrameName, Id, InstitutionDate, Params, TemplateOf, Year,
};
pub(crate) use raw_file::{FILE_LIMIT, FileKind, RawFile};
pub(crate) use signed_in::{Enrolling, InPerson, SignedIn, Whoever};
pub(crate) use table::{Sheet, TABLE_LIMIT, Table};
