import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Descriptions, Progress, Table, Tag, type TableColumnsType } from 'antd';
import type { AskedPart, CameraSign, Health, Queue } from '~/api/schema.d.ts';
import { useText, useTranslation } from '~/i18n/index.ts';
import { bitrate, bytes } from '~/time/amounts.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { cameraStateKey, causeKey } from '~/ui/cameraWords.ts';
import { Hash } from '~/ui/Hash.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Scrolled } from '~/ui/Scrolled.tsx';
import styles from './administration.module.css';
import { healthQuery } from './queries.ts';
import { useAdministrationWords } from './words.ts';

type Model = Health['analysis']['models'][number];

/** How every part of the system does, for whoever keeps it running. */
export function SystemHealth() {
  const query = useQuery(healthQuery);
  return <Loaded query={query}>{(health) => <Parts health={health} />}</Loaded>;
}

function Parts({ health }: { health: Health }) {
  const say = useAdministrationWords();
  return (
    <>
      <p className={styles.quiet}>{say('health.asOf', { at: stampOf(ms(health.now)), version: health.version })}</p>
      <div className={styles.tiles}>
        <Tile title={say('health.database')} part={health.database} />
        <Tile title={say('health.objects')} part={health.objects} />
        <DiskTile health={health} />
        <Queues queues={health.queues} />
      </div>
      <Models health={health} />
      <Recorders health={health} />
      <Cameras cameras={health.cameras} />
    </>
  );
}

function Tile({ title, part }: { title: string; part: AskedPart }) {
  const say = useAdministrationWords();
  return (
    <section className={styles.tile} data-tone={part.answers ? 'good' : 'bad'}>
      <h3>{title}</h3>
      <b>{say(part.answers ? 'health.answers' : 'health.silent')}</b>
      <span className={styles.quiet}>
        {part.kind} · {part.took_ms} ms
      </span>
    </section>
  );
}

function DiskTile({ health: { disk } }: { health: Health }) {
  const say = useAdministrationWords();
  const used = disk.free_bytes == null || disk.total_bytes == null || disk.total_bytes === 0 ? null : Math.round(100 * (1 - disk.free_bytes / disk.total_bytes));
  return (
    <section className={styles.tile} data-tone={disk.state === 'ok' ? 'good' : 'bad'}>
      <h3>{say('health.disk')}</h3>
      <b>{say(`health.diskState.${disk.state}`)}</b>
      {disk.free_bytes != null && <span className={styles.quiet}>{say('health.free', { free: bytes(disk.free_bytes) })}</span>}
      {used !== null && <Progress percent={used} size="small" status={disk.state === 'ok' ? 'normal' : 'exception'} aria-label={say('health.disk')} />}
    </section>
  );
}

function Queues({ queues }: { queues: readonly Queue[] }) {
  const say = useAdministrationWords();
  const dead = queues.some(({ name, waiting }) => name === 'dead_webhooks' && waiting > 0);
  return (
    <section className={styles.tile} data-tone={dead ? 'bad' : 'good'}>
      <h3>{say('health.queues')}</h3>
      <ul className={styles.plain}>
        {queues.map(({ name, waiting, since }) => (
          <li key={name} title={since == null ? undefined : say('health.since', { at: stampOf(ms(since)) })}>
            {say(`health.queue.${name}`)} <b>{waiting}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Models({ health: { analysis } }: { health: Health }) {
  const say = useAdministrationWords();
  const text = useText();
  const columns: TableColumnsType<Model> = [
    { title: say('health.modelKind'), render: (_, { kind }) => (isKnown(kind) ? say(`health.kind.${kind}`) : kind) },
    { title: say('health.model'), dataIndex: 'name' },
    { title: say('health.licence'), render: (_, { licence }) => licence ?? '—' },
    { title: say('health.origin'), render: (_, { origin }) => origin ?? '—' },
    { title: 'SHA-256', render: (_, { sha256 }) => (sha256 == null ? '—' : <Hash value={sha256} short={16} />) },
  ];
  return (
    <section className={styles.section}>
      <h3>{say('health.models')}</h3>
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: 'on', label: say('health.analysis'), children: analysis.on ? say('health.on') : analysis.reason == null ? say('health.off') : text(analysis.reason) },
          ...(analysis.runtime == null ? [] : [{ key: 'runtime', label: say('health.runtime'), children: analysis.runtime }]),
        ]}
      />
      {analysis.models.length > 0 && (
        <Scrolled label={say('health.models')}>
          <Table<Model> size="small" rowKey="name" columns={columns} dataSource={[...analysis.models]} style={{ minWidth: 620 }} pagination={false} />
        </Scrolled>
      )}
    </section>
  );
}

const KINDS = ['detector', 'people', 'recogniser', 'gender'] as const;
const isKnown = (kind: string): kind is (typeof KINDS)[number] => KINDS.some((one) => one === kind);

function Recorders({ health: { recorders } }: { health: Health }) {
  const say = useAdministrationWords();
  return (
    <section className={styles.section}>
      <h3>{say('health.recorders')}</h3>
      {recorders.length === 0 && <span className={styles.quiet}>{say('health.recordersNone')}</span>}
      <ul className={styles.plain}>
        {recorders.map(({ node, alive, last_beat }) => (
          <li key={node}>
            <Tag color={alive ? 'success' : 'error'} variant="filled">
              {say(alive ? 'health.alive' : 'health.gone')}
            </Tag>
            {' '}
            {node} <span className={styles.quiet}>{say('health.beat', { at: stampOf(ms(last_beat)) })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function State({ camera: { enabled, state, cause } }: { camera: CameraSign }) {
  const { t } = useTranslation();
  const say = useAdministrationWords();
  if (!enabled) return <Tag variant="filled">{t('cameraState.disabled')}</Tag>;
  if (state == null) return <Tag variant="filled">{say('health.notRun')}</Tag>;
  return (
    <Tag color={state === 'live' ? 'success' : state === 'connecting' ? 'processing' : 'error'} variant="filled">
      {t(cameraStateKey(state))}
      {cause != null && ` · ${t(causeKey(cause))}`}
    </Tag>
  );
}

function Cameras({ cameras }: { cameras: readonly CameraSign[] }) {
  const { t } = useTranslation();
  const say = useAdministrationWords();
  const columns: TableColumnsType<CameraSign> = [
    { title: t('common.institution'), render: (_, { institution }) => institution.name },
    { className: styles.whole, title: t('common.venue'), render: (_, { venue }) => venue.name },
    { className: styles.whole, title: say('health.camera'), dataIndex: 'name' },
    { title: t('common.state'), render: (_, one) => <State camera={one} /> },
    { className: styles.whole, title: say('health.recording'), render: (_, { recording }) => t(recording ? 'common.yes' : 'common.no') },
    { title: say('health.lastFrame'), render: (_, one) => (one.last_frame_at == null ? '—' : stampOf(ms(one.last_frame_at))) },
    { className: styles.whole, title: say('health.bitrate'), align: 'right', render: (_, one) => (one.bitrate_bps == null ? '—' : bitrate(one.bitrate_bps)) },
    { title: say('health.detail'), render: (_, { detail }) => <span className={styles.quiet}>{detail ?? ''}</span> },
  ];
  return (
    <section className={styles.section}>
      <h3>
        {say('health.cameras')} <Link to="/cameras">{say('health.toCameras')}</Link>
      </h3>
      <Scrolled label={say('health.cameras')}>
        <Table<CameraSign>
          size="small"
          rowKey="id"
          columns={columns}
          dataSource={[...cameras]}
          style={{ minWidth: cameras.length > 0 ? 900 : undefined }}
          pagination={cameras.length > 30 ? { pageSize: 30, size: 'small' } : false}
          locale={{ emptyText: <Nothing what={say('health.camerasNone')} /> }}
        />
      </Scrolled>
    </section>
  );
}
