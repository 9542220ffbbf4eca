import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Class } from '~/api/schema.d.ts';
import { useMessages } from '~/app/messages.tsx';
import { FilePick } from '~/files/FilePick.tsx';
import { Refused } from '~/ui/Refused.tsx';
import { useRefusal } from '~/ui/useFieldProblems.ts';
import { useMessageWords } from './words.ts';

interface Written {
  text: string;
  files?: (string | null | undefined)[];
}

/** Writes to the other side, with files of the institution. */
export function WriteMessage({ one }: { one: Class }) {
  const say = useMessageWords();
  const message = useMessages();
  const client = useQueryClient();
  const [form] = Form.useForm<Written>();
  const refusal = useRefusal(form);
  const send = useMutation({
    mutationFn: ({ text, files }: Written) =>
      ask(api.POST('/classes/{id}/messages', { params: { path: { id: one.id } }, body: { text, files: (files ?? []).flatMap((file) => file ?? []) } })),
    onSuccess: async () => {
      message.success(say('sent'));
      form.resetFields();
      await client.invalidateQueries({ queryKey: ['classes', one.id, 'messages'] });
    },
    onError: refusal.take,
  });
  return (
    <Form<Written> form={form} layout="vertical" onFinish={(written) => send.mutate(written)} style={{ maxWidth: 720 }}>
      <Refused error={send.error} left={refusal.left} />
      <Form.Item name="text" label={say('write')} rules={[{ required: true, whitespace: true, message: say('needed') }]}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={5000} />
      </Form.Item>
      <Form.List name="files">
        {(fields, { add }) => (
          <>
            {fields.map((field) => (
              <Form.Item key={field.key} name={field.name} label={`${say('files')} ${field.name + 1}`}>
                <FilePick institution={one.institution.id} label={`${say('files')} ${field.name + 1}`} />
              </Form.Item>
            ))}
            <Button size="small" type="dashed" onClick={() => add(null)} style={{ marginInlineEnd: 8 }}>
              {say('attach')}
            </Button>
          </>
        )}
      </Form.List>
      <Button type="primary" htmlType="submit" loading={send.isPending} data-testid="send-message">
        {say('send')}
      </Button>
    </Form>
  );
}
