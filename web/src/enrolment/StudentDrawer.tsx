import { useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import type { Student } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { EnrolButton } from '~/classes/EnrolButton.tsx';
import { RuleFindings } from '~/rules/RuleFindings.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { Consents } from './Consents.tsx';
import { DepartDialog } from './DepartDialog.tsx';
import styles from './enrolment.module.css';
import { PapersForm } from './PapersForm.tsx';
import { PapersView } from './PapersView.tsx';
import { PersonalData } from './PersonalData.tsx';
import { papersQuery } from './queries.ts';
import { RevealNumber } from './RevealNumber.tsx';
import { useEnrolmentWords } from './words.ts';

interface StudentDrawerProps {
  student: Student;
  classId: string;
  today: string;
  onClose: () => void;
}

/** A student: papers, ID number, consent, departure. */
export function StudentDrawer({ student, classId, today, onClose }: StudentDrawerProps) {
  const say = useEnrolmentWords();
  const query = useQuery(papersQuery(classId));
  const edits = useMay('edit_roster');
  const prepares = useMay('prepare_opening');
  const [leaving, setLeaving] = useState(false);
  const here = student.left_on == null;
  return (
    <Drawer open destroyOnHidden size={640} title={student.name} extra={student.number} onClose={onClose}>
      <Loaded query={query}>
        {(all) => {
          const papers = all.find((one) => one.student.student_id === student.id);
          if (papers === undefined) return <p>{say('notHandedIn')}</p>;
          return (
            <section className={styles.section} data-testid="papers">
              <h3>{say('idNumber')}</h3>
              <p>
                <RevealNumber papers={papers} />
              </p>
              <h3>{say('papers')}</h3>
              {papers.missing.length > 0 && (
                <div className={styles.owed}>
                  <h4>{say('lacks')}</h4>
                  <RuleFindings findings={papers.missing} />
                </div>
              )}
              {prepares && here ? <PapersForm key={papers.revision} papers={papers} classId={classId} /> : <PapersView papers={papers} />}
            </section>
          );
        }}
      </Loaded>
      <Consents student={student.id} given={student.face_consent_at != null} today={today} />
      {edits && here && (
        <section className={styles.section}>
          <h3>{say('face')}</h3>
          <EnrolButton student={student} classId={classId} />
        </section>
      )}
      <PersonalData student={student} />
      {edits && here && (
        <Button danger onClick={() => setLeaving(true)} data-testid="depart">
          {say('depart')}
        </Button>
      )}
      {leaving && <DepartDialog student={student} today={today} onClose={() => setLeaving(false)} />}
    </Drawer>
  );
}
