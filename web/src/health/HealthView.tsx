import { PrinterOutlined } from '@ant-design/icons';
import { Button, Card } from 'antd';
import { address } from '~/api/client.ts';
import type { CameraHealth } from '~/api/schema.d.ts';
import { DatePick } from '~/ui/DatePick.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Columns, Page } from '~/ui/Page.tsx';
import { DayCard } from './DayCard.tsx';
import styles from './health.module.css';
import { ReferenceCard } from './ReferenceCard.tsx';
import { useHealthWords } from './words.ts';

interface HealthViewProps {
  health: CameraHealth;
  from: string;
  to: string;
  today: string;
  onTo: (to: string) => void;
  onBack: () => void;
}

/** How a camera's teaching days were, the newest first (R2.2). */
export function HealthView({ health, from, to, today, onTo, onBack }: HealthViewProps) {
  const say = useHealthWords();
  const { camera, venue, institution, days, thresholds } = health;
  return (
    <Page
      title={`${venue.name} · ${camera.name}`}
      sub={`${institution.name} · ${say('sub')}`}
      onBack={onBack}
      tools={
        <span className={styles.range}>
          {say('from')} {from} {say('to')}
          <DatePick date={to} today={today} onChange={onTo} />
          <Button icon={<PrinterOutlined />} href={address.healthForm(camera.id, from, to)} target="_blank">
            {say('print')}
          </Button>
        </span>
      }
    >
      <Columns
        main={
          days.length === 0 ? (
            <Card size="small">
              <Nothing what={say('none')} hint={say('noneHint')} />
            </Card>
          ) : (
            <div className={styles.days}>
              {days.toReversed().map((day) => (
                <DayCard key={day.date} day={day} wanted={thresholds} camera={camera} />
              ))}
            </div>
          )
        }
        side={<ReferenceCard health={health} />}
      />
    </Page>
  );
}
