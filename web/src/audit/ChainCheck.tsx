import { LinkOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { useTell } from '~/app/useProblem.ts';
import { useTranslation } from '~/i18n/index.ts';

/** Has the server walk the whole chain, and says what came of it. */
export function ChainCheck() {
  const { t } = useTranslation();
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
              ? t('audit.chainOk', { entries: report.entries })
              : `${t('audit.chainBroken', { seq: report.first_broken ?? '?' })}。${t('audit.chainBrokenHint')}`
          }
        />
      )}
      <Button icon={<LinkOutlined />} loading={check.isPending} onClick={() => check.mutate()} data-testid="check-chain">
        {t('audit.chain')}
      </Button>
    </>
  );
}
