import { Alert, Tag } from 'antd';
import type { OpeningDossier } from '~/api/schema.d.ts';
import { FileLink } from '~/files/FileLink.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { ms, stampOf } from '~/time/zone.ts';
import type { LifeStep } from './life.ts';
import styles from './opening.module.css';
import { Readiness } from './Readiness.tsx';
import { useOpeningWords } from './words.ts';

/** What is known of a step that was taken. */
export function StepFacts({ step, dossier }: { step: LifeStep; dossier: OpeningDossier }) {
  switch (step) {
    case 'draft':
      return <Plan dossier={dossier} />;
    case 'self_check':
      return <Checks dossier={dossier} />;
    case 'filing':
      return <Filed dossier={dossier} />;
    case 'application':
      return <Applied dossier={dossier} />;
    case 'approval':
      return <Approved dossier={dossier} />;
    case 'start':
      return <Running dossier={dossier} />;
    case 'teaching':
    case 'closeout':
    case 'claim':
    case 'payment':
      return null;
  }
}

function Plan({ dossier: { revision, name, venues, textbooks } }: { dossier: OpeningDossier }) {
  const { marks } = useTranslation();
  const say = useOpeningWords();
  if (revision === 0) return null;
  return (
    <div className={styles.facts}>
      <span>{name}</span>
      <span>
        {say('venues')}{marks.colon}{venues.map((venue) => venue.name).join(marks.list) || '—'}
      </span>
      <span>
        {say('textbooks')}{marks.colon}
        {textbooks.map(({ title, ground }) => (
          <span key={title} style={{ marginInlineEnd: 8 }}>
            {title}{' '}
            <Tag color={ground === 'none' ? 'warning' : 'default'} variant="filled">
              {say(`ground.${ground}`)}
            </Tag>
          </span>
        ))}
      </span>
    </div>
  );
}

function Checks({ dossier: { self_check } }: { dossier: OpeningDossier }) {
  const say = useOpeningWords();
  if (self_check == null) return null;
  return (
    <div className={styles.facts}>
      {self_check.map(({ item, on, file_id }) => (
        <span key={item}>
          {say(`item.${item}`)} {on} {file_id != null && <FileLink id={file_id} />}
        </span>
      ))}
    </div>
  );
}

function Filed({ dossier: { filing } }: { dossier: OpeningDossier }) {
  const say = useOpeningWords();
  if (filing == null) return null;
  return <div className={styles.facts}>{say('reviewedBy', { by: filing.by.display_name, on: filing.on, count: filing.students.length })}</div>;
}

function Applied({ dossier: { application, readiness, sent_back_because } }: { dossier: OpeningDossier }) {
  const { marks } = useTranslation();
  const say = useOpeningWords();
  return (
    <>
      {sent_back_because != null && <Alert type="warning" showIcon title={say('sentBack')} description={sent_back_because} />}
      {application != null && (
        <div className={styles.facts}>
          <span>{say('appliedAt', { at: stampOf(ms(application.applied_at)) })}</span>
          <span>{say('number', { number: application.platform_number })}</span>
          {application.liaison != null && (
            <span>
              {say('liaison')}{marks.colon}{application.liaison.display_name}
            </span>
          )}
          {application.class_manager != null && (
            <span>
              {say('classManager')}{marks.colon}{application.class_manager.display_name}
            </span>
          )}
        </div>
      )}
      {application != null && <Readiness rooms={readiness} />}
    </>
  );
}

function Approved({ dossier: { approval } }: { dossier: OpeningDossier }) {
  const say = useOpeningWords();
  return approval == null ? null : <div className={styles.facts}>{say('approvedBy', { by: approval.by.display_name, on: approval.on })}</div>;
}

function Running({ dossier: { running_since } }: { dossier: OpeningDossier }) {
  const say = useOpeningWords();
  return running_since == null ? null : <div className={styles.facts}>{say('runningSince', { on: running_since })}</div>;
}
