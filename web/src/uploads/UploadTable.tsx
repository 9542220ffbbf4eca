import { Link } from '@tanstack/react-router';
import { Button, Upload as Pick, type TableColumnsType } from 'antd';
import { address } from '~/api/client.ts';
import type { Upload } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useMessages } from '~/app/messages.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { RuleFindings } from '~/rules/RuleFindings.tsx';
import { bytes } from '~/time/amounts.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { LongTable } from '~/ui/LongTable.tsx';
import type { Paged } from '~/ui/More.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Measured } from './Measured.tsx';
import { UploadTags } from './UploadTags.tsx';
import styles from './uploads.module.css';
import { uploadQueue, useUploads } from './useUploads.ts';
import { useUploadWords } from './words.ts';

interface UploadTableProps {
  uploads: readonly Upload[];
  /** Whether the class is told in each line. */
  named: boolean;
  paged: Paged;
}

/** What was handed in, and what became of it. */
export function UploadTable({ uploads, named, paged }: UploadTableProps) {
  const { t } = useTranslation();
  const say = useUploadWords();
  const columns: TableColumnsType<Upload> = [
    {
      title: say('file'),
      render: (_, upload) => (
        <>
          <Link to="/uploads/$uploadId" params={{ uploadId: upload.id }} style={{ overflowWrap: 'anywhere', fontWeight: 600 }}>
            {upload.filename}
          </Link>
          {named && <div className={styles.quiet}>{upload.class.name}</div>}
        </>
      ),
    },
    { title: say('shot'), render: (_, upload) => stampOf(ms(upload.starts_at)) },
    { title: say('size'), align: 'right', render: (_, upload) => bytes(upload.bytes) },
    { title: say('sentBy'), render: (_, upload) => upload.created_by.display_name },
    {
      title: t('common.state'),
      render: (_, upload) => (
        <UploadTags upload={upload} />
      ),
    },
    { title: say('check'), width: 360, render: (_, upload) => <Outcome upload={upload} /> },
  ];
  return (
    <LongTable<Upload> rows={uploads} rowKey="id" columns={columns} width={960} paged={paged} title={say('list')} empty={<Nothing what={say('empty')} hint={say('hint')} />} />
  );
}

export function Outcome({ upload }: { upload: Upload }) {
  const say = useUploadWords();
  switch (upload.state) {
    case 'receiving':
      return <Unfinished upload={upload} />;
    case 'received':
      return <span className={styles.quiet}>{say('checking')}</span>;
    case 'accepted':
    case 'refused':
      return (
        <>
          {upload.video != null && <Measured video={upload.video} />}
          {upload.refused_because.length > 0 && <RuleFindings findings={upload.refused_because} most={4} />}
        </>
      );
    case 'ended':
      return <span className={styles.quiet}>{upload.ended_by != null && say(`end.${upload.ended_by}`)}</span>;
  }
}

/** One that is not whole: whoever has the file may go on with it, in this browser or another. */
function Unfinished({ upload }: { upload: Upload }) {
  const say = useUploadWords();
  const message = useMessages();
  const sends = useMay('upload_evidence');
  const here = useUploads().some((one) => one.name === upload.filename && one.classId === upload.class.id && one.phase !== 'done');
  const { bytes_received: done, bytes: total, expires_at: until } = upload;
  const take = (file: File) => {
    if (file.name !== upload.filename || file.size !== total) message.error(say('otherFile'));
    else void uploadQueue.add({ file, classId: upload.class.id, about: {}, url: `${address.uploads}/${upload.id}` });
    return Pick.LIST_IGNORE;
  };
  return (
    <>
      <div className={styles.quiet}>{say('againHint', { done: bytes(done), total: bytes(total), until: until == null ? '—' : stampOf(ms(until)) })}</div>
      {sends && !here && (
        <Pick hasControlInside showUploadList={false} beforeUpload={take}>
          <Button size="small" data-testid="upload-again">
            {say('again')}
          </Button>
        </Pick>
      )}
    </>
  );
}
