import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Input, Space } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { findingQuery } from '~/api/queries.ts';
import type { Finding, Outcome } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useMessages } from '~/app/messages.tsx';
import { useSentence } from '~/app/useProblem.ts';
import { useTranslation } from '~/i18n/index.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { useFindingWords } from './words.ts';

/** What a person decided, or the form to decide with. */
export function Decide({ finding }: { finding: Finding }) {
  const say = useFindingWords();
  const decides = useMay('decide_finding');
  return (
    <Card size="small" title={say('decide')} data-testid="decision">
      {finding.decision != null && <Decided finding={finding} />}
      {finding.state === 'withdrawn' && <Alert type="info" showIcon title={say('withdrawnHint')} />}
      {finding.state === 'open' && (decides ? <DecideForm id={finding.id} /> : <Alert type="info" showIcon title={say('readOnly')} />)}
    </Card>
  );
}

function Decided({ finding }: { finding: Finding }) {
  const { t } = useTranslation();
  const say = useFindingWords();
  const { decision } = finding;
  if (decision == null) return null;
  return (
    <Alert
      type={decision.outcome === 'confirmed' ? 'warning' : 'success'}
      showIcon
      title={say('decidedBy', { by: decision.by.display_name, at: stampOf(ms(decision.at)), outcome: t(`findings.state.${decision.outcome}`) })}
      description={<span style={{ whiteSpace: 'pre-wrap' }}>{decision.reason}</span>}
    />
  );
}

function DecideForm({ id }: { id: string }) {
  const say = useFindingWords();
  const client = useQueryClient();
  const message = useMessages();
  const sentence = useSentence();
  const [form] = Form.useForm<{ reason: string }>();
  const decide = useMutation({
    mutationFn: (body: { outcome: Outcome; reason: string }) => ask(api.POST('/findings/{id}/decision', { params: { path: { id } }, body })),
    onSuccess: async (finding) => {
      client.setQueryData(findingQuery(id).queryKey, finding);
      message.success(say('decided'));
      await Promise.all(['findings', 'classes', 'days', 'cameras'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
  const submit = (outcome: Outcome) => async () => {
    const { reason } = await form.validateFields();
    decide.mutate({ outcome, reason: reason.trim() });
  };
  return (
    <Form form={form} layout="vertical">
      {decide.isError && <Alert type="error" showIcon title={sentence(decide.error)} style={{ marginBottom: 12 }} />}
      <Form.Item name="reason" label={say('reason')} rules={[{ required: true, whitespace: true, message: say('reasonNeeded') }]}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={1000} showCount placeholder={say('reasonPlaceholder')} />
      </Form.Item>
      <Space>
        <Button type="primary" danger loading={decide.isPending} onClick={() => void submit('confirmed')().catch(() => undefined)} data-testid="confirm">
          {say('confirm')}
        </Button>
        <Button loading={decide.isPending} onClick={() => void submit('dismissed')().catch(() => undefined)} data-testid="dismiss">
          {say('dismiss')}
        </Button>
      </Space>
    </Form>
  );
}
