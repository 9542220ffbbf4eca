import { CheckCircleFilled, ClockCircleFilled, ExclamationCircleFilled } from '@ant-design/icons';
import { useEffect } from 'react';
import { useText } from '~/i18n/index.ts';
import { ms, timeOf } from '~/time/zone.ts';
import styles from './kiosk.module.css';
import type { Said } from './said.ts';
import { useKioskWords } from './words.ts';

const ICONS = { good: CheckCircleFilled, saved: ClockCircleFilled, bad: ExclamationCircleFilled };

interface AnswerViewProps {
  said: Said;
  onDone: () => void;
  onNumber: () => void;
}

/** The answer over everything: who, which side of the day and when, or what to do. It goes by itself. */
export function AnswerView({ said, onDone, onNumber }: AnswerViewProps) {
  const say = useKioskWords();
  const { title, time, lines } = useAnswerWords(said);
  useEffect(() => {
    const timer = setTimeout(onDone, said.staysMs);
    return () => clearTimeout(timer);
  }, [said, onDone]);
  const Icon = ICONS[said.tone];
  return (
    <section className={styles.answer} data-tone={said.tone} role="alertdialog" aria-modal aria-labelledby="kiosk-answer" aria-describedby="kiosk-answer-lines" data-testid="answer">
      <Icon className={styles.answerIcon} />
      <h2 id="kiosk-answer">{title}</h2>
      <p className={styles.answerTime}>{time}</p>
      <div id="kiosk-answer-lines">
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      <div className={styles.answerDo}>
        <button type="button" className={styles.onColour} autoFocus onClick={onDone}>
          {say(said.offersNumber ? 'again' : 'ok')}
        </button>
        {said.offersNumber && (
          <button type="button" className={styles.onColour} onClick={onNumber}>
            {say('byNumber')}
          </button>
        )}
      </div>
    </section>
  );
}

function useAnswerWords({ kind, tone, waiting, answer, text }: Said): { title: string; time: string; lines: readonly string[] } {
  const say = useKioskWords();
  const words = useText();
  const at = timeOf(ms(waiting.at));
  if (answer?.kind === 'recognised') {
    const { punch } = answer;
    return { title: punch.student.name, time: `${say(`side.${punch.side}`)} ${timeOf(ms(punch.at))}`, lines: [punch.class.name] };
  }
  if (answer?.kind === 'kept') {
    const { punch } = answer;
    return { title: punch.name, time: `${say(`side.${punch.side}`)} ${timeOf(ms(punch.at))}`, lines: [punch.class.name, words(punch.notice)] };
  }
  switch (kind) {
    case 'recognised':
    case 'kept':
      return { title: say('kept'), time: at, lines: [] };
    case 'offline':
      return { title: say('saved'), time: at, lines: [waiting.how === 'face' ? say('savedFace') : say('savedNumber', { number: waiting.number })] };
    case 'unavailable':
      if (tone === 'bad') return { title: say('unavailable'), time: at, lines: [say('unavailableHint')] };
      return { title: say('saved'), time: at, lines: waiting.how === 'number' ? [say('savedNumber', { number: waiting.number })] : [] };
    case 'refused':
      return { title: say('refused'), time: at, lines: text === null ? [] : [words(text)] };
    case 'unsure':
    case 'unknown':
    case 'full':
    case 'signedOut':
    case 'failed':
      return { title: say(kind), time: at, lines: [say(`advice.${kind}`)] };
  }
}
