import { Form } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Exchange } from '~/api/schema.d.ts';
import { FilePick } from '~/files/FilePick.tsx';
import { ImportDialog } from '~/imports/ImportDialog.tsx';
import { asTable } from '~/imports/table.ts';
import { useEnrolmentWords } from './words.ts';

interface AnswerExchangeProps {
  exchange: Exchange;
  institution: string;
  onClose: () => void;
}

/** The file that was asked with, filled in: every row becomes a verification, after a trial. */
export function AnswerExchange({ exchange, institution, onClose }: AnswerExchangeProps) {
  const say = useEnrolmentWords();
  return (
    <ImportDialog<{ file_id?: string | null }>
      title={`${say('exchangeHandIn')} · ${say(`matter.${exchange.matter}`)}`}
      hint={say('exchangeHandInHint')}
      template={null}
      trial
      stale={['classes']}
      onClose={onClose}
      send={async ({ file_id }, file, dry_run) => {
        const { rows, ignored_headings, found, unanswered } = await ask(
          api.POST('/exchanges/{id}/answer', { params: { path: { id: exchange.id }, query: { file_id: file_id ?? undefined, dry_run } }, ...asTable(file) }),
        );
        return { rows, ignored: ignored_headings, note: <p>{say('exchangeOutcome', { found, unanswered: unanswered.length })}</p> };
      }}
    >
      <Form.Item name="file_id" label={say('verifyFile')} extra={say('exchangePaper')}>
        <FilePick institution={institution} />
      </Form.Item>
    </ImportDialog>
  );
}
