import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { classesQuery, studentsQuery } from '~/api/queries.ts';
import type { Class } from '~/api/schema.d.ts';
import { useText, useTranslation } from '~/i18n/index.ts';
import { inspectionsQuery } from '~/supervision/queries.ts';
import { running } from './due.ts';
import { HomeCard } from './HomeCard.tsx';
import { statementsQuery } from './queries.ts';
import { useEach } from './useEach.ts';
import { narrowed, type CardProps } from './watchCards.tsx';
import { useHomeWords } from './words.ts';

/** R7.3d: statements that lack a signature or the seal. */
export function StatementsCard({ today }: CardProps) {
  const say = useHomeWords();
  const text = useText();
  const classes = useQuery(classesQuery);
  const query = useEach(narrowed(classes, (all) => running(all, today)), (one: Class) => statementsQuery(one.id));
  return (
    <HomeCard
      id="statements"
      title={say('statements')}
      query={query}
      fine={say('statementsFine')}
      lines={(all) =>
        all.flatMap(([one, statements]) =>
          statements
            .filter((statement) => statement.missing.length > 0)
            .map((statement) => ({
              key: statement.id,
              what: (
                <Link to="/classes/$classId" params={{ classId: one.id }}>
                  {statement.student.name} · {statement.first_on}
                </Link>
              ),
              note: statement.lacks == null ? undefined : text(statement.lacks),
              under: one.name,
              tone: 'due' as const,
            })),
        )
      }
    />
  );
}

/** Students who have not consented to face recognition: their check-in cannot be one by face. */
export function ConsentCard({ today }: CardProps) {
  const { marks } = useTranslation();
  const say = useHomeWords();
  const classes = useQuery(classesQuery);
  const query = useEach(narrowed(classes, (all) => all.filter((one) => one.ends_on >= today)), (one: Class) => studentsQuery(one.id));
  return (
    <HomeCard
      id="consent"
      title={say('consent')}
      query={query}
      fine={say('consentFine')}
      lines={(all) =>
        all
          .map(([one, students]) => ({ one, without: students.filter((student) => student.left_on == null && student.face_consent_at == null) }))
          .filter(({ without }) => without.length > 0)
          .map(({ one, without }) => ({
            key: one.id,
            what: (
              <Link to="/classes/$classId" params={{ classId: one.id }} search={{ tab: 'students' }}>
                {one.name}
              </Link>
            ),
            note: say('consentCount', { count: without.length }),
            under: without.map(({ name }) => name).join(marks.list),
            tone: 'due' as const,
          }))
      }
    />
  );
}

/** R7.4b: inspection sheets that wait for the institution's signature. */
export function SheetsCard({ today }: CardProps) {
  const say = useHomeWords();
  const classes = useQuery(classesQuery);
  const query = useEach(narrowed(classes, (all) => running(all, today)), (one: Class) => inspectionsQuery(one.id));
  return (
    <HomeCard
      id="sheets"
      title={say('sheets')}
      query={query}
      fine={say('sheetsFine')}
      lines={(all) =>
        all.flatMap(([one, sheets]) =>
          sheets
            .filter((sheet) => sheet.waits_for_institution)
            .map((sheet) => ({
              key: sheet.id,
              what: (
                <Link to="/inspections/$inspectionId" params={{ inspectionId: sheet.id }}>
                  {say('sheetOf', { date: sheet.date })}
                </Link>
              ),
              note: say('toSign'),
              under: one.name,
              tone: 'due' as const,
            })),
        )
      }
    />
  );
}
