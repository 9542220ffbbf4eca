import { Tag } from 'antd';
import { useState } from 'react';
import type { CameraRef, HealthDay, HealthMeasure, HealthPicture, HealthThresholds } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { ReplayLink } from '~/recordings/ReplayLink.tsx';
import { RuleFindings } from '~/rules/RuleFindings.tsx';
import { duration, percent } from '~/time/amounts.ts';
import { ms, timeOf } from '~/time/zone.ts';
import { causeKey } from '~/ui/cameraWords.ts';
import styles from './health.module.css';
import { MEASURES, numbersOf } from './measures.ts';
import { useHealthWords } from './words.ts';

interface DayCardProps {
  day: HealthDay;
  wanted: HealthThresholds;
  camera: CameraRef;
}

/** A teaching day of a camera: the four measures, what was not good enough, gaps, and the pictures that show it. */
export function DayCard({ day, wanted, camera }: DayCardProps) {
  const { t } = useTranslation();
  const say = useHealthWords();
  const numbers = numbersOf(day, wanted);
  const bad = (measure: HealthMeasure) => day.findings.some((one) => one.measure === measure);
  return (
    <article className={styles.day} data-testid="health-day">
      <div className={styles.head}>
        <h2>{day.date}</h2>
        <span className={styles.quiet}>{say('taught', { length: duration(day.taught_seconds), count: day.samples })}</span>
        {day.findings.length === 0 && (
          <Tag color="success" variant="filled">
            {say('fine')}
          </Tag>
        )}
      </div>
      <div className={styles.measures}>
        {MEASURES.map((measure) => (
          <Measured key={measure} measure={measure} bad={bad(measure)} within={day.within[measure] ?? null} told={say(measure, numbers[measure])} />
        ))}
      </div>
      {day.findings.length > 0 && (
        <>
          <h3 className={styles.heading}>{say('findings')}</h3>
          <RuleFindings findings={day.findings.map((one) => one.finding)} most={6} />
        </>
      )}
      {day.outages.length > 0 && (
        <>
          <h3 className={styles.heading}>{say('outages')}</h3>
          <ul className={styles.gaps}>
            {day.outages.slice(0, 8).map((gap) => (
              <li key={gap.start}>
                {timeOf(ms(gap.start))}–{timeOf(ms(gap.end))} · {duration((ms(gap.end) - ms(gap.start)) / 1000)} · {t(causeKey(gap.cause ?? 'unknown'))}
              </li>
            ))}
            {day.outages.length > 8 && <li>+{day.outages.length - 8}</li>}
          </ul>
        </>
      )}
      {day.pictures.some((picture) => picture.url != null) && (
        <>
          <h3 className={styles.heading}>{say('pictures')}</h3>
          <div className={styles.pictures}>
            {day.pictures.map((picture) => (
              <Shown key={`${picture.session_id} ${picture.rank}`} picture={picture} camera={camera} />
            ))}
          </div>
        </>
      )}
    </article>
  );
}

function Measured({ measure, within, bad, told }: { measure: HealthMeasure; within: number | null; bad: boolean; told: string }) {
  const say = useHealthWords();
  return (
    <div className={styles.measure} data-bad={bad}>
      <b>
        {say(`measure.${measure}`)}
        <span>{within === null ? say('unknown') : say('within', { share: percent(within) })}</span>
      </b>
      <div className={styles.share}>{within !== null && <i style={{ width: `${within * 100}%` }} />}</div>
      <p>{told}</p>
    </div>
  );
}

function Shown({ picture, camera }: { picture: HealthPicture; camera: CameraRef }) {
  const say = useHealthWords();
  const [gone, setGone] = useState(false);
  if (picture.url == null) return null;
  const what = `${say(`rank.${picture.rank}`)} ${timeOf(ms(picture.at))}`;
  return (
    <figure>
      {gone ? <div className={styles.gone}>{say('pictureGone')}</div> : <img src={picture.url} alt={what} loading="lazy" onError={() => setGone(true)} />}
      <figcaption>
        <span>{say(`rank.${picture.rank}`)}</span>
        <ReplayLink camera={camera} at={ms(picture.at)} />
      </figcaption>
    </figure>
  );
}
