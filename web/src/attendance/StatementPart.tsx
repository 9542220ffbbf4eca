import { CheckCircleOutlined, ClockCircleOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { useState } from 'react';
import type { Class, Signer, Statement } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { FileLink } from '~/files/FileLink.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import styles from './attendance.module.css';
import { statementsQuery } from './queries.ts';
import { SignStatement, StatementDialog, StatementScans } from './StatementDialog.tsx';
import { useAttendanceWords } from './words.ts';

const SIGNERS = ['manager', 'seal', 'student'] as const satisfies readonly Signer[];
type Open = { kind: 'new' } | { kind: 'sign' | 'scans'; statement: Statement };

/** R7.3d: written statements with their three signatures. */
export function StatementPart({ one }: { one: Class }) {
  const say = useAttendanceWords();
  const keeps = useMay('keep_attendance');
  const query = useQuery(statementsQuery(one.id));
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <div className={styles.bar}>
        {keeps && (
          <Button onClick={() => setOpen({ kind: 'new' })} data-testid="write-statement">
            {say('statement')}
          </Button>
        )}
        <span className={styles.quiet}>{say('statementHint')}</span>
      </div>
      <Loaded query={query}>
        {(statements) =>
          statements.length === 0 ? (
            <Nothing what={say('statementNone')} />
          ) : (
            <>
              {statements.toReversed().map((statement) => (
                <Paper key={statement.id} statement={statement} keeps={keeps} onOpen={(kind) => setOpen({ kind, statement })} />
              ))}
            </>
          )
        }
      </Loaded>
      {open?.kind === 'new' && <StatementDialog one={one} onClose={close} />}
      {open?.kind === 'sign' && <SignStatement statement={open.statement} onClose={close} />}
      {open?.kind === 'scans' && <StatementScans statement={open.statement} onClose={close} />}
    </>
  );
}

function Paper({ statement, keeps, onOpen }: { statement: Statement; keeps: boolean; onOpen: (kind: 'sign' | 'scans') => void }) {
  const { marks } = useTranslation();
  const say = useAttendanceWords();
  const { student, first_on, last_on, cause, sides, text, missing, signatures, seal_file_id, student_file_id } = statement;
  const whole = missing.length === 0;
  return (
    <article className={styles.paper} data-testid="statement" data-whole={whole}>
      <div className={styles.bar} style={{ marginBottom: 0 }}>
        <b>{student.name}</b>
        <span>{first_on === last_on ? first_on : `${first_on} – ${last_on}`}</span>
        <span className={styles.quiet}>
          {say(`cause.${cause}`)} · {sides.map((side) => say(`side.${side}`)).join(marks.list)}
        </span>
        <Tag color={whole ? 'success' : 'warning'} variant="filled">
          {whole ? say('counts') : say('lacks', { what: missing.map((signer) => say(`signer.${signer}`)).join(marks.list) })}
        </Tag>
        {keeps && (
          <div className={styles.push}>
            {missing.includes('manager') && (
              <Button size="small" type="primary" onClick={() => onOpen('sign')} data-testid="sign-statement">
                {say('sign')}
              </Button>
            )}
            {(missing.includes('seal') || missing.includes('student')) && (
              <Button size="small" onClick={() => onOpen('scans')} data-testid="statement-scans">
                {say('scans')}
              </Button>
            )}
          </div>
        )}
      </div>
      <div style={{ whiteSpace: 'pre-wrap' }}>{text}</div>
      <ul className={styles.signers}>
        {SIGNERS.map((signer) => (
          <li key={signer}>
            {missing.includes(signer) ? <ClockCircleOutlined style={{ color: 'var(--amber)' }} /> : <CheckCircleOutlined style={{ color: 'var(--green)' }} />} {say(`signer.${signer}`)}{' '}
            {signer === 'seal' && seal_file_id != null && <FileLink id={seal_file_id} />}
            {signer === 'student' && student_file_id != null && <FileLink id={student_file_id} />}
            {signer === 'manager' && signatures.map((signature) => (
              <span key={signature.at} className={signature.holds ? styles.quiet : styles.low}>
                {signature.by.display_name}
                {!signature.holds && ` · ${say('broken')}`}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </article>
  );
}
