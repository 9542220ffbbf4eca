import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Popconfirm, Tag } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Class, Notice, NoticeStanding, Objection } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useMessages } from '~/app/messages.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { Refused } from '~/ui/Refused.tsx';
import { yuan } from './money.ts';
import { ObjectionDecideDialog, ObjectionDialog } from './ObjectionDialogs.tsx';
import { PayDialog } from './PayDialog.tsx';
import { noticesQuery } from './queries.ts';
import { Empty, Section } from './Section.tsx';
import styles from './settlement.module.css';
import { useSettlementWords } from './words.ts';

const TONES = { running: 'wait', contested: 'bad', fallen: 'bad', passed: 'good' } as const satisfies Record<NoticeStanding, string>;
const COLOURS = { running: 'processing', contested: 'warning', fallen: 'error', passed: 'success' } as const satisfies Record<NoticeStanding, string>;

/** R10.1, R10.2: notices with their objections, and the payment after one that passed. */
export function NoticeSection({ one }: { one: Class }) {
  const say = useSettlementWords();
  const message = useMessages();
  const client = useQueryClient();
  const publishes = useMay('publish_notice');
  const query = useQuery(noticesQuery(one.id));
  const publish = useMutation({
    mutationFn: () => ask(api.POST('/classes/{id}/notices', { params: { path: { id: one.id } } })),
    onSuccess: async () => {
      message.success(say('published'));
      await Promise.all([client.invalidateQueries({ queryKey: ['classes', one.id] }), client.invalidateQueries({ queryKey: ['notices'] })]);
    },
  });
  const paid = query.data?.some((notice) => notice.payment != null) ?? true;
  return (
    <Section
      id="notices"
      title={say('notices')}
      hint={say('noticesHint')}
      tools={
        publishes &&
        !paid && (
          <Popconfirm title={say('publishSure')} okText={say('publish')} onConfirm={() => publish.mutate()} styles={{ root: { maxWidth: 340 } }}>
            <Button size="small" type="primary" loading={publish.isPending} data-testid="publish-notice">
              {say('publish')}
            </Button>
          </Popconfirm>
        )
      }
    >
      <Refused error={publish.error} />
      <Loaded query={query}>
        {(notices) => (notices.length === 0 ? <Empty what={say('noticesNone')} /> : notices.toReversed().map((notice) => <Hung key={notice.id} notice={notice} institution={one.institution.name} />))}
      </Loaded>
    </Section>
  );
}

function Hung({ notice, institution }: { notice: Notice; institution: string }) {
  const { marks } = useTranslation();
  const say = useSettlementWords();
  const publishes = useMay('publish_notice');
  const pays = useMay('record_payment');
  const [doing, setDoing] = useState<'object' | 'pay' | null>(null);
  const [deciding, setDeciding] = useState<Objection | null>(null);
  const { payment } = notice;
  return (
    <div className={styles.box} data-tone={TONES[notice.standing]} data-testid="notice" data-standing={notice.standing}>
      <div className={styles.one}>
        <Tag color={COLOURS[notice.standing]} variant="filled">
          {say(`standing.${notice.standing}`)}
        </Tag>
        <b>{say('sum', { yuan: yuan(notice.total_fen) })}</b>
        <span className={styles.quiet}>
          {say('hangs', { from: notice.published_on, until: notice.until })} · {say('publishedBy', { name: notice.published_by.display_name })}
        </span>
        {notice.standing === 'running' && (
          <Link to="/notices/$noticeId" params={{ noticeId: notice.id }} target="_blank">
            {say('openPublic')}
          </Link>
        )}
        {publishes && payment == null && (
          <Button size="small" onClick={() => setDoing('object')} data-testid="object">
            {say('objection')}
          </Button>
        )}
      </div>
      <div className={styles.quiet}>
        {say('objections')}{marks.colon}{notice.objections.length === 0 && say('objectionsNone')}
      </div>
      {notice.objections.map((objection) => (
        <ObjectionRow key={objection.id} objection={objection} onDecide={publishes ? setDeciding : undefined} />
      ))}
      {payment != null ? (
        <div className={styles.one} data-testid="payment">
          <b>{say('payment')}</b>
          <span>{say('paidOn', { date: payment.on, yuan: yuan(payment.amount_fen), name: payment.recorded_by.display_name })}</span>
          <span className={styles.quiet}>
            {payment.account_holder} · {say(`accounts.${payment.account_kind}`)} · {say(`funds.${payment.fund}`)}
          </span>
        </div>
      ) : (
        notice.standing === 'passed' &&
        pays && (
          <div className={styles.one}>
            <span className={styles.quiet}>{say('paymentHint')}</span>
            <Button size="small" type="primary" onClick={() => setDoing('pay')} data-testid="pay">
              {say('pay')}
            </Button>
          </div>
        )
      )}
      {doing === 'object' && <ObjectionDialog notice={notice} onClose={() => setDoing(null)} />}
      {doing === 'pay' && <PayDialog notice={notice} institution={institution} onClose={() => setDoing(null)} />}
      {deciding !== null && <ObjectionDecideDialog objection={deciding} onClose={() => setDeciding(null)} />}
    </div>
  );
}

function ObjectionRow({ objection, onDecide }: { objection: Objection; onDecide: ((objection: Objection) => void) | undefined }) {
  const { marks } = useTranslation();
  const say = useSettlementWords();
  const { outcome } = objection;
  return (
    <div className={styles.box} data-tone={outcome == null ? 'wait' : outcome === 'upheld' ? 'bad' : 'good'} data-testid="objection">
      <div className={styles.one}>
        <span>{objection.on}</span>
        {objection.objector != null && <b>{objection.objector}</b>}
        <Tag color={outcome == null ? 'warning' : outcome === 'upheld' ? 'error' : 'success'} variant="filled">
          {outcome == null ? say('pending') : say(`outcomes.${outcome}`)}
        </Tag>
        {outcome == null && onDecide !== undefined && (
          <Button size="small" onClick={() => onDecide(objection)} data-testid="decide-objection">
            {say('objectionDecide')}
          </Button>
        )}
      </div>
      <div style={{ whiteSpace: 'pre-wrap' }}>{objection.text ?? <span className={styles.quiet}>{say('objectionHidden')}</span>}</div>
      {objection.reason != null && (
        <div className={styles.quiet}>
          {say('reason')}{marks.colon}{objection.reason}
        </div>
      )}
    </div>
  );
}
