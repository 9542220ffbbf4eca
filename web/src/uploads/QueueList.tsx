import { Button, Popconfirm, Progress } from 'antd';
import { useSentence } from '~/app/useProblem.ts';
import { useTranslation } from '~/i18n/index.ts';
import { bytes } from '~/time/amounts.ts';
import type { Running } from './queue.ts';
import { uploadProblem } from './uploadProblem.ts';
import styles from './uploads.module.css';
import { uploadQueue } from './useUploads.ts';
import { useUploadWords } from './words.ts';

const LOOKS = { running: 'active', paused: 'normal', failed: 'exception', done: 'success' } as const;

/** The uploads of this browser, each with its progress and the ways to pause, go on and give up. */
export function QueueList({ all }: { all: readonly Running[] }) {
  const say = useUploadWords();
  if (all.length === 0) return null;
  return (
    <ul className={styles.queue} aria-label={say('running')}>
      {all.map((one) => (
        <One key={one.key} one={one} />
      ))}
    </ul>
  );
}

function One({ one }: { one: Running }) {
  const { t } = useTranslation();
  const say = useUploadWords();
  const sentence = useSentence();
  const { key, name, phase, sent, total, error } = one;
  const problem = phase === 'failed' ? uploadProblem(error) : null;
  return (
    <li className={styles.one} data-testid="upload" data-phase={phase}>
      <div className={styles.head}>
        <span className={styles.name}>{name}</span>
        <span className={styles.quiet} role="status">
          {say(`phase.${phase}`)} · {say('progress', { done: bytes(sent), total: bytes(total) })}
        </span>
        <div className={styles.push}>
          {phase === 'running' && (
            <Button size="small" onClick={() => void uploadQueue.pause(key)} data-testid="pause">
              {say('pause')}
            </Button>
          )}
          {(phase === 'paused' || phase === 'failed') && (
            <Button size="small" type="primary" onClick={() => uploadQueue.resume(key)} data-testid="resume">
              {say('resume')}
            </Button>
          )}
          {phase === 'done' ? (
            <Button size="small" type="text" onClick={() => uploadQueue.dismiss(key)}>
              {say('dismiss')}
            </Button>
          ) : (
            <Popconfirm title={say('cancelSure', { name })} okText={say('cancel')} cancelText={t('common.back')} onConfirm={() => void uploadQueue.cancel(key)}>
              <Button size="small" type="text" danger>
                {say('cancel')}
              </Button>
            </Popconfirm>
          )}
        </div>
      </div>
      <Progress percent={total === 0 ? 0 : Math.floor((sent / total) * 100)} status={LOOKS[phase]} size="small" aria-label={say('progressOf', { name })} />
      {problem !== null && (
        <div className={styles.wrong} role="alert">
          {say('failed', { why: problem.status === 0 ? say('unreached') : sentence(problem) })}
        </div>
      )}
    </li>
  );
}
