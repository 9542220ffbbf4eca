import { Link } from '@tanstack/react-router';
import { Card, Descriptions, Tag } from 'antd';
import type { Finding } from '~/api/schema.d.ts';
import { useText, useTranslation } from '~/i18n/index.ts';
import { dateOf, minuteOf, ms, stampOf } from '~/time/zone.ts';
import { Columns, Page } from '~/ui/Page.tsx';
import { PolicyTag } from '~/ui/PolicyTag.tsx';
import { ComparisonCard } from './ComparisonCard.tsx';
import { Confidence } from './Confidence.tsx';
import { Decide } from './Decide.tsx';
import styles from './findings.module.css';
import { FindingStateTag } from './FindingStateTag.tsx';
import { FrameViewer } from './FrameViewer.tsx';
import { useFindingWords } from './words.ts';

interface FindingViewProps {
  finding: Finding;
  onBack: () => void;
}

/** One finding: the pictures, what was expected and seen, on what grounds, and the decision. */
export function FindingView({ finding, onBack }: FindingViewProps) {
  const { t } = useTranslation();
  const say = useFindingWords();
  const { subject } = finding;
  return (
    <Page
      title={`${t(`findings.kind.${finding.kind}`)}${subject == null ? '' : ` · ${subject.name}`}`}
      sub={<FindingStateTag state={finding.state} />}
      tools={<PolicyTag policy={finding.policy} />}
      onBack={onBack}
    >
      <Columns
        main={
          <>
            <Claim finding={finding} />
            <Card size="small" title={say('frames')}>
              <FrameViewer frames={finding.frames} />
            </Card>
            <ComparisonCard key={finding.id} finding={finding} />
            <Grounds finding={finding} />
          </>
        }
        side={
          <>
            <Decide finding={finding} />
            <Facts finding={finding} />
          </>
        }
      />
    </Page>
  );
}

/** What should have been seen, and what was. */
function Claim({ finding }: { finding: Finding }) {
  const say = useFindingWords();
  const text = useText();
  return (
    <div className={styles.pair}>
      <div>
        <small>{say('expected')}</small>
        <p data-testid="expected">{text(finding.expected)}</p>
      </div>
      <div>
        <small>{say('seen')}</small>
        <p data-testid="seen">{text(finding.seen)}</p>
      </div>
    </div>
  );
}

function Grounds({ finding }: { finding: Finding }) {
  const say = useFindingWords();
  const text = useText();
  return (
    <Card size="small">
      <h2 className={styles.heading}>{say('reasons')}</h2>
      <ul className={styles.reasons} data-testid="reasons">
        {finding.reasons.map((reason) => (
          <li key={reason.code}>{text(reason.text)}</li>
        ))}
      </ul>
      <h2 className={styles.heading}>{say('wouldChange')}</h2>
      <div>{text(finding.would_change)}</div>
    </Card>
  );
}

function Facts({ finding }: { finding: Finding }) {
  const { t } = useTranslation();
  const say = useFindingWords();
  const { session } = finding;
  return (
    <Card size="small">
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: 'confidence', label: say('confidence'), children: <Confidence value={finding.confidence} /> },
          {
            key: 'class',
            label: t('common.class'),
            children: (
              <Link to="/classes/$classId/days/$date" params={{ classId: finding.class.id, date: dateOf(ms(session.starts_at)) }}>
                {finding.class.name}
              </Link>
            ),
          },
          { key: 'session', label: t('common.session'), children: `${dateOf(ms(session.starts_at))} ${minuteOf(ms(session.starts_at))}–${minuteOf(ms(session.ends_at))}` },
          ...(finding.subject == null ? [] : [{ key: 'subject', label: say('subject'), children: finding.subject.name }]),
          { key: 'rule', label: t('common.rule'), children: <Tag variant="filled">{finding.rule}</Tag> },
          { key: 'policy', label: t('common.policy'), children: <>{t('common.policyVersion', { version: finding.policy.version })}</> },
          { key: 'raised', label: say('raised'), children: stampOf(ms(finding.raised_at)) },
          { key: 'updated', label: say('updated'), children: stampOf(ms(finding.updated_at)) },
        ]}
      />
      <p style={{ margin: '10px 0 0', fontSize: 12.5, color: 'var(--quiet)' }}>{say('machine')}</p>
    </Card>
  );
}
