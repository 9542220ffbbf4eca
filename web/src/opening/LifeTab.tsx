import { CheckOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import type { Class, OpeningDossier } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import type { ClassTab } from '~/classes/tabs.ts';
import { TabLink } from '~/classes/TabLink.tsx';
import { claimsQuery, closeoutsQuery, noticesQuery } from '~/settlement/queries.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { lifeOf, STEPS, type LifeStep } from './life.ts';
import { NowBox } from './NowBox.tsx';
import styles from './opening.module.css';
import { openingQuery } from './queries.ts';
import { StepFacts } from './StepFacts.tsx';
import { useOpeningWords } from './words.ts';
import type { zh } from './zh.ts';

/** Where the work of a step is done. */
const PLACES: Partial<Record<LifeStep, readonly (keyof typeof zh.go & ClassTab)[]>> = { filing: ['students'], teaching: ['timetable', 'attendance', 'uploads', 'evidence', 'supervision'], closeout: ['settlement'], claim: ['settlement'], payment: ['settlement'] };

/** Once a class runs, what its opening came with is folded away. */
const HAS_FACTS: readonly LifeStep[] = ['draft', 'self_check', 'filing', 'application', 'approval', 'start'];

/** The whole life of a class as steps, with what the next one misses. */
export function LifeTab({ one, today }: { one: Class; today: string }) {
  const query = useQuery(openingQuery(one.id));
  return <Loaded query={query}>{(dossier) => <Life one={one} today={today} dossier={dossier} />}</Loaded>;
}

function Life({ one, today, dossier }: { one: Class; today: string; dossier: OpeningDossier }) {
  const say = useOpeningWords();
  const running = dossier.stage === 'running';
  const readsSubsidy = useMay('read_subsidy');
  const closeouts = useQuery({ ...closeoutsQuery(one.id), enabled: running }).data ?? [];
  const claims = useQuery({ ...claimsQuery(one.id), enabled: running && readsSubsidy }).data ?? [];
  const notices = useQuery({ ...noticesQuery(one.id), enabled: running && readsSubsidy }).data ?? [];
  const life = lifeOf(dossier, {
    today,
    endsOn: one.ends_on,
    closeout: closeouts.some(({ state }) => state === 'accepted') ? 'accepted' : closeouts.some(({ state }) => state === 'applied') ? 'applied' : 'none',
    claimed: claims.length > 0,
    paid: notices.some(({ payment }) => payment != null),
  });
  return (
    <ol className={styles.steps} aria-label={say('lifeLabel')} data-testid="life" data-stage={dossier.stage}>
      {STEPS.map((step, index) => (
        <li key={step} className={styles.step} data-state={life[step]} data-step={step} aria-current={life[step] === 'now' ? 'step' : undefined}>
          <span className={styles.mark} aria-hidden>
            {life[step] === 'done' ? <CheckOutlined /> : index + 1}
          </span>
          <div className={styles.body}>
            <div className={styles.head}>
              <h3>{say(`step.${step}`)}</h3>
              <Tag color={life[step] === 'done' ? 'success' : life[step] === 'now' ? 'processing' : 'default'} variant="filled">
                {say(`state.${life[step]}`)}
              </Tag>
              <span className={styles.about}>{say(`about.${step}`)}</span>
            </div>
            {running && life[step] === 'done' && HAS_FACTS.includes(step) ? (
              <details>
                <summary className={styles.about}>{say('facts')}</summary>
                <StepFacts step={step} dossier={dossier} />
              </details>
            ) : (
              <StepFacts step={step} dossier={dossier} />
            )}
            {life[step] === 'now' && <NowBox step={step} one={one} dossier={dossier} today={today} />}
            {life[step] !== 'later' && PLACES[step] !== undefined && (
              <div className={styles.links}>
                {PLACES[step].map((tab) => (
                  <TabLink key={tab} classId={one.id} tab={tab}>
                    {say(`go.${tab}`)}
                  </TabLink>
                ))}
              </div>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
