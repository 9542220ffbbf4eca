import { LinkOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { useTell } from '~/app/useProblem.ts';
import { useAuditWords } from './words.ts';

/** Has the server walk the whole chain, and says what came of it. */
export function ChainCheck() {
  const say = useAuditWords();
  const tell = useTell();
  const check = useMutation({ mutationFn: () => ask(api.GET('/audit/verify')), onError: tell });
  const report = check.data;
  return (
    <>
      {report !== undefined && (
        <Alert
          showIcon
          type={report.ok ? 'success' : 'error'}
          style={{ paddingBlock: 4 }}
          data-testid="chain-report"
          data-ok={report.ok}
          title={
            report.ok
              ? say('chainOk', { entries: report.entries })
              : `${say('chainBroken', { seq: report.first_broken ?? '?' })}。${say('chainBrokenHint')}`
          }
        />
      )}
      <Button icon={<LinkOutlined />} loading={check.isPending} onClick={() => check.mutate()} data-testid="check-chain">
        {say('chain')}
      </Button>
    </>
  );
}
