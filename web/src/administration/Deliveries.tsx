import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Segmented, Table, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Delivery, DeliveryState, Webhook } from '~/api/schema.d.ts';
import { useMessages } from '~/app/messages.tsx';
import { useTell } from '~/app/useProblem.ts';
import { useTranslation } from '~/i18n/index.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { More } from '~/ui/More.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Scrolled } from '~/ui/Scrolled.tsx';
import { isEventKind } from './eventKinds.ts';
import { deliveriesQuery } from './queries.ts';
import { useAdministrationWords } from './words.ts';

const COLOURS = { pending: 'processing', delivered: 'success', dead: 'error' } as const satisfies Record<DeliveryState, string>;
const SHOWN = ['all', 'dead', 'pending', 'delivered'] as const;

/** What was sent to a webhook, what is on its way, and what was given up and can be sent again. */
export function Deliveries({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useAdministrationWords();
  const message = useMessages();
  const client = useQueryClient();
  const tell = useTell();
  const query = useInfiniteQuery(deliveriesQuery(webhook.id));
  const [shown, setShown] = useState<(typeof SHOWN)[number]>(webhook.dead > 0 ? 'dead' : 'all');
  const resend = useMutation({
    mutationFn: (seq: number) => ask(api.POST('/webhooks/{id}/deliveries/{seq}', { params: { path: { id: webhook.id, seq } } })),
    onSuccess: async () => {
      message.success(say('delivery.resent'));
      await client.invalidateQueries({ queryKey: ['webhooks'] });
    },
    onError: tell,
  });
  const columns: TableColumnsType<Delivery> = [
    { title: t('common.time'), render: (_, { event }) => stampOf(ms(event.at)) },
    { title: say('delivery.event'), render: (_, { event }) => (isEventKind(event.type) ? say(`event.${event.type}`) : event.type) },
    { title: t('common.state'), render: (_, { state }) => <Tag color={COLOURS[state]} variant="filled">{say(`delivery.state.${state}`)}</Tag> },
    { title: say('delivery.attempts'), dataIndex: 'attempts', align: 'right' },
    { title: say('delivery.last'), render: (_, one) => one.last_error ?? (one.last_status == null ? '—' : `HTTP ${one.last_status}`) },
    { title: say('delivery.next'), render: (_, one) => (one.next_at == null ? '—' : stampOf(ms(one.next_at))) },
    {
      title: t('common.actions'),
      render: (_, { state, event }) =>
        state !== 'pending' && (
          <Button size="small" loading={resend.isPending && resend.variables === event.seq} onClick={() => resend.mutate(event.seq)} data-testid="resend">
            {say('delivery.resend')}
          </Button>
        ),
    },
  ];
  return (
    <Drawer open destroyOnHidden size={860} title={say('webhook.deliveries')} extra={<span style={{ wordBreak: 'break-all' }}>{new URL(webhook.url).host}</span>} onClose={onClose}>
      <p style={{ marginTop: 0, color: 'var(--quiet)' }}>{say('delivery.hint')}</p>
      <Segmented<(typeof SHOWN)[number]> value={shown} onChange={setShown} options={SHOWN.map((value) => ({ value, label: value === 'all' ? t('common.all') : say(`delivery.state.${value}`) }))} style={{ marginBottom: 10 }} />
      <Loaded query={query}>
        {(all) => {
          const deliveries = shown === 'all' ? all : all.filter(({ state }) => state === shown);
          return (
            <Scrolled label={say('webhook.deliveries')}>
              <Table<Delivery>
                size="small"
                rowKey={({ event }) => event.seq}
                columns={columns}
                dataSource={[...deliveries]}
                style={{ minWidth: deliveries.length > 0 ? 760 : undefined }}
                pagination={false}
                locale={{ emptyText: <Nothing what={say('delivery.empty')} /> }}
              />
            </Scrolled>
          );
        }}
      </Loaded>
      <More paged={query} />
    </Drawer>
  );
}
