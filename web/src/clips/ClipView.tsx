import { DownloadOutlined, KeyOutlined, LockOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Card, Descriptions, Space } from 'antd';
import { address } from '~/api/client.ts';
import { classDayQuery } from '~/api/queries.ts';
import type { Clip } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useText, useTranslation } from '~/i18n/index.ts';
import { FilePlayer } from '~/player/FilePlayer.tsx';
import { useClassMarks } from '~/player/useMarks.ts';
import type { Window } from '~/recordings/axis.ts';
import { stretches, type Stretch } from '~/recordings/stretches.ts';
import { useRecordingWords } from '~/recordings/words.ts';
import { bytes, duration } from '~/time/amounts.ts';
import { dateOf, ms, stampOf, timeOf } from '~/time/zone.ts';
import { Hash } from '~/ui/Hash.tsx';
import { Columns, Page } from '~/ui/Page.tsx';
import { PolicyTag } from '~/ui/PolicyTag.tsx';
import { ClipStateTag } from './ClipStateTag.tsx';
import { VerifyCard } from './VerifyCard.tsx';
import { useClipWords } from './words.ts';

interface ClipViewProps {
  clip: Clip;
  /** An instant to begin at, from the address. */
  at: number | null;
  onBack: () => void;
}

/** A clip: player, facts, downloads, and whether it is still what was sealed. */
export function ClipView({ clip, at, onBack }: ClipViewProps) {
  const say = useClipWords();
  const sealed = clip.state === 'sealed';
  return (
    <Page title={`${say('title')} · ${clip.class.name}`} sub={<ClipStateTag state={clip.state} />} tools={<PolicyTag policy={clip.policy} />} onBack={onBack}>
      <Columns
        main={
          <>
            {sealed ? <Sealed clip={clip} at={at} /> : <NotSealed clip={clip} />}
            <Facts clip={clip} />
          </>
        }
        side={sealed && <VerifyCard clip={clip} />}
      />
    </Page>
  );
}

function Sealed({ clip, at }: { clip: Clip; at: number | null }) {
  const sayClip = useClipWords();
  const say = useRecordingWords();
  const watches = useMay('watch_recording');
  const span = clip.span ?? clip.wanted;
  const window = { from: ms(span.start), to: ms(span.end) };
  const date = dateOf(window.from);
  const marks = useClassMarks(clip.class.id, date, clip.camera.id).filter((mark) => mark.at >= window.from && mark.at < window.to);
  return (
    <Card size="small" styles={{ body: { padding: 0 } }}>
      <FilePlayer
        src={address.clip(clip.id)}
        span={window}
        all={useGaps(clip, window)}
        from={at}
        label={sayClip('player')}
        testId="clip-player"
        marks={marks}
      />
      <Space wrap style={{ padding: 12 }}>
        <Button icon={<DownloadOutlined />} href={address.clip(clip.id)} download data-testid="download-clip">
          {sayClip('download')}
        </Button>
        <Button icon={<LockOutlined />} href={address.seal(clip.id)} download data-testid="download-seal">
          {sayClip('downloadSeal')}
        </Button>
        <Button icon={<KeyOutlined />} href={address.publicKey} download>
          {sayClip('publicKey')}
        </Button>
        {watches && (
          <Link to="/recordings" search={{ camera: clip.camera.id, date, at: window.from }}>
            {say('watch')}
          </Link>
        )}
      </Space>
    </Card>
  );
}

/** Where the clip stands still and why, as far as the recordings still tell; whole where nobody knows otherwise. */
function useGaps(clip: Clip, window: Window): Stretch[] {
  const day = useQuery(classDayQuery(clip.class.id, dateOf(window.from)));
  const parts = day.data?.coverage.find((one) => one.camera.id === clip.camera.id && one.session_id === clip.session.id)?.parts ?? [];
  const gaps = stretches(parts).filter((one) => one.missing !== null && one.missing !== 'pruned' && one.start < window.to && one.end > window.from);
  return [{ start: window.from, end: window.to, missing: null }, ...gaps];
}

function NotSealed({ clip }: { clip: Clip }) {
  const { t } = useTranslation();
  const say = useClipWords();
  const text = useText();
  return clip.state === 'failed' ? (
    <Alert type="error" showIcon title={say('failure')} description={clip.failure == null ? t('common.unknown') : text(clip.failure)} />
  ) : (
    <Alert type="info" showIcon title={say('state.requested')} description={say('notSealed')} />
  );
}

function Facts({ clip }: { clip: Clip }) {
  const { t } = useTranslation();
  const say = useClipWords();
  const { span } = clip;
  const whole = (of: { start: string; end: string }) => `${stampOf(ms(of.start))} – ${timeOf(ms(of.end))}`;
  return (
    <Card size="small">
      <Descriptions
        size="small"
        column={{ xs: 1, sm: 2 }}
        items={[
          {
            key: 'class',
            label: t('common.class'),
            children: (
              <Link to="/classes/$classId/days/$date" params={{ classId: clip.class.id, date: dateOf(ms(clip.session.starts_at)) }}>
                {clip.class.name}
              </Link>
            ),
          },
          { key: 'camera', label: t('common.camera'), children: clip.camera.name },
          { key: 'span', label: say(span == null ? 'wanted' : 'span'), children: whole(span ?? clip.wanted) },
          {
            key: 'length',
            label: say('length'),
            children: `${clip.duration_seconds == null ? '—' : duration(clip.duration_seconds)}（${say('need', { length: duration(clip.policy.clip_min_seconds) })}）`,
          },
          { key: 'size', label: say('size'), children: clip.bytes == null ? '—' : bytes(clip.bytes) },
          { key: 'policy', label: t('common.policy'), children: <Space>{t('common.policyVersion', { version: clip.policy.version })}</Space> },
          { key: 'requested', label: say('requested'), children: stampOf(ms(clip.requested_at)) },
          { key: 'sealed', label: say('sealed'), children: clip.sealed_at == null ? '—' : stampOf(ms(clip.sealed_at)) },
          { key: 'hash', label: say('hash'), span: 'filled', children: clip.sha256 == null ? '—' : <Hash value={clip.sha256} /> },
        ]}
      />
      {clip.policy.label !== '' && (
        <Alert
          style={{ marginTop: 8 }}
          type="warning"
          showIcon
          title={t('policy.hint', { label: clip.policy.label, minutes: duration(clip.policy.clip_min_seconds) })}
        />
      )}
      {clip.state === 'sealed' && <p style={{ margin: '10px 0 0', fontSize: 12.5, color: 'var(--quiet)' }}>{say('immutable')}</p>}
    </Card>
  );
}
