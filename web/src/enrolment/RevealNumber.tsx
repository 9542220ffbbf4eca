import { EyeOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Input, Popconfirm } from 'antd';
import { useEffect, useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { StudentPapers } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useTell } from '~/app/useProblem.ts';
import { useTranslation } from '~/i18n/index.ts';
import styles from './enrolment.module.css';
import { useEnrolmentWords } from './words.ts';

/** So long a number stays on the screen. */
const SHOWN_MS = 30_000;

/** A student's ID number: masked, and in full for a moment to whoever may and says why; the server logs each time with the reason. */
export function RevealNumber({ papers }: { papers: StudentPapers }) {
  const { t } = useTranslation();
  const say = useEnrolmentWords();
  const may = useMay('reveal_person');
  const tell = useTell();
  const [reason, setReason] = useState('');
  const reveal = useMutation({
    mutationFn: () => ask(api.POST('/students/{id}/id-number', { params: { path: { id: papers.student.student_id } }, body: { reason: reason.trim() } })),
    onSuccess: () => setReason(''),
    onError: tell,
    gcTime: 0,
  });
  const { reset } = reveal;
  const number = reveal.data?.id_number;
  useEffect(() => {
    if (number === undefined) return undefined;
    const timer = setTimeout(reset, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [number, reset]);
  if (papers.id_number_masked == null) return <span className={styles.quiet}>{say('noNumber')}</span>;
  if (number !== undefined) {
    return (
      <>
        <span className={styles.number} role="status" data-testid="revealed">
          {say('revealed', { number })}
        </span>{' '}
        <Button size="small" type="text" onClick={reset}>
          {say('hide')}
        </Button>
      </>
    );
  }
  return (
    <>
      <span className={styles.number}>{papers.id_number_masked}</span>{' '}
      {may && (
        <Popconfirm
          title={say('revealTitle', { name: papers.student.name })}
          description={
            <div style={{ maxWidth: 320 }}>
              {say('revealHint')}
              <Input.TextArea aria-label={say('revealReason')} placeholder={say('revealReason')} value={reason} maxLength={500} autoSize onChange={(event) => setReason(event.target.value)} data-testid="reveal-reason" />
            </div>
          }
          okButtonProps={{ disabled: reason.trim() === '' }}
          okText={say('reveal')}
          cancelText={t('common.cancel')}
          onConfirm={() => reveal.mutate()}
        >
          <Button size="small" type="text" icon={<EyeOutlined />} loading={reveal.isPending} data-testid="reveal">
            {say('reveal')}
          </Button>
        </Popconfirm>
      )}
    </>
  );
}
