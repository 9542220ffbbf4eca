-- The audit log as a Merkle tree (RFC 6962): one entry can be shown to be in it without showing the others.

-- Complete subtrees alone: they never change. Leaf n is the hash of entry n + 1.
CREATE TABLE audit_nodes (
    level BIGINT NOT NULL,                 -- 0 for leaves
    position BIGINT NOT NULL,              -- from 0, among those of the level
    hash TEXT NOT NULL,
    CONSTRAINT audit_nodes_key PRIMARY KEY (level, position),
    CONSTRAINT audit_nodes_hash CHECK (length(hash) = 64)
);

-- What was signed about the log's length and root: c2sp.org/tlog-checkpoint.
CREATE TABLE audit_checkpoints (
    size BIGINT NOT NULL PRIMARY KEY,
    note TEXT NOT NULL,                    -- a signed note, as it is given out
    signed_at BIGINT NOT NULL,
    CONSTRAINT audit_checkpoints_size CHECK (size >= 1)
);
