import { SettingOutlined } from '@ant-design/icons';
import { useCallback, useState } from 'react';
import { LanguageSwitch } from '~/app/LanguageSwitch.tsx';
import { nowMs, useNow } from '~/app/clock.ts';
import { dateOf, timeOf } from '~/time/zone.ts';
import { AnswerView } from './AnswerView.tsx';
import { NumberPad } from './NumberPad.tsx';
import { Panel } from './Panel.tsx';
import styles from './kiosk.module.css';
import { said, type Said } from './said.ts';
import type { Waiting } from './shelf.ts';
import { sendSeen } from './send.ts';
import { pictureOf, useCamera } from './useCamera.ts';
import { Today } from './Today.tsx';
import { useDesk } from './useDesk.ts';
import { useAwake } from './useAwake.ts';
import { useKioskWords } from './words.ts';

interface CheckInProps {
  token: string;
  offline: boolean;
  onRenew: () => void;
  onLeave: () => void;
}

type Showing = { what: 'camera' } | { what: 'number' } | { what: 'panel' } | { what: 'looking' } | { what: 'answer'; said: Said };

/** The camera's picture, one large button, and one large answer. */
export function CheckIn({ token, offline, onRenew, onLeave }: CheckInProps) {
  const say = useKioskWords();
  const { video, ...camera } = useCamera();
  const { work, state, told, round } = useDesk(token);
  const [showing, setShowing] = useState<Showing>({ what: 'camera' });
  const toCamera = useCallback(() => setShowing({ what: 'camera' }), []);
  useAwake();

  const take = async (waiting: Waiting) => {
    const answer = work === null || work === 'broken' ? 'failed' : await work.desk.take(waiting).catch(() => 'failed' as const);
    setShowing({ what: 'answer', said: said(answer, waiting) });
    return answer;
  };
  const stamp = () => ({ id: crypto.randomUUID(), at: new Date(nowMs()).toISOString() });
  const punch = async () => {
    setShowing({ what: 'looking' });
    const picture = video.current === null ? null : await pictureOf(video.current);
    if (picture === null) {
      camera.again();
      toCamera();
    } else await take({ ...stamp(), how: 'face', picture });
  };
  const type = async (number: string) => {
    setShowing({ what: 'looking' });
    // Taken now and thrown away unless the server asks for it: whoever refuses face processing is not looked at.
    const seen = video.current === null ? null : await pictureOf(video.current);
    const answer = await take({ ...stamp(), how: 'number', number });
    if (seen !== null && answer !== 'failed' && answer?.kind === 'kept' && answer.punch.picture_wanted) await sendSeen(token, answer.punch.punch_id, seen);
  };

  // An old word of the server's does not keep anybody from trying while it cannot be asked.
  const noFace = state.line === 'ready' && told?.kiosk.face === false;
  const line = state.waiting > 0 ? `${say(`line.${state.line}`)} · ${say('waiting', { count: state.waiting })}` : say(`line.${state.line}`);
  return (
    <main className={styles.kiosk}>
      <header className={styles.top}>
        <h1>{say('title')}</h1>
        <Clock />
        <span className={styles.line} data-line={state.line} role="status" data-testid="line">
          {line}
        </span>
        <LanguageSwitch />
        <button type="button" className={styles.gear} aria-label={say('settings')} onClick={() => setShowing({ what: 'panel' })}>
          <SettingOutlined />
        </button>
      </header>
      <div className={styles.stage}>
        <Today told={told} />
        <video ref={video} className={styles.video} data-on={camera.state === 'on' && !noFace} muted playsInline aria-label={say('hint')} />
        {noFace ? (
          <div className={styles.noCamera} role="alert">
            <p>{say('noFace')}</p>
          </div>
        ) : camera.state === 'on' ? (
          <div className={styles.oval} aria-hidden />
        ) : (
          <div className={styles.noCamera} role="alert">
            <p>{say(`camera.${camera.state}`)}</p>
            {(camera.state === 'denied' || camera.state === 'failed') && (
              <button type="button" className={styles.plain} onClick={camera.again}>
                {say('again')}
              </button>
            )}
          </div>
        )}
      </div>
      <footer className={styles.foot}>
        {!noFace && <p className={styles.hint}>{say('hint')}</p>}
        <button type="button" className={styles.primary} disabled={noFace || camera.state !== 'on' || showing.what !== 'camera'} onClick={() => void punch()} data-testid="punch">
          {say(showing.what === 'looking' ? 'looking' : 'punch')}
        </button>
        <button type="button" className={styles.plain} disabled={showing.what !== 'camera'} onClick={() => setShowing({ what: 'number' })}>
          {say('byNumber')}
        </button>
      </footer>
      {showing.what === 'number' && <NumberPad onNumber={(number) => void type(number)} onBack={toCamera} />}
      {showing.what === 'answer' && <AnswerView said={showing.said} onDone={toCamera} onNumber={() => setShowing({ what: 'number' })} />}
      {showing.what === 'panel' && work !== null && work !== 'broken' && (
        <Panel state={state} told={told} shelf={work.shelf} offline={offline} onRound={round} onLook={() => work.desk.look()} onRenew={onRenew} onLeave={onLeave} onBack={toCamera} />
      )}
    </main>
  );
}

function Clock() {
  const now = useNow('second');
  return (
    <time className={styles.clock}>
      <span>{dateOf(now)}</span> {timeOf(now)}
    </time>
  );
}
