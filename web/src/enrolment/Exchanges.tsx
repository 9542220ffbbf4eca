import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Select, Table, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Exchange, NewExchange, VerificationMatter } from '~/api/schema.d.ts';
import { useMay, useMe } from '~/app/access.ts';
import { useTranslation } from '~/i18n/index.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Scrolled } from '~/ui/Scrolled.tsx';
import { AnswerExchange } from './AnswerExchange.tsx';
import styles from './enrolment.module.css';
import { exchangesQuery } from './queries.ts';
import { save } from '~/files/save.ts';
import { useEnrolmentWords } from './words.ts';

interface ExchangesProps {
  classId: string;
  institution: string;
}

/** R4.1 to R4.3: offices without an interface are asked by file, and answer by the same file, filled in. */
export function Exchanges({ classId, institution }: ExchangesProps) {
  const { t } = useTranslation();
  const say = useEnrolmentWords();
  const { actions } = useMe();
  const query = useQuery(exchangesQuery(classId));
  const [asking, setAsking] = useState(false);
  const [answering, setAnswering] = useState<Exchange | null>(null);
  const verifies = (matter: VerificationMatter) => actions.includes(matter === 'employment' ? 'review_filing' : 'prepare_opening');
  const asks = actions.includes('reveal_person') && (['employment', 'business'] as const).some(verifies);
  const columns: TableColumnsType<Exchange> = [
    { title: t('common.time'), render: (_, one) => stampOf(ms(one.asked_at)) },
    { title: say('verifyMatter'), render: (_, one) => say(`matter.${one.matter}`) },
    { title: say('verifyPhase'), render: (_, one) => say(`phase.${one.phase}`) },
    { title: say('exchangeAbout'), align: 'right', render: (_, one) => one.students.length },
    { title: say('exchangeBy'), render: (_, one) => one.asked_by.display_name },
    {
      title: say('exchangeAnswer'),
      render: (_, one) =>
        one.answer != null ? (
          <Tag color="success" variant="filled">
            {say('exchangeAnswered', { rows: one.answer.rows, by: one.answer.by.display_name, at: stampOf(ms(one.answer.at)) })}
          </Tag>
        ) : verifies(one.matter) ? (
          <Button size="small" onClick={() => setAnswering(one)} data-testid="answer-exchange">
            {say('exchangeHandIn')}
          </Button>
        ) : (
          <Tag variant="filled">{say('exchangeWaits')}</Tag>
        ),
    },
  ];
  return (
    <section className={styles.section} aria-label={say('exchanges')} style={{ marginTop: 18 }}>
      <h3>
        {say('exchanges')}
        {asks && (
          <Button size="small" icon={<DownloadOutlined />} onClick={() => setAsking(true)} data-testid="ask-by-file">
            {say('exchangeAsk')}
          </Button>
        )}
      </h3>
      <p className={styles.quiet} style={{ marginTop: 0 }}>
        {say('exchangesHint')}
      </p>
      <Loaded query={query}>
        {(exchanges) => (
          <Scrolled label={say('exchanges')}>
            <Table<Exchange>
              size="small"
              rowKey="id"
              columns={columns}
              dataSource={exchanges.toReversed()}
              style={{ minWidth: exchanges.length > 0 ? 720 : undefined }}
              pagination={exchanges.length > 10 ? { pageSize: 10, size: 'small' } : false}
              locale={{ emptyText: <Nothing what={say('exchangesNone')} /> }}
            />
          </Scrolled>
        )}
      </Loaded>
      {asking && <AskDialog classId={classId} onClose={() => setAsking(false)} />}
      {answering !== null && <AnswerExchange exchange={answering} institution={institution} onClose={() => setAnswering(null)} />}
    </section>
  );
}

function AskDialog({ classId, onClose }: { classId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useEnrolmentWords();
  const reviews = useMay('review_filing');
  const matters: readonly VerificationMatter[] = reviews ? ['employment'] : ['business', 'other'];
  const [form] = Form.useForm<NewExchange>();
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <FormDialog<NewExchange>
      title={say('exchangeAsk')}
      form={form}
      initial={{ matter: matters[0], phase: 'before', format: 'xlsx' }}
      ok={say('exchangeMake')}
      done={say('exchangeMade')}
      stale={['classes']}
      onClose={onClose}
      send={async (body) => {
        const file: unknown = await ask(api.POST('/classes/{id}/exchanges', { params: { path: { id: classId } }, body, parseAs: 'blob' }));
        if (file instanceof Blob) save(file, `${say(`matter.${body.matter}`)}.${body.format ?? 'xlsx'}`);
      }}
    >
      <Alert type="warning" showIcon title={say('exchangeWarn')} style={{ marginBottom: 12 }} />
      <div className={styles.pair}>
        <Form.Item name="matter" label={say('verifyMatter')} rules={needed}>
          <Select options={matters.map((value) => ({ value, label: say(`matter.${value}`) }))} />
        </Form.Item>
        <Form.Item name="phase" label={say('verifyPhase')} rules={needed}>
          <Select options={(['before', 'at_end'] as const).map((value) => ({ value, label: say(`phase.${value}`) }))} />
        </Form.Item>
        <Form.Item name="format" label={say('exchangeFormat')}>
          <Select options={(['xlsx', 'csv'] as const).map((value) => ({ value, label: value.toUpperCase() }))} />
        </Form.Item>
      </div>
    </FormDialog>
  );
}
