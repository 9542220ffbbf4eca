//! Requests that a client may repeat on a bad line without their being done twice: what was answered is kept for a while
//! and given again.

use jiff::Timestamp;

use crate::{
    Result, Tx,
    row::{FromRow, Row},
    secret::SecretKey,
    value::args,
};

/// Who asks, by the client's own word for the request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RequestKey {
    /// A user or a device, as `user:…` or `device:…`.
    pub principal: String,
    /// The client's word.
    pub key: String,
}

/// What is known of a request before it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Nobody has done it; whoever claimed it does it now.
    Fresh,
    /// It was begun, and not answered yet.
    Running,
    /// It was done; this was the answer.
    Answered(Vec<u8>),
    /// The key stands for another request.
    Another,
}

struct Claimed {
    request_hash: [u8; 32],
    answer_sealed: Option<String>,
}

impl FromRow for Claimed {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { request_hash: row.hash("request_hash")?, answer_sealed: row.opt_text("answer_sealed")? })
    }
}

impl RequestKey {
    fn aad(&self) -> String {
        format!("answer to {} of {}", self.key, self.principal)
    }
}

impl Tx {
    /// Claims a request, whose method, address and body have this hash. Claims older than `forget` are forgotten. Of two at
    /// once one is [`Claim::Fresh`]. To be committed before the request is done.
    pub async fn claim_request(
        &mut self,
        request: &RequestKey,
        request_hash: [u8; 32],
        now: Timestamp,
        forget: Timestamp,
        secret: &SecretKey,
    ) -> Result<Claim> {
        let RequestKey { principal, key } = request;
        self.run(
            "DELETE FROM repeatable_requests WHERE principal = $1 AND key = $2 AND started_at <= $3",
            args![principal, key, forget],
        )
        .await?;
        let fresh = self
            .run(
                "INSERT INTO repeatable_requests (principal, key, request_hash, started_at) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (principal, key) DO NOTHING",
                args![principal, key, hex::encode(request_hash), now],
            )
            .await?;
        if fresh > 0 {
            return Ok(Claim::Fresh);
        }
        let sql = "SELECT request_hash, answer_sealed FROM repeatable_requests WHERE principal = $1 AND key = $2";
        let claimed: Claimed = self.one(sql, args![principal, key]).await?;
        Ok(match claimed {
            Claimed { request_hash: known, .. } if known != request_hash => Claim::Another,
            Claimed { answer_sealed: None, .. } => Claim::Running,
            Claimed { answer_sealed: Some(sealed), .. } => Claim::Answered(secret.open(&request.aad(), &sealed)?),
        })
    }

    /// Keeps the answer of a claimed request.
    pub async fn answer_request(&mut self, request: &RequestKey, answer: &[u8], secret: &SecretKey) -> Result<()> {
        let sealed = secret.seal(&request.aad(), answer)?;
        let RequestKey { principal, key } = request;
        self.advance(
            "request",
            "UPDATE repeatable_requests SET answer_sealed = $3
             WHERE principal = $1 AND key = $2 AND answer_sealed IS NULL",
            args![principal, key, sealed],
        )
        .await
    }

    /// Gives a claim back: nothing was done, and the same key may try again.
    pub async fn release_request(&mut self, request: &RequestKey) -> Result<()> {
        let RequestKey { principal, key } = request;
        let sql = "DELETE FROM repeatable_requests WHERE principal = $1 AND key = $2 AND answer_sealed IS NULL";
        self.run(sql, args![principal, key]).await?;
        Ok(())
    }

    /// Forgets requests begun before; how many.
    pub async fn sweep_requests(&mut self, before: Timestamp) -> Result<u64> {
        self.run("DELETE FROM repeatable_requests WHERE started_at <= $1", args![before]).await
    }
}
