import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { address } from '~/api/client.ts';
import { classesQuery } from '~/api/queries.ts';
import { useMay } from '~/app/access.ts';
import { useText } from '~/i18n/index.ts';
import { evidenceLacking } from './due.ts';
import { HomeCard } from './HomeCard.tsx';
import { checkpointQuery, evidencesQuery } from './queries.ts';
import { narrowed, type CardProps } from './watchCards.tsx';
import { useHomeWords } from './words.ts';

/** R9.1, R9.2: classes whose video evidence does not hold yet, the worst first. */
export function EvidenceCard() {
  const say = useHomeWords();
  const text = useText();
  const query = useQuery(evidencesQuery);
  return (
    <HomeCard
      id="evidence"
      title={say('evidence')}
      query={query}
      fine={say('evidenceFine')}
      more={<Link to="/classes">{say('all')}</Link>}
      lines={(all) =>
        evidenceLacking(all).map((one) => ({
          key: one.class.id,
          what: (
            <Link to="/classes/$classId" params={{ classId: one.class.id }} search={{ tab: 'evidence' }}>
              {one.class.name}
            </Link>
          ),
          note: one.outlook === 'out_of_reach' ? say('evidenceLost', { counted: one.counted, needed: one.needed }) : say('evidenceOpen', { counted: one.counted, needed: one.needed }),
          under:
            one.outlook === 'open' && one.last_safe_day != null
              ? say('evidenceUntil', { day: one.last_safe_day })
              : one.reasons[0] !== undefined
                ? text(one.reasons[0].text)
                : undefined,
          tone: one.outlook === 'out_of_reach' ? ('bad' as const) : one.may_fail === 0 ? ('due' as const) : ('plain' as const),
        }))
      }
    />
  );
}

/** Classes that are over: everything of each as one package, for whoever has questions. */
export function PackagesCard({ today }: CardProps) {
  const say = useHomeWords();
  const packs = useMay('read_package');
  const query = useQuery(classesQuery);
  return (
    <HomeCard
      id="packages"
      title={say('packages')}
      query={narrowed(query, (all) => all.toSorted((a, b) => Number(b.ends_on < today) - Number(a.ends_on < today) || b.ends_on.localeCompare(a.ends_on)))}
      fine={say('packagesFine')}
      more={<Link to="/classes">{say('all')}</Link>}
      lines={(all) =>
        all.map((one) => ({
          key: one.id,
          what: (
            <Link to="/classes/$classId" params={{ classId: one.id }}>
              {one.name}
            </Link>
          ),
          note: packs && (
            <a href={address.package(one.id)} download>
              {say('package')}
            </a>
          ),
          under: `${one.institution.name} · ${say(one.ends_on < today ? 'ended' : 'endsOn', { day: one.ends_on })}`,
          tone: 'plain' as const,
        }))
      }
    />
  );
}

/** The newest signed statement of how long the audit log is. */
export function ChainCard() {
  const say = useHomeWords();
  const query = useQuery(checkpointQuery);
  return (
    <HomeCard
      id="chain"
      title={say('chain')}
      query={query}
      fine={say('chainFine')}
      more={<Link to="/audit">{say('chainCheck')}</Link>}
      lines={(checkpoint) => [
        {
          key: 'size',
          what: say('chainSize'),
          note: say('chainEntries', { count: checkpoint.entries }),
          under: <code style={{ overflowWrap: 'anywhere' }}>{checkpoint.root}</code>,
          tone: 'plain',
        },
      ]}
    />
  );
}
