import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Input, Space } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Likeness, LikenessOutcome } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useMessages } from '~/app/messages.tsx';
import { ms, stampOf } from '~/time/zone.ts';
import { Refused } from '~/ui/Refused.tsx';
import { likenessQuery } from './queries.ts';
import { useLikenessWords } from './words.ts';

/** What a person decided, or the form to decide with. */
export function DecideLikeness({ likeness }: { likeness: Likeness }) {
  const say = useLikenessWords();
  const decides = useMay('decide_finding');
  const { state, decided_at, decided_by, reason } = likeness;
  return (
    <Card size="small" title={say('decide')} data-testid="likeness-decision">
      {state !== 'open' && (
        <Alert
          type={state === 'confirmed' ? 'warning' : 'success'}
          showIcon
          title={say('decidedBy', { by: decided_by?.display_name ?? '—', at: decided_at == null ? '—' : stampOf(ms(decided_at)), outcome: say(`state.${state}`) })}
          description={<span style={{ whiteSpace: 'pre-wrap' }}>{reason}</span>}
        />
      )}
      {state === 'open' && (decides ? <DecideForm id={likeness.id} /> : <Alert type="info" showIcon title={say('readOnly')} />)}
    </Card>
  );
}

function DecideForm({ id }: { id: string }) {
  const say = useLikenessWords();
  const client = useQueryClient();
  const message = useMessages();
  const [form] = Form.useForm<{ reason: string }>();
  const decide = useMutation({
    mutationFn: (body: { outcome: LikenessOutcome; reason: string }) => ask(api.POST('/likenesses/{id}/decision', { params: { path: { id } }, body })),
    onSuccess: async (likeness) => {
      client.setQueryData(likenessQuery(id).queryKey, likeness);
      message.success(say('decided'));
      await Promise.all(['likenesses', 'uploads', 'classes'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
  const submit = (outcome: LikenessOutcome) => async () => {
    const { reason } = await form.validateFields();
    decide.mutate({ outcome, reason: reason.trim() });
  };
  return (
    <Form form={form} layout="vertical">
      <Refused error={decide.error} />
      <Form.Item name="reason" label={say('reason')} rules={[{ required: true, whitespace: true, message: say('reasonNeeded') }]}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={2000} placeholder={say('reasonPlaceholder')} />
      </Form.Item>
      <Space wrap>
        <Button type="primary" danger loading={decide.isPending} onClick={() => void submit('confirmed')().catch(() => undefined)} data-testid="likeness-same">
          {say('same')}
        </Button>
        <Button loading={decide.isPending} onClick={() => void submit('dismissed')().catch(() => undefined)} data-testid="likeness-different">
          {say('different')}
        </Button>
      </Space>
    </Form>
  );
}
