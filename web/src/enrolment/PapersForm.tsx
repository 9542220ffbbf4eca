import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { StudentPapers } from '~/api/schema.d.ts';
import { useMessages } from '~/app/messages.tsx';
import { Refused } from '~/ui/Refused.tsx';
import { useRefusal } from '~/ui/useFieldProblems.ts';
import { startPapers, toPapers, type PapersForm as Values } from './papers.ts';
import { PapersFields } from './PapersFields.tsx';
import { useEnrolmentWords } from './words.ts';

/** A student's papers, to be changed and saved as a whole. */
export function PapersForm({ papers, classId }: { papers: StudentPapers; classId: string }) {
  const say = useEnrolmentWords();
  const message = useMessages();
  const client = useQueryClient();
  const [form] = Form.useForm<Values>();
  const refusal = useRefusal(form);
  const save = useMutation({
    mutationFn: (values: Values) => ask(api.PUT('/students/{id}/papers', { params: { path: { id: papers.student.student_id } }, body: toPapers(values, papers.revision) })),
    onSuccess: async () => {
      message.success(say('saved'));
      form.setFieldValue('id_number', '');
      await client.invalidateQueries({ queryKey: ['classes', classId] });
    },
    onError: refusal.take,
  });
  return (
    <Form<Values> form={form} layout="vertical" initialValues={startPapers(papers)} onFinish={(values) => save.mutate(values)}>
      <Refused error={save.error} left={refusal.left} />
      <PapersFields papers={papers} />
      <Button type="primary" htmlType="submit" loading={save.isPending} data-testid="save-papers">
        {say('save')}
      </Button>
    </Form>
  );
}
