//! The refusals of each kind of route, for the OpenAPI document.

use utoipa::{IntoResponses, ToSchema};

use crate::problem::Problem;

/// A file's bytes.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct BinaryFile(#[allow(dead_code, reason = "only its schema is used")] Vec<u8>);

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident = $status:literal $text:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(IntoResponses)]
        #[allow(dead_code, reason = "only its schema is used")]
        pub enum $name {
            $(
                #[doc = $text]
                #[response(status = $status, description = $text, content_type = "application/problem+json")]
                $variant(Problem),
            )+
        }
    )+};
}

refusals! {
    /// Of routes that everybody signed in may use.
    PlainRefusals { NotSignedIn = 401 "Nobody is signed in." }

    /// Of what a person does about themselves, and no token in their place.
    InPersonRefusals {
        NotSignedIn = 401 "Nobody is signed in.",
        Forbidden = 403 "A token was shown, or another site sent the request.",
    }

    /// Of routes that ask for the password once more.
    ProofRefusals {
        BadRequest = 400 "A parameter is wrong, or the body is no JSON.",
        NotSignedIn = 401 "Nobody is signed in.",
        Forbidden = 403 "The role may not do this, a token was shown, or another site sent the request.",
        NotFound = 404 "There is no such thing, or it is another institution's.",
        Conflict = 409 "The thing is not in a state for this, or such a one exists.",
        TooLarge = 413 "The body is too large.",
        UnsupportedMediaType = 415 "The body is not sent as JSON.",
        Invalid = 422 "Fields cannot be taken, or the password is wrong; `errors` names each.",
        Throttled = 429 "Too many wrong passwords; `Retry-After` says when to come back.",
    }

    /// Of routes for whoever has the link of an invitation.
    InvitedRefusals {
        BadRequest = 400 "The body is no JSON.",
        CrossSite = 403 "Another site sent the request.",
        Conflict = 409 "Somebody else accepted it at the same time.",
        TooLarge = 413 "The body is too large.",
        UnsupportedMediaType = 415 "The body is not sent as JSON.",
        Invalid = 422 "The invitation is not good, or fields cannot be taken; `errors` names each.",
    }

    /// Of routes that are open to anyone.
    OpenRefusals {
        BadParameter = 400 "A parameter is wrong; `field` names it.",
        NotFound = 404 "There is no such thing.",
        Unavailable = 503 "The database does not answer.",
    }

    /// Of lists that take a filter.
    DayRefusals {
        BadParameter = 400 "A parameter is wrong; `field` names it.",
        NotSignedIn = 401 "Nobody is signed in.",
        Forbidden = 403 "The role may not do this.",
    }

    /// Of the events.
    EventRefusals {
        BadParameter = 400 "A parameter is wrong; `field` names it.",
        NotSignedIn = 401 "Nobody is signed in.",
        Forbidden = 403 "The role may not do this.",
        Forgotten = 410 "Events after that place were let go; a stream says so by a message `reset` instead.",
    }

    /// Of routes that show a sealed clip.
    SealRefusals {
        BadParameter = 400 "A parameter is wrong; `field` names it.",
        NotSignedIn = 401 "Nobody is signed in.",
        Forbidden = 403 "The role may not do this.",
        NotFound = 404 "There is no such clip, or it is another institution's.",
        Conflict = 409 "The clip is not sealed.",
        Unavailable = 503 "The object store does not answer.",
    }

    /// Of routes that read one thing.
    ReadRefusals {
        BadParameter = 400 "A parameter is wrong; `field` names it.",
        NotSignedIn = 401 "Nobody is signed in.",
        Forbidden = 403 "The role may not do this.",
        NotFound = 404 "There is no such thing, or it is another institution's.",
        Unavailable = 503 "Something that this needs is off or down.",
    }

    /// Of routes that write.
    WriteRefusals {
        BadRequest = 400 "A parameter is wrong, or the body is no JSON.",
        NotSignedIn = 401 "Nobody is signed in.",
        Forbidden = 403 "The role may not do this, or another site sent the request.",
        NotFound = 404 "There is no such thing, or it is another institution's.",
        Conflict = 409 "The thing is not in a state for this, or such a one exists.",
        TooLarge = 413 "The body is too large.",
        UnsupportedMediaType = 415 "The body is not sent as JSON.",
        Invalid = 422 "Fields cannot be taken; `errors` names each.",
    }

    /// Of looks at addresses.
    TrialRefusals {
        BadRequest = 400 "The body is no JSON.",
        NotSignedIn = 401 "Nobody is signed in.",
        Forbidden = 403 "The role may not do this, or another site sent the request.",
        TooLarge = 413 "The body is too large.",
        UnsupportedMediaType = 415 "The body is not sent as JSON.",
        Invalid = 422 "The address cannot be taken; `errors` says why.",
        Unavailable = 503 "As many addresses are being looked at as may be at once.",
    }

    /// Of sign-in.
    SignInRefusals {
        BadRequest = 400 "The body is no JSON.",
        WrongCredentials = 401 "The user name, the password, the ticket or the code is wrong.",
        CrossSite = 403 "Another site sent the request.",
        TooLarge = 413 "The body is too large.",
        UnsupportedMediaType = 415 "The body is not sent as JSON.",
        Invalid = 422 "Fields cannot be taken; `errors` names each.",
        Throttled = 429 "Too many tries; `Retry-After` says when to come back.",
    }

    /// Of live pictures.
    LiveRefusals {
        BadParameter = 400 "A parameter is wrong; `field` names it.",
        NotSignedIn = 401 "Nobody is signed in.",
        Forbidden = 403 "The role may not do this, or another site's page asks.",
        NotFound = 404 "There is no such camera or stream, or it is another institution's.",
        UpgradeRequired = 426 "The live address was not opened as a WebSocket.",
        Unavailable = 503 "The camera gives no picture now.",
    }

    /// Of files.
    ContentRefusals {
        BadParameter = 400 "A parameter is wrong; `field` names it.",
        NotSignedIn = 401 "Nobody is signed in.",
        Forbidden = 403 "The role may not do this.",
        NotFound = 404 "There is no such file, or it is another institution's.",
        Conflict = 409 "The clip is not sealed yet.",
        PreconditionFailed = 412 "The file is not the one that If-Match names.",
        RangeNotSatisfiable = 416 "The range lies outside of the file.",
    }

    /// Of stretches of a recording.
    ExportRefusals {
        BadParameter = 400 "A parameter is wrong, or the stretch is too long; `field` names it.",
        NotSignedIn = 401 "Nobody is signed in.",
        Forbidden = 403 "The role may not do this.",
        NotFound = 404 "There is no such camera, or it is another institution's.",
        Conflict = 409 "Nothing is recorded of that time, or it makes no single film.",
        Unavailable = 503 "Others are taking recordings out, or there is no room beside what recording needs.",
    }

    /// Of files that are handed in.
    FileRefusals {
        BadParameter = 400 "A parameter is wrong; `field` names it.",
        NotSignedIn = 401 "Nobody is signed in.",
        Forbidden = 403 "The role may not do this, or another site sent the request.",
        NotFound = 404 "It is another institution's.",
        TooLarge = 413 "The file is too large.",
        Invalid = 422 "The content is of no kind that is taken, or a field cannot be; `errors` says why.",
        Unavailable = 503 "The object store does not answer.",
    }

    /// Of uploads (tus 1.0.0).
    UploadRefusals {
        BadParameter = 400 "A header is missing or wrong; `field` names it.",
        NotSignedIn = 401 "Nobody is signed in.",
        Forbidden = 403 "The role may not do this, or another site sent the request.",
        NotFound = 404 "There is no such upload or class, or it is another institution's.",
        Conflict = 409 "The bytes do not begin where the upload has come to (`Upload-Offset` tells), or too many are open.",
        Gone = 410 "The upload was ended or has expired.",
        TusVersion = 412 "The client does not speak tus 1.0.0.",
        TooLarge = 413 "The file is larger than what is taken, or than what was announced.",
        UnsupportedMediaType = 415 "The body is not `application/offset+octet-stream`.",
        Invalid = 422 "The claim cannot be taken; `errors` says why.",
        Locked = 423 "Another request is appending.",
        ChecksumMismatch = 460 "The bytes are not those of `Upload-Checksum`; nothing was appended.",
        NoRoom = 507 "The disk is full; what has come is kept.",
    }

    /// Of enrolment pictures.
    PictureRefusals {
        BadParameter = 400 "A parameter is wrong; `field` names it.",
        NotSignedIn = 401 "Nobody is signed in.",
        Forbidden = 403 "The role may not do this, or another site sent the request.",
        NotFound = 404 "There is no such student, or it is another institution's.",
        TooLarge = 413 "The picture is too large.",
        UnsupportedMediaType = 415 "The body is neither JPEG nor PNG.",
        Invalid = 422 "No template can be made of this picture, or consent is missing; `errors` says why.",
        Unavailable = 503 "Analysis is off.",
    }

    /// Of pictures that a check-in device takes.
    DevicePictureRefusals {
        BadParameter = 400 "A parameter is wrong; `field` names it.",
        NotSignedIn = 401 "No device shows its token.",
        NotFound = 404 "There is no such punch of this device.",
        Conflict = 409 "Another picture came for this punch, or the identity stands for another punch.",
        TooLarge = 413 "The picture is too large.",
        UnsupportedMediaType = 415 "The body is neither JPEG nor PNG.",
        Invalid = 422 "There is not one face in the picture that will do; `errors` says why.",
        Unavailable = 503 "Analysis is off.",
    }
}
