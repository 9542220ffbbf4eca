import { DownloadOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Modal, Tag } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Erasure, Student } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useText, useTranslation } from '~/i18n/index.ts';
import { Refused } from '~/ui/Refused.tsx';
import styles from './enrolment.module.css';
import { save } from '~/files/save.ts';
import { useEnrolmentWords } from './words.ts';

/** What is kept of a person: given to them whole, or deleted as far as the law lets it go. */
export function PersonalData({ student }: { student: Student }) {
  const say = useEnrolmentWords();
  const reveals = useMay('reveal_person');
  const edits = useMay('edit_roster');
  const [erasing, setErasing] = useState(false);
  const give = useMutation({
    mutationFn: async () => {
      const data = await ask(api.POST('/students/{id}/export', { params: { path: { id: student.id } } }));
      save(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }), `${student.name}.json`);
    },
    gcTime: 0,
  });
  if (!reveals && !edits) return null;
  return (
    <section className={styles.section}>
      <h3>{say('personal')}</h3>
      <p className={styles.quiet}>{say('personalHint')}</p>
      <Refused error={give.error} />
      <Flex gap={8} wrap>
        {reveals && (
          <Button icon={<DownloadOutlined />} loading={give.isPending} onClick={() => give.mutate()} data-testid="export-person">
            {say('personalExport')}
          </Button>
        )}
        {edits && (
          <Button danger onClick={() => setErasing(true)} data-testid="erase-person">
            {say('personalErase')}
          </Button>
        )}
      </Flex>
      {erasing && <EraseDialog student={student} onClose={() => setErasing(false)} />}
    </section>
  );
}

function EraseDialog({ student, onClose }: { student: Student; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useEnrolmentWords();
  const client = useQueryClient();
  const erase = useMutation({
    mutationFn: () => ask(api.POST('/students/{id}/erasure', { params: { path: { id: student.id } } })),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: ['classes'] }), client.invalidateQueries({ queryKey: ['students', student.id] })]),
  });
  return (
    <Modal
      open
      width={620}
      title={say('eraseOf', { name: student.name })}
      onCancel={onClose}
      footer={
        erase.isSuccess ? (
          <Button type="primary" onClick={onClose}>
            {say('eraseRead')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{t('common.cancel')}</Button>
            <Button danger type="primary" loading={erase.isPending} onClick={() => erase.mutate()} data-testid="erase-go">
              {say('eraseGo')}
            </Button>
          </>
        )
      }
    >
      <Refused error={erase.error} />
      {erase.isSuccess ? <Outcome erasure={erase.data} /> : <p>{say('eraseHint')}</p>}
    </Modal>
  );
}

function Outcome({ erasure: { items } }: { erasure: Erasure }) {
  const say = useEnrolmentWords();
  const text = useText();
  return (
    <ul className={styles.lines} data-testid="erasure">
      {items.map((item) => (
        <li key={item.kept} data-deleted={item.deleted}>
          <Tag color={item.deleted ? 'success' : 'default'} variant="filled">
            {item.deleted ? say('eraseGone', { count: item.count }) : say('eraseStays')}
          </Tag>
          <b>{say(`kept.${item.kept}`)}</b>
          <span className={styles.quiet}>
            {text(item.reason)}
            {item.until != null && ` ${say('eraseUntil', { date: item.until })}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
