import type { Finding } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { usePlayerWords } from './words.ts';

const NAMED = 3;

/** Says some findings in a line: kind and person of each, and how many more there are. */
export function useMarkWords(): (findings: readonly Finding[]) => string {
  const { t } = useTranslation();
  const say = usePlayerWords();
  return (findings) => {
    const named = findings.slice(0, NAMED).map((finding) => `${t(`findings.kind.${finding.kind}`)}${finding.subject == null ? '' : ` · ${finding.subject.name}`}`);
    const what = [...new Set(named)].join(', ');
    return findings.length > NAMED ? say('marksMore', { what, count: findings.length }) : what;
  };
}
