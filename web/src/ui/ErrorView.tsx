import { FileSearchOutlined, LockOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Problem } from '~/api/problem.ts';
import { useText, useTranslation } from '~/i18n/index.ts';
import { Notice } from './Notice.tsx';

interface ErrorViewProps {
  error: unknown;
  onRetry?: () => void;
}

/** What went wrong with a page or a part of one, and what can be done. */
export function ErrorView({ error, onRetry }: ErrorViewProps) {
  const { t } = useTranslation();
  const text = useText();
  const problem = error instanceof Problem ? error : null;
  const told = words(problem);
  const missing = problem?.status === 404;
  return (
    <Notice
      icon={missing ? <FileSearchOutlined /> : problem?.status === 403 ? <LockOutlined /> : <WarningOutlined />}
      title={t(told.title)}
      hint={
        <>
          <div>{problem?.text != null && ![403, 404].includes(problem.status) ? text(problem.text) : t(told.hint)}</div>
          {problem?.requestId != null && <code>{t('common.requestId', { id: problem.requestId })}</code>}
        </>
      }
      action={onRetry !== undefined && !missing && <Button onClick={onRetry}>{t('common.retry')}</Button>}
    />
  );
}

function words(problem: Problem | null) {
  if (problem === null) return { title: 'problem.crash', hint: 'problem.serverHint' } as const;
  switch (problem.status) {
    case 0:
      return { title: 'problem.network', hint: 'problem.networkHint' } as const;
    case 401:
      return { title: 'problem.signedOut', hint: 'problem.signedOut' } as const;
    case 403:
      return { title: 'problem.forbidden', hint: 'problem.forbiddenHint' } as const;
    case 404:
      return { title: 'problem.notFound', hint: 'problem.notFoundHint' } as const;
    default:
      return problem.status >= 500
        ? ({ title: 'problem.server', hint: 'problem.serverHint' } as const)
        : ({ title: 'problem.request', hint: 'problem.requestHint' } as const);
  }
}
