import { Link } from '@tanstack/react-router';
import { Table, Tag, type TableColumnsType } from 'antd';
import type { DrawCandidate, SupervisionDraw } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { percent } from '~/time/amounts.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { Hash } from '~/ui/Hash.tsx';
import styles from './supervision.module.css';
import { useSupervisionWords } from './words.ts';

/** One draw: who was drawn, from whom and with what weight, and the seed that gives the same lots again. */
export function DrawView({ draw }: { draw: SupervisionDraw }) {
  const { t } = useTranslation();
  const say = useSupervisionWords();
  const total = draw.candidates.reduce((sum, one) => sum + one.weight, 0);
  const place = (candidate: DrawCandidate) => draw.drawn.findIndex(({ id }) => id === candidate.class.id) + 1;
  const columns: TableColumnsType<DrawCandidate> = [
    {
      title: t('common.class'),
      render: (_, one) => (
        <>
          {one.class.name} {place(one) > 0 && <Tag color="processing" variant="filled">{say('picked', { place: place(one) })}</Tag>}
        </>
      ),
    },
    { title: say('openFindings'), align: 'right', dataIndex: 'open_findings' },
    { title: say('confirmedViolations'), align: 'right', dataIndex: 'confirmed_violations' },
    { title: say('weeksUnseen'), align: 'right', dataIndex: 'weeks_unseen' },
    { title: say('weight'), align: 'right', dataIndex: 'weight' },
    { title: say('chance'), align: 'right', render: (_, one) => (total === 0 ? '—' : percent(one.weight / total)) },
  ];
  return (
    <div data-testid="draw">
      <div className={styles.quiet}>
        {say('drawBy', { name: draw.drawn_by.display_name, at: stampOf(ms(draw.drawn_at)) })} · {say('policyVersion', { version: draw.policy_version })}
      </div>
      {draw.reason != null && <div>{say('drawBecause', { reason: draw.reason })}</div>}
      <div className={styles.head} style={{ marginTop: 8 }}>
        <h3>{say('drawnOrder')}</h3>
      </div>
      <ol className={styles.lots}>
        {draw.drawn.map((one) => (
          <li key={one.id}>
            <Link to="/classes/$classId" params={{ classId: one.id }} search={{ tab: 'supervision' }}>
              {one.name}
            </Link>
          </li>
        ))}
      </ol>
      <div className={styles.head} style={{ marginTop: 8 }}>
        <h3>{say('candidates')}</h3>
      </div>
      <Table<DrawCandidate> size="small" rowKey={(one) => one.class.id} columns={columns} dataSource={[...draw.candidates]} pagination={false} scroll={{ x: 'max-content' }} />
      <div className={styles.seed}>
        <span>{say('seed')}</span>
        <Hash value={draw.seed} />
      </div>
    </div>
  );
}
