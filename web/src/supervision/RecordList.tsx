import { useQuery } from '@tanstack/react-query';
import { Button, Modal, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { RemoteSupervision } from '~/api/schema.d.ts';
import { FormLinks } from '~/files/FormLinks.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { duration } from '~/time/amounts.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { ChecklistLine, ChecklistView } from './ChecklistView.tsx';
import { remoteRecordsQuery } from './queries.ts';
import { SignatureList } from './SignatureList.tsx';
import styles from './supervision.module.css';
import { useSupervisionWords } from './words.ts';

/** The signed records of a class's remote supervision, the newest first. */
export function RecordList({ classId }: { classId: string }) {
  const { t } = useTranslation();
  const say = useSupervisionWords();
  const query = useQuery(remoteRecordsQuery(classId));
  const [open, setOpen] = useState<RemoteSupervision | null>(null);
  const columns: TableColumnsType<RemoteSupervision> = [
    {
      title: say('watchedOn'),
      render: (_, record) => (
        <Button type="link" size="small" style={{ padding: 0 }} onClick={() => setOpen(record)}>
          {record.watched_on}
        </Button>
      ),
    },
    { title: say('supervisor'), render: (_, record) => record.supervisor.display_name },
    { title: say('watchedFor'), align: 'right', render: (_, record) => duration(watched(record)) },
    { title: say('seenWhat'), render: (_, record) => <ChecklistLine checklist={record.checklist} /> },
    { title: t('common.state'), render: (_, record) => <Holds record={record} /> },
  ];
  return (
    <>
      <Loaded query={query}>
        {(records) => (
          <Table<RemoteSupervision>
            size="small"
            rowKey="id"
            columns={columns}
            dataSource={records.toReversed()}
            showHeader={records.length > 0}
            scroll={records.length > 0 ? { x: 'max-content' } : undefined}
            pagination={records.length > 20 ? { pageSize: 20, size: 'small' } : false}
            locale={{ emptyText: <Nothing what={say('noRecords')} /> }}
            onRow={() => ({ 'data-testid': 'remote-record' }) as object}
          />
        )}
      </Loaded>
      {open !== null && <RecordView record={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function Holds({ record }: { record: RemoteSupervision }) {
  const say = useSupervisionWords();
  const holds = record.signatures.every((signature) => signature.holds);
  return <span className={holds ? styles.holds : styles.broken}>{say(holds ? 'holds' : 'broken')}</span>;
}

function RecordView({ record, onClose }: { record: RemoteSupervision; onClose: () => void }) {
  const say = useSupervisionWords();
  return (
    <Modal open title={`${say('record')} · ${record.watched_on}`} width={640} footer={null} onCancel={onClose}>
      <div className={styles.stack}>
        <div>
          {record.class.name} · {say('watchedFor')} {duration(watched(record))}
        </div>
        <FormLinks of={`/remote-supervisions/${record.id}`} label={say('formRecord')} />
        <ChecklistView checklist={record.checklist} />
        {record.remark != null && (
          <div>
            <b>{say('remark')}</b>
            <div style={{ whiteSpace: 'pre-wrap' }}>{record.remark}</div>
          </div>
        )}
        <SignatureList signatures={record.signatures} />
      </div>
    </Modal>
  );
}

function watched(record: RemoteSupervision): number {
  return record.watches.reduce((sum, watch) => sum + watch.seconds, 0);
}
