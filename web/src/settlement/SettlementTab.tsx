import type { Class } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { AssessmentSection } from './AssessmentSection.tsx';
import { ClaimSection } from './ClaimSection.tsx';
import { CloseoutSection } from './CloseoutSection.tsx';
import { ExceptionSection } from './ExceptionSection.tsx';
import { NoticeSection } from './NoticeSection.tsx';
import styles from './settlement.module.css';
import { SpotCheckSection } from './SpotCheckSection.tsx';
import { SubsidySection } from './SubsidySection.tsx';
import { TrackingSection } from './TrackingSection.tsx';

/** From close-out to payment and tracking, in the notice's order (八 to 十一). */
export function SettlementTab({ one, today }: { one: Class; today: string }) {
  const readsChecks = useMay('read_supervision');
  return (
    <div className={styles.stack}>
      <CloseoutSection one={one} />
      <AssessmentSection one={one} today={today} />
      <ExceptionSection one={one} today={today} />
      {readsChecks && <SpotCheckSection one={one} />}
      <ClaimSection one={one} />
      <SubsidySection one={one} />
      <NoticeSection one={one} />
      <TrackingSection one={one} today={today} />
    </div>
  );
}
