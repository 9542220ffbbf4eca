import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Form, Input, Select, Table, Tag, Typography, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { NewWebhook, Webhook, WebhookWithSecret } from '~/api/schema.d.ts';
import { Bar } from '~/catalogue/Bar.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { FormDialog } from '~/ui/FormDialog.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { OnceShown } from '~/ui/OnceShown.tsx';
import { SureButton } from '~/users/SureButton.tsx';
import { Scrolled } from '~/ui/Scrolled.tsx';
import { Deliveries } from './Deliveries.tsx';
import { EVENT_KINDS, isEventKind } from './eventKinds.ts';
import { webhooksQuery } from './queries.ts';
import { useAdministrationWords } from './words.ts';

/** Where events are sent, and whether they arrive. */
export function Webhooks() {
  const { t } = useTranslation();
  const say = useAdministrationWords();
  const query = useQuery(webhooksQuery);
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<WebhookWithSecret | null>(null);
  const [open, setOpen] = useState<Webhook | null>(null);
  const columns: TableColumnsType<Webhook> = [
    {
      title: say('webhook.url'),
      render: (_, hook) => (
        <Typography.Text copyable={{ text: hook.url }} style={{ wordBreak: 'break-all' }}>
          {hook.url}
        </Typography.Text>
      ),
    },
    {
      title: say('webhook.kinds'),
      render: (_, hook) => (
        <Flex wrap gap={4}>
          {hook.kinds.length === 0 ? say('webhook.all') : hook.kinds.map((kind) => <Tag key={kind} style={{ marginInlineEnd: 0 }}>{isEventKind(kind) ? say(`event.${kind}`) : kind}</Tag>)}
        </Flex>
      ),
    },
    {
      title: t('common.state'),
      render: (_, hook) => (
        <Flex vertical gap={2} align="start">
          {hook.dead > 0 && <Tag color="error" variant="filled">{say('webhook.dead', { count: hook.dead })}</Tag>}
          {hook.pending > 0 && <Tag color="processing" variant="filled">{say('webhook.pending', { count: hook.pending })}</Tag>}
          {hook.dead === 0 && hook.pending === 0 && <Tag color="success" variant="filled">{say('webhook.fine')}</Tag>}
          {hook.earlier_until != null && <span style={{ fontSize: 12, color: 'var(--quiet)' }}>{say('webhook.earlierUntil', { at: stampOf(ms(hook.earlier_until)) })}</span>}
        </Flex>
      ),
    },
    { title: say('webhook.by'), render: (_, hook) => `${hook.created_by.display_name} · ${stampOf(ms(hook.created_at)).slice(0, 16)}` },
    {
      title: t('common.actions'),
      render: (_, hook) => (
        <Flex gap={6} wrap>
          <Button size="small" onClick={() => setOpen(hook)} data-testid="deliveries">
            {say('webhook.deliveries')}
          </Button>
          <SureButton
            label={say('webhook.rotate')}
            sure={say('webhook.rotateSure')}
            stale="webhooks"
            act={async () => setMade(await ask(api.POST('/webhooks/{id}/secret', { params: { path: { id: hook.id } } })))}
          />
          <SureButton
            label={t('common.remove')}
            sure={say('webhook.removeSure')}
            done={say('webhook.removed')}
            danger
            stale="webhooks"
            act={() => ask(api.DELETE('/webhooks/{id}', { params: { path: { id: hook.id } } }))}
          />
        </Flex>
      ),
    },
  ];
  return (
    <>
      <Bar hint={say('webhook.hint')}>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)} data-testid="add-webhook">
          {say('webhook.add')}
        </Button>
      </Bar>
      <Loaded query={query}>
        {(hooks) => (
          <Scrolled label={say('tab.webhooks')}>
            <Table<Webhook>
              size="small"
              rowKey="id"
              columns={columns}
              dataSource={[...hooks]}
              style={{ minWidth: hooks.length > 0 ? 900 : undefined }}
              pagination={false}
              locale={{ emptyText: <Nothing what={say('webhook.empty')} hint={say('webhook.emptyHint')} /> }}
            />
          </Scrolled>
        )}
      </Loaded>
      {adding && <Add onMade={setMade} onClose={() => setAdding(false)} />}
      {made !== null && <OnceShown title={say('webhook.secret')} hint={say('webhook.secretHint')} lines={[made.secret]} kept={say('webhook.secretKept')} onClose={() => setMade(null)} />}
      {open !== null && <Deliveries webhook={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function Add({ onMade, onClose }: { onMade: (made: WebhookWithSecret) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useAdministrationWords();
  const [form] = Form.useForm<NewWebhook>();
  return (
    <FormDialog<NewWebhook>
      title={say('webhook.add')}
      hint={say('webhook.addHint')}
      form={form}
      initial={{ kinds: [] }}
      done={say('webhook.added')}
      stale={['webhooks']}
      onClose={onClose}
      send={async (body) => onMade(await ask(api.POST('/webhooks', { body })))}
    >
      <Form.Item name="url" label={say('webhook.url')} rules={[{ required: true, message: t('common.required') }]}>
        <Input maxLength={2000} placeholder="https://" inputMode="url" autoComplete="off" />
      </Form.Item>
      <Form.Item name="kinds" label={say('webhook.kinds')} extra={say('webhook.kindsHint')}>
        <Select mode="multiple" allowClear placeholder={say('webhook.all')} options={EVENT_KINDS.map((kind) => ({ value: kind, label: say(`event.${kind}`) }))} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
    </FormDialog>
  );
}
