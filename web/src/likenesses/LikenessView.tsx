import { Link } from '@tanstack/react-router';
import { Alert, Card, Descriptions, Tag } from 'antd';
import type { Likeness } from '~/api/schema.d.ts';
import { Confidence } from '~/findings/Confidence.tsx';
import { duration } from '~/time/amounts.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { Columns, Page } from '~/ui/Page.tsx';
import { DecideLikeness } from './DecideLikeness.tsx';
import { LikenessStateTag } from './LikenessStateTag.tsx';
import { SideBySide } from './SideBySide.tsx';
import { sidesOf, type Side } from './sides.ts';
import { useLikenessWords } from './words.ts';

/** Two videos beside each other, what was compared, and the decision. */
export function LikenessView({ likeness, onBack }: { likeness: Likeness; onBack: () => void }) {
  const say = useLikenessWords();
  const [left, right] = sidesOf(likeness);
  return (
    <Page title={say('title')} sub={<LikenessStateTag state={likeness.state} />} onBack={onBack}>
      <Columns
        main={<Card size="small">{right === null ? <Alert type="warning" showIcon title={say('unplayable')} /> : <SideBySide left={left} right={right} mirrored={likeness.mirrored} />}</Card>}
        side={
          <>
            <DecideLikeness likeness={likeness} />
            <Card size="small" title={say('facts')}>
              <Descriptions
                size="small"
                column={1}
                items={[
                  { key: 'alike', label: say('alike'), children: <Confidence value={likeness.alike} /> },
                  ...(likeness.same_file ? [{ key: 'file', label: '', children: <Tag color="error">{say('sameFile')}</Tag> }] : []),
                  ...(likeness.mirrored ? [{ key: 'mirror', label: '', children: <Tag color="warning">{say('mirrored')}</Tag> }] : []),
                  { key: 'left', label: say(left.kind), children: <Part side={left} /> },
                  ...(right === null ? [] : [{ key: 'right', label: say(right.kind), children: <Part side={right} /> }]),
                  { key: 'raised', label: say('raised'), children: stampOf(ms(likeness.raised_at)) },
                ]}
              />
            </Card>
          </>
        }
      />
    </Page>
  );
}

function Part({ side }: { side: Side }) {
  const say = useLikenessWords();
  return (
    <div style={{ overflowWrap: 'anywhere' }}>
      {side.kind === 'upload' ? (
        <Link to="/uploads/$uploadId" params={{ uploadId: side.id }}>
          {side.name}
        </Link>
      ) : (
        <Link to="/clips/$clipId" params={{ clipId: side.id }}>
          {side.name}
        </Link>
      )}
      <div>{say('from', { from: duration(side.from), length: duration(side.until - side.from) })}</div>
    </div>
  );
}
