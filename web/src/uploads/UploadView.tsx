import { DownloadOutlined, LockOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Card, Descriptions, Space } from 'antd';
import { useState } from 'react';
import { address } from '~/api/client.ts';
import type { Upload, Video } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useClipWords } from '~/clips/words.ts';
import { useTranslation } from '~/i18n/index.ts';
import { LikenessRows } from '~/likenesses/LikenessRows.tsx';
import { likenessesQuery } from '~/likenesses/queries.ts';
import { FilePlayer } from '~/player/FilePlayer.tsx';
import type { Stretch } from '~/recordings/stretches.ts';
import { bytes } from '~/time/amounts.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { Hash } from '~/ui/Hash.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Columns, Page } from '~/ui/Page.tsx';
import { DecideEvidence } from './DecideEvidence.tsx';
import { Outcome } from './UploadTable.tsx';
import { UploadTags } from './UploadTags.tsx';
import { useLessons } from './useLessons.ts';
import styles from './uploads.module.css';
import { useUploadWords } from './words.ts';

/** A video that was handed in: player, pictures, what the check said, what it is like, and whether it counts. */
export function UploadView({ upload, onBack }: { upload: Upload; onBack: () => void }) {
  const say = useUploadWords();
  const kept = upload.state === 'accepted';
  return (
    <Page title={<span style={{ overflowWrap: 'anywhere' }}>{upload.filename}</span>} sub={<UploadTags upload={upload} />} onBack={onBack}>
      <Columns
        main={
          <>
            {kept && upload.video != null && <Film upload={upload} video={upload.video} />}
            <Card size="small" title={say('check')}>
              <Outcome upload={upload} />
            </Card>
            {kept && <ContactSheet key={upload.id} id={upload.id} />}
          </>
        }
        side={
          <>
            {kept && <DecideEvidence upload={upload} />}
            {kept && <Likenesses id={upload.id} />}
            <Facts upload={upload} />
          </>
        }
      />
    </Page>
  );
}

function Film({ upload, video }: { upload: Upload; video: Video }) {
  const sayClip = useClipWords();
  const say = useUploadWords();
  const start = ms(upload.starts_at);
  const span = { from: start, to: start + video.duration_seconds * 1000 };
  const gaps = video.holes.map((hole): Stretch => ({ start: start + hole.from * 1000, end: start + hole.until * 1000, missing: 'unknown' }));
  return (
    <Card size="small" styles={{ body: { padding: 0 } }}>
      <FilePlayer src={address.upload(upload.id)} span={span} all={[{ start: span.from, end: span.to, missing: null }, ...gaps]} label={upload.filename} testId="upload-player" sound />
      <Space wrap style={{ padding: 12 }}>
        <Button icon={<DownloadOutlined />} href={address.upload(upload.id)} download={upload.filename}>
          {say('download')}
        </Button>
        <Button icon={<LockOutlined />} href={address.uploadSeal(upload.id)} download>
          {sayClip('downloadSeal')}
        </Button>
        <span className={styles.quiet}>{say('claimed')}</span>
      </Space>
    </Card>
  );
}

/** Sixteen pictures out of it; they are made soon after it was accepted. */
function ContactSheet({ id }: { id: string }) {
  const say = useUploadWords();
  const [missing, setMissing] = useState(false);
  return (
    <Card size="small" title={say('sheet')}>
      {missing ? (
        <Nothing what={say('sheetMissing')} />
      ) : (
        <img className={styles.sheet} src={address.contactSheet(id)} alt={say('sheet')} loading="lazy" onError={() => setMissing(true)} data-testid="contact-sheet" />
      )}
    </Card>
  );
}

/** What else shows the same: only the centre is told, for the other may be another institution's. */
function Likenesses({ id }: { id: string }) {
  const say = useUploadWords();
  const reads = useMay('read_finding');
  const query = useInfiniteQuery({ ...likenessesQuery({ upload_id: id }), enabled: reads });
  if (!reads) return null;
  const all = query.data ?? [];
  return (
    <Card size="small" title={`${say('likenesses')} (${all.length})`} styles={{ body: { padding: all.length > 0 ? 0 : undefined } }}>
      {query.isError ? <Alert type="error" showIcon title={say('likenessesUnknown')} /> : all.length === 0 ? <span className={styles.quiet}>{say('likenessesNone')}</span> : <LikenessRows all={all} upload={id} />}
    </Card>
  );
}

function Facts({ upload }: { upload: Upload }) {
  const { t } = useTranslation();
  const say = useUploadWords();
  const lesson = useLessons(upload.class.id)?.find((one) => one.value === upload.session_id);
  return (
    <Card size="small">
      <Descriptions
        size="small"
        column={1}
        items={[
          {
            key: 'class',
            label: t('common.class'),
            children: (
              <Link to="/classes/$classId" params={{ classId: upload.class.id }}>
                {upload.class.name}
              </Link>
            ),
          },
          { key: 'institution', label: t('common.institution'), children: upload.institution.name },
          { key: 'shot', label: say('shot'), children: stampOf(ms(upload.starts_at)) },
          { key: 'lesson', label: say('lesson'), children: upload.session_id == null ? say('lessonNone') : (lesson?.label ?? '—') },
          { key: 'by', label: say('sentBy'), children: upload.created_by.display_name },
          { key: 'at', label: say('sentAt'), children: stampOf(ms(upload.created_at)) },
          { key: 'size', label: say('size'), children: bytes(upload.bytes) },
          ...(upload.sha256 == null ? [] : [{ key: 'hash', label: 'SHA-256', children: <Hash value={upload.sha256} short={16} /> }]),
        ]}
      />
    </Card>
  );
}
