//! Encrypting anew what an older key of the file had sealed, a batch a transaction.
//!
//! What is done needs no memory: a value that the newest key opens is passed over. So it can be stopped anywhere, and begun
//! anew. A value that changes meanwhile was sealed by whoever changed it, and is left alone.

use duxue_rules::{enrolment::NumberKey, ids::UserId, person::IdNumber};
use jiff::civil::Date;

use crate::{
    Result, Tx, camera, enrolment,
    row::{FromRow, Row},
    second_factor,
    secret::{CannotOpen, SecretKey},
    template,
    value::args,
};

/// What is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sealed {
    /// User names and passwords of cameras.
    CameraCredentials,
    /// Face templates.
    FaceTemplates,
    /// Portraits of enrolments.
    FacePortraits,
    /// ID numbers, and what they are looked up by.
    IdNumbers,
    /// Secrets of second factors.
    SecondFactors,
    /// Answers that can be given again.
    Answers,
}

impl Sealed {
    /// All of it.
    pub const ALL: [Self; 6] = [
        Self::CameraCredentials,
        Self::FaceTemplates,
        Self::FacePortraits,
        Self::IdNumbers,
        Self::SecondFactors,
        Self::Answers,
    ];

    /// Its word, for logs.
    pub fn word(self) -> &'static str {
        match self {
            Self::CameraCredentials => "camera_credentials",
            Self::FaceTemplates => "face_templates",
            Self::FacePortraits => "face_portraits",
            Self::IdNumbers => "id_numbers",
            Self::SecondFactors => "second_factors",
            Self::Answers => "answers",
        }
    }

    fn select(self) -> &'static str {
        match self {
            Self::CameraCredentials => {
                "SELECT id, id AS whose, credentials_sealed AS sealed FROM cameras
                 WHERE credentials_sealed IS NOT NULL AND id > COALESCE($1, '') ORDER BY id LIMIT $2"
            }
            Self::FaceTemplates => {
                "SELECT id, student_id AS whose, vector_sealed AS sealed FROM templates
                 WHERE id > COALESCE($1, '') ORDER BY id LIMIT $2"
            }
            Self::FacePortraits => {
                "SELECT id, student_id AS whose, portrait_sealed AS sealed FROM templates
                 WHERE portrait_sealed IS NOT NULL AND ($1 IS NULL OR id > $1) ORDER BY id LIMIT $2"
            }
            Self::IdNumbers => {
                "SELECT number_key AS id, number_key AS whose, number_sealed AS sealed FROM persons
                 WHERE number_key > COALESCE($1, '') ORDER BY number_key LIMIT $2"
            }
            Self::SecondFactors => {
                "SELECT user_id AS id, user_id AS whose, secret_sealed AS sealed FROM second_factors
                 WHERE user_id > COALESCE($1, '') ORDER BY user_id LIMIT $2"
            }
            Self::Answers => {
                "SELECT principal || ' ' || key AS id, key || ' of ' || principal AS whose, answer_sealed AS sealed
                 FROM repeatable_requests
                 WHERE answer_sealed IS NOT NULL AND ($1 IS NULL OR principal || ' ' || key > $1)
                 ORDER BY principal || ' ' || key LIMIT $2"
            }
        }
    }

    fn update(self) -> &'static str {
        match self {
            Self::CameraCredentials => {
                "UPDATE cameras SET credentials_sealed = $3 WHERE id = $1 AND credentials_sealed = $2"
            }
            Self::FaceTemplates => "UPDATE templates SET vector_sealed = $3 WHERE id = $1 AND vector_sealed = $2",
            Self::FacePortraits => "UPDATE templates SET portrait_sealed = $3 WHERE id = $1 AND portrait_sealed = $2",
            Self::IdNumbers => "UPDATE persons SET number_sealed = $3 WHERE number_key = $1 AND number_sealed = $2",
            Self::SecondFactors => {
                "UPDATE second_factors SET secret_sealed = $3 WHERE user_id = $1 AND secret_sealed = $2"
            }
            Self::Answers => {
                "UPDATE repeatable_requests SET answer_sealed = $3
                 WHERE principal || ' ' || key = $1 AND answer_sealed = $2"
            }
        }
    }
}

/// How far a batch came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// How many values were encrypted anew.
    pub changed: u64,
    /// Where the next batch goes on; `None`: there is none.
    pub next: Option<String>,
}

struct Cell {
    id: String,
    aad: String,
    sealed: String,
}

/// A row, before it is known of what it is.
struct Raw {
    id: String,
    whose: String,
    sealed: String,
}

impl FromRow for Raw {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { id: row.text("id")?, whose: row.text("whose")?, sealed: row.text("sealed")? })
    }
}

impl Raw {
    fn cell(self, of: Sealed) -> Result<Cell> {
        let Self { id, whose, sealed } = self;
        let parsed = |_| CannotOpen;
        let aad = match of {
            Sealed::CameraCredentials => camera::aad(id.parse().map_err(parsed)?),
            Sealed::FaceTemplates => template::aad(id.parse().map_err(parsed)?, whose.parse().map_err(parsed)?),
            Sealed::FacePortraits => {
                template::portrait_aad(id.parse().map_err(parsed)?, whose.parse().map_err(parsed)?)
            }
            Sealed::IdNumbers => enrolment::aad(number_key(&whose)?),
            Sealed::SecondFactors => second_factor::aad(whose.parse::<UserId>().map_err(parsed)?),
            Sealed::Answers => format!("answer to {whose}"),
        };
        Ok(Cell { id, aad, sealed })
    }
}

fn number_key(hex: &str) -> Result<NumberKey, CannotOpen> {
    let mut key = [0; 32];
    hex::decode_to_slice(hex, &mut key).map_err(|_| CannotOpen)?;
    Ok(NumberKey(key))
}

impl Tx {
    /// Encrypts anew, among the next `limit` values after `after`, those that an older key had sealed.
    pub async fn rekey(&mut self, of: Sealed, after: Option<&str>, limit: u32, key: &SecretKey) -> Result<Batch> {
        let rows: Vec<Raw> = self.all(of.select(), args![after, limit]).await?;
        let full = rows.len() >= limit as usize;
        let (mut changed, mut next) = (0, None);
        for row in rows {
            let cell = row.cell(of)?;
            if let Some(anew) = key.reseal(&cell.aad, &cell.sealed)? {
                changed += match of {
                    Sealed::IdNumbers => self.rekey_number(&cell, key).await?,
                    Sealed::CameraCredentials
                    | Sealed::FaceTemplates
                    | Sealed::FacePortraits
                    | Sealed::SecondFactors
                    | Sealed::Answers => self.run(of.update(), args![cell.id, cell.sealed, anew]).await?,
                };
            }
            next = full.then_some(cell.id);
        }
        Ok(Batch { changed, next })
    }

    async fn rekey_number(&mut self, cell: &Cell, key: &SecretKey) -> Result<u64> {
        let plain = String::from_utf8(key.open(&cell.aad, &cell.sealed)?).map_err(|_| CannotOpen)?;
        let number = IdNumber::parse(&plain, Date::MAX).map_err(|_| CannotOpen)?;
        self.rename_person(number_key(&cell.id)?, &number, key).await
    }

    /// Gives a person whom an older key's hash stands for the hash and the encryption of the newest; how many there were.
    pub(crate) async fn rename_person(&mut self, old: NumberKey, number: &IdNumber, key: &SecretKey) -> Result<u64> {
        let new = key.number_key(number);
        let (old, hash) = (hex::encode(old.0), hex::encode(new.0));
        // The update is the lock: whoever records the same number now waits, and finds it renamed.
        let there = self.run("UPDATE persons SET created_at = created_at WHERE number_key = $1", args![old]).await?;
        if there == 0 {
            return Ok(0);
        }
        let sealed = key.seal(&enrolment::aad(new), number.expose().as_bytes())?;
        self.run(
            "INSERT INTO persons (number_key, number_sealed, created_at)
             SELECT $2, $3, created_at FROM persons WHERE number_key = $1
             ON CONFLICT (number_key) DO NOTHING",
            args![old, hash, sealed],
        )
        .await?;
        self.run("UPDATE student_papers SET number_key = $2 WHERE number_key = $1", args![old, hash]).await?;
        self.run("DELETE FROM persons WHERE number_key = $1", args![old]).await
    }
}
