import { useState } from 'react';
import { useText } from '~/i18n/index.ts';
import { ms, stampOf } from '~/time/zone.ts';
import type { DeskState } from './desk.ts';
import styles from './kiosk.module.css';
import type { Shelf } from './shelf.ts';
import type { Told } from './useDesk.ts';
import { useKioskWords } from './words.ts';

interface PanelProps {
  state: DeskState;
  told: Told | null;
  shelf: Shelf;
  offline: boolean;
  onRound: () => Promise<void>;
  onLook: () => Promise<void>;
  onRenew: () => void;
  onLeave: () => void;
  onBack: () => void;
}

/** For the teacher: how the device is, who could not be matched afterwards, and to put it out of use. */
export function Panel({ state, told, shelf, offline, onRound, onLook, onRenew, onLeave, onBack }: PanelProps) {
  const say = useKioskWords();
  const words = useText();
  const [leaving, setLeaving] = useState(false);
  // Whoever passes by is not to throw away what others were told is kept.
  const mayLeave = state.waiting === 0 || state.line === 'signedOut';
  return (
    <section className={styles.over} role="dialog" aria-modal aria-labelledby="kiosk-panel">
      <div className={styles.sheet}>
        <h2 id="kiosk-panel">{say('settings')}</h2>
        <dl className={styles.facts}>
          {told !== null && (
            <>
              <dt>{say('panel.device')}</dt>
              <dd>{`${told.kiosk.device.name} · ${told.kiosk.venue.name} · ${told.kiosk.institution.name}`}</dd>
              <dt>{say('panel.face')}</dt>
              <dd>{told.kiosk.face_off == null ? say('panel.faceOn') : words(told.kiosk.face_off)}</dd>
            </>
          )}
          <dt>{say('panel.state')}</dt>
          <dd>{say(`line.${state.line}`)}</dd>
          <dt>{say('panel.waiting')}</dt>
          <dd>
            {state.waiting === 0 ? say('panel.none') : say('waiting', { count: state.waiting })}
            {state.waiting > 0 && (
              <button type="button" className={styles.small} onClick={() => void onRound()}>
                {say('panel.sendNow')}
              </button>
            )}
          </dd>
          <dt>{say('panel.offline')}</dt>
          <dd>{say(offline ? 'panel.offlineYes' : 'panel.offlineNo')}</dd>
        </dl>
        {state.unmatched.length > 0 && (
          <>
            <h3>{say('panel.unmatched')}</h3>
            <p>{say('panel.unmatchedHint')}</p>
            <ul className={styles.unmatched}>
              {state.unmatched.map((one) => (
                <li key={one.id}>
                  <b>{stampOf(ms(one.at))}</b>
                  <span>
                    {one.number === null ? say('panel.picture') : say('panel.number', { number: one.number })} · {one.why === null ? say('panel.notKnown') : words(one.why)}
                  </span>
                  <button type="button" className={styles.small} onClick={() => void shelf.forget(one.id).then(onLook)}>
                    {say('panel.cross')}
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
        <div className={styles.pair}>
          <button type="button" className={styles.plain} onClick={() => void document.documentElement.requestFullscreen().catch(() => undefined)}>
            {say('panel.fullScreen')}
          </button>
          <button type="button" className={styles.plain} onClick={onRenew}>
            {say('panel.renew')}
          </button>
        </div>
        {!mayLeave && <p>{say('panel.leaveNot')}</p>}
        {leaving ? (
          <>
            <p className={styles.wrong}>{say('panel.leaveHint', { count: state.waiting })}</p>
            <button type="button" className={styles.danger} onClick={() => void shelf.clear().then(onLeave)}>
              {say('panel.leaveSure')}
            </button>
          </>
        ) : (
          <button type="button" className={styles.plain} disabled={!mayLeave} onClick={() => setLeaving(true)}>
            {say('panel.leave')}
          </button>
        )}
        <button type="button" className={styles.primary} autoFocus onClick={onBack}>
          {say('back')}
        </button>
      </div>
    </section>
  );
}
