import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Tag } from 'antd';
import { address } from '~/api/client.ts';
import { evidenceQuery } from '~/api/queries.ts';
import type { EvidenceOutlook, EvidenceStanding } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useText } from '~/i18n/index.ts';
import { duration } from '~/time/amounts.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { EvidenceCalendar } from './EvidenceCalendar.tsx';
import styles from './evidence.module.css';
import { useEvidenceWords } from './words.ts';

const LOOKS = { met: 'success', open: 'info', no_days: 'info', out_of_reach: 'error' } as const satisfies Record<EvidenceOutlook, string>;

/** How a class's video evidence stands: whether the rule holds, what is planned, each training day (R9.1, R9.2). */
export function EvidenceTab({ classId }: { classId: string }) {
  const query = useQuery(evidenceQuery(classId));
  return <Loaded query={query}>{(standing) => <Standing standing={standing} classId={classId} />}</Loaded>;
}

function Standing({ standing, classId }: { standing: EvidenceStanding; classId: string }) {
  const say = useEvidenceWords();
  const text = useText();
  const packs = useMay('read_package');
  const { policy } = standing;
  return (
    <Flex vertical gap={14}>
      <Flex wrap align="center" gap={14}>
        <span className={styles.count} data-testid="evidence-count">
          <b>{standing.counted}</b> / {standing.needed}
        </span>
        <span className={styles.rule}>
          {say('rule', { clips: policy.clips, month: policy.clips_a_month, days: policy.days_apart, length: duration(policy.seconds) })}
        </span>
        {packs && (
          <Button icon={<DownloadOutlined />} href={address.package(classId)} download style={{ marginInlineStart: 'auto' }} data-testid="download-package">
            {say('package')}
          </Button>
        )}
      </Flex>
      <Alert
        type={LOOKS[standing.outlook]}
        showIcon
        title={say(`outlook.${standing.outlook}`)}
        description={
          <ul className={styles.reasons} data-testid="evidence-reasons">
            {standing.reasons.map((reason) => (
              <li key={reason.code}>{text(reason.text)}</li>
            ))}
          </ul>
        }
      />
      <Flex wrap gap={6}>
        {standing.months.map((month) => (
          <Tag key={month.month} color={month.counted >= month.needed ? 'success' : month.at_best == null ? 'default' : 'error'} variant="filled">
            {say('month', { month: month.month, counted: month.counted, needed: month.needed })}
          </Tag>
        ))}
      </Flex>
      <EvidenceCalendar days={standing.days} classId={classId} />
      {standing.set_aside.length > 0 && (
        <div>
          <h3 className={styles.heading}>{say('setAside')}</h3>
          <ul className={styles.reasons}>
            {standing.set_aside.map((aside) => (
              <li key={aside.clip_id ?? aside.upload_id}>
                {aside.date} · {text(aside.why)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Flex>
  );
}
