import type { Record as Shown, RuleFinding } from '~/api/schema.d.ts';

export interface Grouped {
  readonly finding: RuleFinding;
  /** The records of all findings that say the same, each once. */
  readonly records: readonly Shown[];
}

/** Findings that say the same of different students or days become one. */
export function grouped(findings: readonly RuleFinding[]): Grouped[] {
  const groups = new Map<string, { finding: RuleFinding; records: Map<string, Shown> }>();
  for (const finding of findings) {
    const key = [finding.rule, finding.code, finding.expected.zh, finding.seen.zh].join('\n');
    const group = groups.get(key) ?? { finding, records: new Map<string, Shown>() };
    for (const record of finding.records) group.records.set(`${record.kind} ${record.id}`, record);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ finding, records }) => ({ finding, records: [...records.values()] }));
}
