//! The words of the rules, as the OpenAPI document lists them.
//!
//! Each is the rules' enum name for name; the conversions are exhaustive, so a new word breaks the build here.

macro_rules! mirror {
    ($(#[$doc:meta])* $name:ident = $theirs:path { $($(#[$word_doc:meta])* $word:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$word_doc])* $word),+ }

        impl From<$theirs> for $name {
            fn from(word: $theirs) -> Self {
                use $theirs as Theirs;
                match word { $(Theirs::$word => Self::$word),+ }
            }
        }

        impl From<$name> for $theirs {
            fn from(word: $name) -> Self {
                use $theirs as Theirs;
                match word { $($name::$word => Theirs::$word),+ }
            }
        }

        impl $name {
            /// Every word, in order.
            pub const ALL: &[Self] = &[$(Self::$word),+];
        }
    };
}

mod access;
mod attendance;
mod course;
mod footage;

pub use access::{Action, Role};
pub use attendance::{
    AbsenceReason, DayStanding, DayValue, LeaveKind, Mark, PunchMethod, Side, Signer, StatementCause,
};
pub use course::{
    FilingPaper, Kept, OpeningStage, SelfCheckItem, SettlementState, Sex, VerificationEvidence, VerificationMatter,
    VerificationPhase, Verifier,
};
pub use footage::{CameraState, FindingKind, OutageCause, Presence, TeachingState};
