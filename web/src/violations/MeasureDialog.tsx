import 'dayjs/locale/zh-cn';
import { DatePicker, Form, Input } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Measure } from '~/api/schema.d.ts';
import { useNow } from '~/app/clock.ts';
import { useTranslation } from '~/i18n/index.ts';
import { dateOf } from '~/time/zone.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import type { NextStep } from './ladder.ts';
import { useViolationWords } from './words.ts';

interface StepForm {
  on: Dayjs;
  from?: Dayjs;
  /** The note, the document, the order's number or the reason, as the step has it. */
  words: string;
}

interface MeasureDialogProps {
  measure: Measure;
  step: Exclude<NextStep, null>;
  onClose: () => void;
}

const day = (date: Dayjs) => date.format('YYYY-MM-DD');

/** Takes the next step of a measure: carries it out, or reports, orders or lifts a suspension (R7.5). */
export function MeasureDialog({ measure, step, onClose }: MeasureDialogProps) {
  const { t } = useTranslation();
  const say = useViolationWords();
  const today = dayjs(dateOf(useNow()));
  const [form] = Form.useForm<StepForm>();
  const needed = [{ required: true, message: t('common.required') }];
  const params = { path: { id: measure.violation_id } };
  const words = {
    carry_out: { title: say('carryOut', { kind: say(`kind.${measure.kind}`) }), done: say('measureKept'), on: say('on'), words: say('note') },
    report: { title: say('report'), done: say('reported'), on: say('on'), words: say('document') },
    order: { title: say('order'), done: say('ordered'), on: say('orderOn'), words: say('orderNumber') },
    lift: { title: say('lift'), done: say('lifted'), on: say('liftOn'), words: say('reason') },
  }[step];
  return (
    <FormDialog<StepForm>
      title={words.title}
      form={form}
      initial={{ on: today, from: today }}
      done={words.done}
      stale={['institutions', 'classes']}
      // The server names the field as the step has it; here one field stands for all four.
      aim={({ field }) => (['note', 'document', 'number', 'reason'].includes(field) ? ['words'] : undefined)}
      onClose={onClose}
      send={({ on, from, words: text }): Promise<unknown> => {
        switch (step) {
          case 'carry_out':
            return measure.kind === 'suspension'
              ? Promise.resolve()
              : ask(api.POST('/violations/{id}/measures', { params, body: { kind: measure.kind, on: day(on), note: text } }));
          case 'report':
            return ask(api.POST('/violations/{id}/suspension', { params, body: { on: day(on), document: text } }));
          case 'order':
            return ask(api.POST('/violations/{id}/suspension/order', { params, body: { number: text, on: day(on), from: day(from ?? on) } }));
          case 'lift':
            return ask(api.POST('/violations/{id}/suspension/lifting', { params, body: { on: day(on), reason: text } }));
        }
      }}
    >
      <Form.Item name="on" label={words.on} rules={needed}>
        <DatePicker allowClear={false} style={{ width: '100%' }} />
      </Form.Item>
      {step === 'order' && (
        <Form.Item name="from" label={say('from')} extra={say('fromHint')} rules={needed}>
          <DatePicker allowClear={false} style={{ width: '100%' }} />
        </Form.Item>
      )}
      <Form.Item name="words" label={words.words} rules={[{ required: true, whitespace: true, message: t('common.required') }]}>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} maxLength={step === 'order' ? 200 : 2000} />
      </Form.Item>
    </FormDialog>
  );
}
