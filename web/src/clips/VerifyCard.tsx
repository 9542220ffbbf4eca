import { CheckCircleFilled, SafetyCertificateOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Card, Typography } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Clip, VerifyOutcome } from '~/api/schema.d.ts';
import { useSentence } from '~/app/useProblem.ts';
import { useText, useTranslation } from '~/i18n/index.ts';
import { dateOf, ms, stampOf } from '~/time/zone.ts';

const LOOKS: Record<VerifyOutcome, 'success' | 'warning' | 'error'> = {
  good: 'success', tampered: 'error', truncated: 'warning', missing: 'error', bad_signature: 'error',
};

/** Verifying on the server, and how to do it without one. */
export function VerifyCard({ clip }: { clip: Clip }) {
  const { t } = useTranslation();
  const text = useText();
  const sentence = useSentence();
  const verify = useMutation({ mutationFn: () => ask(api.POST('/clips/{id}/verify', { params: { path: { id: clip.id } } })) });
  const result = verify.data;
  const name = `duxue-${dateOf(ms(clip.session.starts_at))}-${clip.id}`;
  return (
    <Card size="small" title={t('clips.verify')}>
      <Button type="primary" icon={<SafetyCertificateOutlined />} loading={verify.isPending} onClick={() => verify.mutate()} block data-testid="verify">
        {t(verify.isPending ? 'clips.verifying' : 'clips.verify')}
      </Button>
      {verify.isError && <Alert style={{ marginTop: 10 }} type="error" showIcon title={sentence(verify.error)} />}
      {result !== undefined && (
        <Alert
          style={{ marginTop: 10 }}
          type={LOOKS[result.outcome]}
          showIcon
          icon={result.outcome === 'good' ? <CheckCircleFilled /> : undefined}
          data-testid="verify-result"
          data-outcome={result.outcome}
          title={<b>{t(`clips.outcome.${result.outcome}`)}</b>}
          description={
            <>
              <div>{text(result.detail)}</div>
              <small>{t('clips.checkedAt', { at: stampOf(ms(result.checked_at)) })}</small>
            </>
          }
        />
      )}
      <Typography.Title level={5} style={{ fontSize: 14, margin: '16px 0 4px' }}>
        {t('clips.offline')}
      </Typography.Title>
      <Typography.Paragraph style={{ fontSize: 13, marginBottom: 6 }}>{t('clips.offlineHint')}</Typography.Paragraph>
      <Typography.Paragraph code copyable style={{ fontSize: 12, marginBottom: 6, wordBreak: 'break-all' }}>
        {`duxue verify ${name}.mp4 --seal ${name}.seal.json --key duxue-public-key.pem`}
      </Typography.Paragraph>
      <Typography.Text type="secondary" style={{ fontSize: 12.5 }}>
        {t('clips.offlineAnswers')}
      </Typography.Text>
    </Card>
  );
}
