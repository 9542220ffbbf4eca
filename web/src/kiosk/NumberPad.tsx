import { useState, type SubmitEvent } from 'react';
import styles from './kiosk.module.css';
import { useKioskWords } from './words.ts';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '-', '0'];

interface NumberPadProps {
  onNumber: (number: string) => void;
  onBack: () => void;
}

/** The roster number, for whoever does not want to be recognised, or is not (R7.3d). */
export function NumberPad({ onNumber, onBack }: NumberPadProps) {
  const say = useKioskWords();
  const [number, setNumber] = useState('');
  const [letters, setLetters] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (number.trim() !== '') onNumber(number.trim());
  };
  return (
    <section className={styles.over} role="dialog" aria-modal aria-labelledby="kiosk-number">
      <form className={styles.sheet} onSubmit={submit}>
        <h2 id="kiosk-number">{say('numberTitle')}</h2>
        <p>{say('numberHint')}</p>
        <label className={styles.field}>
          <span className={styles.hidden}>{say('numberField')}</span>
          {/* Without letters the tablet's own keyboard stays away, and the keys below are all there is to press. */}
          <input key={letters ? 'letters' : 'digits'} className={styles.number} autoFocus value={number} maxLength={40} inputMode={letters ? 'text' : 'none'} autoComplete="off" onChange={(event) => setNumber(event.target.value)} />
        </label>
        {!letters && (
          <div className={styles.keys}>
            {KEYS.map((key) => (
              <button key={key} type="button" onClick={() => setNumber((before) => (before.length < 40 ? before + key : before))}>
                {key}
              </button>
            ))}
            <button type="button" aria-label={say('erase')} onClick={() => setNumber((before) => before.slice(0, -1))}>
              ⌫
            </button>
          </div>
        )}
        <button type="submit" className={styles.primary} disabled={number.trim() === ''}>
          {say('send')}
        </button>
        <div className={styles.pair}>
          <button type="button" className={styles.plain} onClick={onBack}>
            {say('back')}
          </button>
          {!letters && (
            <button type="button" className={styles.plain} onClick={() => setLetters(true)}>
              {say('letters')}
            </button>
          )}
        </div>
      </form>
    </section>
  );
}
