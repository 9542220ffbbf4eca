import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { SubsidyStandard } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useNow } from '~/app/clock.ts';
import { useTranslation } from '~/i18n/index.ts';
import { fenOf, yuan } from '~/settlement/money.ts';
import { dateOf, ms, stampOf } from '~/time/zone.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { More } from '~/ui/More.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Bar } from './Bar.tsx';
import { standardsQuery } from './queries.ts';
import { useCatalogueWords } from './words.ts';

const MOST_FEN = 10_000_000;

/** R9.4: what a student of a major is worth in a year. */
export function Standards() {
  const say = useCatalogueWords();
  const sets = useMay('reckon_subsidy');
  const query = useInfiniteQuery(standardsQuery);
  const [setting, setSetting] = useState(false);
  const columns: TableColumnsType<SubsidyStandard> = [
    { title: say('year'), dataIndex: 'year' },
    { title: say('major'), dataIndex: 'major' },
    { title: say('amount'), align: 'right', render: (_, one) => yuan(one.amount_fen) },
    { title: say('document'), dataIndex: 'document' },
    { title: say('setBy'), render: (_, one) => `${one.set_by.display_name} · ${stampOf(ms(one.set_at))}` },
  ];
  return (
    <>
      <Bar hint={say('standardsHint')}>
        {sets && (
          <Button type="primary" onClick={() => setSetting(true)} data-testid="set-standard">
            {say('standardSet')}
          </Button>
        )}
      </Bar>
      <Loaded query={query}>
        {(standards) => (
          <>
            <Table<SubsidyStandard>
              size="small"
              rowKey="id"
              columns={columns}
              dataSource={[...standards]}
              showHeader={standards.length > 0}
              scroll={standards.length > 0 ? { x: 'max-content' } : undefined}
              pagination={{ pageSize: 50, size: 'small', hideOnSinglePage: true }}
              locale={{ emptyText: <Nothing what={say('standardsEmpty')} /> }}
            />
            <More paged={query} />
          </>
        )}
      </Loaded>
      {setting && <SetStandard onClose={() => setSetting(false)} />}
    </>
  );
}

interface StandardForm {
  major: string;
  year: number;
  amount_fen: string;
  document: string;
}

function SetStandard({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const say = useCatalogueWords();
  const year = Number(dateOf(useNow()).slice(0, 4));
  const [form] = Form.useForm<StandardForm>();
  const needed = { required: true, message: t('common.required') };
  const inFen = (typed: string): number => fenOf(typed) ?? 0;
  return (
    <FormDialog<StandardForm>
      title={say('standardSet')}
      hint={say('standardsHint')}
      form={form}
      initial={{ year }}
      done={say('standardKept')}
      stale={['subsidy-standards']}
      onClose={onClose}
      send={({ amount_fen, ...rest }) => ask(api.POST('/subsidy-standards', { body: { ...rest, amount_fen: inFen(amount_fen) } }))}
    >
      <Form.Item name="major" label={say('major')} rules={[{ ...needed, whitespace: true }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="year" label={say('year')} rules={[needed]}>
        <InputNumber min={2000} max={2200} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item
        name="amount_fen"
        label={say('amount')}
        rules={[
          needed,
          {
            validator: (_, typed: string | undefined) =>
              typed === undefined || typed === '' || (inFen(typed) > 0 && inFen(typed) <= MOST_FEN) ? Promise.resolve() : Promise.reject(new Error(say('amountWrong'))),
          },
        ]}
      >
        <Input inputMode="decimal" maxLength={12} />
      </Form.Item>
      <Form.Item name="document" label={say('document')} rules={[{ ...needed, whitespace: true }]}>
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  );
}
