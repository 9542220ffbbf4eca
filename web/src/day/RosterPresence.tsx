import { Table, Tag, type TableColumnsType } from 'antd';
import type { Presence, StudentPresence } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { minuteOf, ms } from '~/time/zone.ts';
import { Nothing } from '~/ui/Nothing.tsx';
import styles from './day.module.css';
import { byPresence } from './presence.ts';
import { useDayWords } from './words.ts';

const COLOURS: Record<Presence, string> = { seen: 'success', not_seen: 'error', unclear: 'default' };

/** Who on the roster was seen; those who were not come first. */
export function RosterPresence({ students }: { students: readonly StudentPresence[] }) {
  const { t } = useTranslation();
  const say = useDayWords();
  if (students.length === 0) return <Nothing what={say('rosterEmpty')} />;
  const count = (presence: Presence) => students.filter((student) => student.presence === presence).length;
  const columns: TableColumnsType<StudentPresence> = [
    { title: t('common.student'), dataIndex: 'name' },
    {
      title: t('common.state'),
      render: (_, s) => (
        <Tag color={COLOURS[s.presence]} variant="filled">
          {say(`presence.${s.presence}`)}
        </Tag>
      ),
    },
    { title: say('frames'), align: 'right', dataIndex: 'frames_seen' },
    { title: say('firstSeen'), render: (_, s) => (s.first_seen == null ? '—' : minuteOf(ms(s.first_seen))) },
    { title: say('lastSeen'), render: (_, s) => (s.last_seen == null ? '—' : minuteOf(ms(s.last_seen))) },
    { title: say('similarity'), align: 'right', render: (_, s) => (s.best_similarity == null ? '—' : s.best_similarity.toFixed(2)) },
  ];
  return (
    <>
      <div className={styles.presence}>
        {(['seen', 'not_seen', 'unclear'] as const).map((presence) => (
          <Tag key={presence} color={COLOURS[presence]} variant="filled">
            {say(`presence.${presence}`)} {count(presence)}
          </Tag>
        ))}
      </div>
      <Table<StudentPresence>
        size="small"
        rowKey="student_id"
        columns={columns}
        dataSource={byPresence(students)}
        pagination={students.length > 20 ? { pageSize: 20, size: 'small' } : false}
      />
    </>
  );
}
