/** The audit log's newest signed statement, as far as a reader compares it. */
export interface Checkpoint {
  readonly entries: number;
  /** The Merkle root, in base64. */
  readonly root: string;
}

/** Reads a signed note as c2sp.org/tlog-checkpoint has it: origin, size and root, a line each. */
export function readCheckpoint(note: string): Checkpoint {
  const [, size, root] = note.split('\n');
  if (size === undefined || !/^\d+$/.test(size) || root === undefined || root === '') throw new Error('no checkpoint');
  return { entries: Number(size), root };
}
