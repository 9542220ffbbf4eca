import { CheckCircleFilled, SafetyCertificateOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Card, Typography } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Clip, VerifyOutcome } from '~/api/schema.d.ts';
import { useSentence } from '~/app/useProblem.ts';
import { useText } from '~/i18n/index.ts';
import { dateOf, ms, stampOf } from '~/time/zone.ts';
import { useClipWords } from './words.ts';

const LOOKS: Record<VerifyOutcome, 'success' | 'warning' | 'error'> = {
  good: 'success', tampered: 'error', truncated: 'warning', missing: 'error', bad_signature: 'error',
};

/** Verifying on the server, and how to do it without one. */
export function VerifyCard({ clip }: { clip: Clip }) {
  const say = useClipWords();
  const text = useText();
  const sentence = useSentence();
  const verify = useMutation({ mutationFn: () => ask(api.POST('/clips/{id}/verify', { params: { path: { id: clip.id } } })) });
  const result = verify.data;
  const name = `duxue-${dateOf(ms(clip.session.starts_at))}-${clip.id}`;
  return (
    <Card size="small" title={say('verify')}>
      <Button type="primary" icon={<SafetyCertificateOutlined />} loading={verify.isPending} onClick={() => verify.mutate()} block data-testid="verify">
        {say(verify.isPending ? 'verifying' : 'verify')}
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
          title={<b>{say(`outcome.${result.outcome}`)}</b>}
          description={
            <>
              <div>{text(result.detail)}</div>
              <small>{say('checkedAt', { at: stampOf(ms(result.checked_at)) })}</small>
            </>
          }
        />
      )}
      <Typography.Title level={5} style={{ fontSize: 14, margin: '16px 0 4px' }}>
        {say('offline')}
      </Typography.Title>
      <Typography.Paragraph style={{ fontSize: 13, marginBottom: 6 }}>{say('offlineHint')}</Typography.Paragraph>
      <Typography.Paragraph code copyable style={{ fontSize: 12, marginBottom: 6, wordBreak: 'break-all' }}>
        {`duxue verify ${name}.mp4 --seal ${name}.seal.json --key duxue-public-key.pem`}
      </Typography.Paragraph>
      <Typography.Text type="secondary" style={{ fontSize: 12.5 }}>
        {say('offlineAnswers')}
      </Typography.Text>
    </Card>
  );
}
