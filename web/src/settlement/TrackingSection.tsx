import { useQuery } from '@tanstack/react-query';
import { Button, Collapse, Form, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { studentsQuery } from '~/api/queries.ts';
import type { Class, TrackedNode, Tracking, TrackingEntry } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { FileLink } from '~/files/FileLink.tsx';
import { FormLinks } from '~/files/FormLinks.tsx';
import { FilePick } from '~/files/FilePick.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { RuleFindings } from '~/rules/RuleFindings.tsx';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { namesOf } from './people.ts';
import { trackingQuery } from './queries.ts';
import { Section } from './Section.tsx';
import styles from './settlement.module.css';
import { TrackDialog } from './TrackDialog.tsx';
import { useSettlementWords } from './words.ts';

/** R11.2: what students do at the end and 3, 6 and 12 months later. */
export function TrackingSection({ one, today }: { one: Class; today: string }) {
  const say = useSettlementWords();
  const keeps = useMay('keep_tracking');
  const query = useQuery(trackingQuery(one.id));
  const name = namesOf(useQuery(studentsQuery(one.id)).data ?? []);
  const [recording, setRecording] = useState<TrackedNode | null>(null);
  const [handing, setHanding] = useState(false);
  return (
    <Section
      id="tracking"
      title={say('tracking')}
      hint={say('trackingHint')}
      tools={
        <>
          {query.data !== undefined && <FormLinks of={`/classes/${one.id}/tracking`} label={say('formTracking')} />}
          {keeps && query.data !== undefined && query.data.ledger == null && (
            <Button size="small" onClick={() => setHanding(true)} data-testid="hand-in-ledger">
              {say('handIn')}
            </Button>
          )}
        </>
      }
    >
      <Loaded query={query}>
        {(tracking) => (
          <>
            <ul className={styles.nodes}>
              {tracking.nodes.map((node) => (
                <li key={node.node} data-testid="node" data-node={node.node}>
                  <b>{say(`node.${node.node}`)}</b>
                  <span className={styles.quiet}>{say('nodeSpan', { from: node.from, until: node.until })}</span>
                  <span>{say('nodeDone', { done: node.looked_up, working: node.working })}</span>
                  {today < node.from ? <span className={styles.quiet}>{say('nodeLater')}</span> : node.missing.length > 0 && <span className={styles.missing}>{say('nodeMissing', { count: node.missing.length })}</span>}
                  {keeps && today >= node.from && tracking.ledger == null && (
                    <Button size="small" onClick={() => setRecording(node)} data-testid={`track-${node.node}`}>
                      {say('trackingRecord')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
            <Ledger tracking={tracking} />
          </>
        )}
      </Loaded>
      {recording !== null && <TrackDialog classId={one.id} node={recording} name={name} today={today} onClose={() => setRecording(null)} />}
      {handing && <HandIn one={one} onClose={() => setHanding(false)} />}
    </Section>
  );
}

function Ledger({ tracking }: { tracking: Tracking }) {
  const { t } = useTranslation();
  const say = useSettlementWords();
  const columns: TableColumnsType<TrackingEntry> = [
    { title: t('common.student'), render: (_, entry) => entry.student.name },
    { title: t('common.time'), render: (_, entry) => say(`node.${entry.node}`) },
    { title: say('trackingOn'), dataIndex: 'on' },
    { title: say('what'), render: (_, entry) => say(`occupation.${entry.occupation}`) },
    { title: say('trackingNote'), dataIndex: 'note' },
  ];
  return (
    <>
      {tracking.ledger != null && (
        <div className={styles.one}>
          <FileLink id={tracking.ledger.file_id} /> {say('handedIn', { date: tracking.ledger.on, name: tracking.ledger.by.display_name })}
        </div>
      )}
      {tracking.findings.length > 0 && (
        <div className={styles.box} data-tone="bad">
          <b>{say('overdue')}</b>
          <RuleFindings findings={tracking.findings} most={6} />
        </div>
      )}
      <Collapse
        size="small"
        ghost
        items={[
          {
            key: 'lines',
            label: `${say('trackingLines')}（${tracking.entries.length}）`,
            children:
              tracking.entries.length === 0 ? (
                say('trackingNone')
              ) : (
                <Table<TrackingEntry> size="small" rowKey="id" columns={columns} dataSource={tracking.entries.toReversed()} pagination={{ pageSize: 20, size: 'small', hideOnSinglePage: true }} scroll={{ x: 'max-content' }} />
              ),
          },
        ]}
      />
    </>
  );
}

function HandIn({ one, onClose }: { one: Class; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useSettlementWords();
  const [form] = Form.useForm<{ file_id: string }>();
  return (
    <FormDialog<{ file_id: string }>
      title={say('handIn')}
      form={form}
      done={say('handInDone')}
      ok={say('handIn')}
      stale={['classes']}
      onClose={onClose}
      send={(body) => ask(api.POST('/classes/{id}/tracking/ledger', { params: { path: { id: one.id } }, body }))}
    >
      <Form.Item name="file_id" label={say('ledger')} rules={[{ required: true, message: t('common.required') }]}>
        <FilePick institution={one.institution.id} label={say('ledger')} />
      </Form.Item>
    </FormDialog>
  );
}
