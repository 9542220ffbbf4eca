import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card } from 'antd';
import { useState } from 'react';
import type { Comparison, Finding, SeenFace } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { percent } from '~/time/amounts.ts';
import { dateOf, ms, timeOf } from '~/time/zone.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { comparisonQuery } from './comparison.ts';
import { cropStyle } from './crop.ts';
import styles from './findings.module.css';
import { useFindingWords } from './words.ts';

/** So many of the faces are shown: those that are most like the student come first. */
const MOST = 6;

/** The student as enrolled beside the faces taken for them; fetched when asked for, since each look is logged. */
export function ComparisonCard({ finding }: { finding: Finding }) {
  const say = useFindingWords();
  const [asked, setAsked] = useState(false);
  if (finding.subject == null) return null;
  return (
    <Card size="small" title={say('compare')} data-testid="comparison">
      {asked ? (
        <Compared finding={finding} />
      ) : (
        <div className={styles.compareAsk}>
          <Button onClick={() => setAsked(true)} data-testid="compare">
            {say('compareShow')}
          </Button>
          <span>{say('compareHint')}</span>
        </div>
      )}
    </Card>
  );
}

function Compared({ finding }: { finding: Finding }) {
  const query = useQuery(comparisonQuery(finding.id));
  return <Loaded query={query}>{(comparison) => <Sides comparison={comparison} finding={finding} />}</Loaded>;
}

function Sides({ comparison, finding }: { comparison: Comparison; finding: Finding }) {
  const say = useFindingWords();
  const { roster_picture: roster, seen, student } = comparison;
  return (
    <>
      <div className={styles.faces}>
        <figure>
          {roster == null ? (
            <div className={styles.noFace}>{say('noPortrait')}</div>
          ) : (
            <div className={styles.face}>
              <img src={`data:image/jpeg;base64,${roster.jpeg_base64}`} alt={say('portraitOf', { name: student?.name ?? '' })} style={{ width: '100%', height: '100%', objectFit: 'cover' }} />
            </div>
          )}
          <figcaption>
            <b>{say('onRoster')}</b>
            {roster != null && <span>{say('takenIn', { date: dateOf(ms(roster.taken_in_at)) })}</span>}
          </figcaption>
        </figure>
        {seen.slice(0, MOST).map((face) => (
          <Seen key={`${face.frame} ${face.x} ${face.y}`} face={face} finding={finding} />
        ))}
      </div>
      {seen.length === 0 && <Alert type="info" showIcon title={say('noneSeen')} />}
      <p className={styles.compareFoot}>{say('compareMachine')}</p>
    </>
  );
}

function Seen({ face, finding }: { face: SeenFace; finding: Finding }) {
  const { t } = useTranslation();
  const say = useFindingWords();
  const frame = finding.frames[face.frame];
  return (
    <figure>
      <div className={styles.face}>{frame !== undefined && <img src={frame.url} alt={say('seenAt', { time: timeOf(ms(face.at)) })} style={cropStyle(face, frame)} />}</div>
      <figcaption>
        <b>{timeOf(ms(face.at))}</b>
        <span>{face.probability == null ? t('common.unknown') : say('likely', { share: percent(face.probability) })}</span>
        {face.similarity != null && <span>{say('similar', { value: face.similarity.toFixed(2) })}</span>}
      </figcaption>
    </figure>
  );
}
