import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons';
import type { Signature } from '~/api/schema.d.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { Hash } from '~/ui/Hash.tsx';
import styles from './supervision.module.css';
import { useSupervisionWords } from './words.ts';

const CAPACITIES = ['supervisor', 'inspector', 'institution_manager'] as const;

/** Who signed, when, and whether the record is still what was signed. */
export function SignatureList({ signatures }: { signatures: readonly Signature[] }) {
  const say = useSupervisionWords();
  return (
    <ul className={styles.signatures} data-testid="signatures">
      {signatures.map((signature) => {
        const capacity = CAPACITIES.find((known) => known === signature.capacity) ?? 'other';
        return (
          <li key={`${signature.by.id} ${signature.at}`}>
            <div>{say('signedBy', { name: signature.by.display_name, capacity: say(`capacity.${capacity}`), at: stampOf(ms(signature.at)) })}</div>
            <div className={signature.holds ? styles.holds : styles.broken}>
              {signature.holds ? <CheckCircleOutlined aria-hidden /> : <WarningOutlined aria-hidden />} {say(signature.holds ? 'holds' : 'broken')}
            </div>
            <div title={say('contentHash')}>
              <Hash value={signature.content_sha256} short={16} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}
