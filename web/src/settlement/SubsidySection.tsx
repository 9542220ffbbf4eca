import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Collapse, Table, Tag, type TableColumnsType } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Class, Subsidy, SubsidyLine } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useMessages } from '~/app/messages.tsx';
import { useText, useTranslation } from '~/i18n/index.ts';
import { RuleFindings } from '~/rules/RuleFindings.tsx';
import { ms, stampOf } from '~/time/zone.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { Refused } from '~/ui/Refused.tsx';
import { yuan } from './money.ts';
import { subsidiesQuery } from './queries.ts';
import { Empty, Section } from './Section.tsx';
import styles from './settlement.module.css';
import { useSettlementWords } from './words.ts';

/** R9.4: what the class is worth, a line a student. */
export function SubsidySection({ one }: { one: Class }) {
  const say = useSettlementWords();
  const message = useMessages();
  const client = useQueryClient();
  const reckons = useMay('reckon_subsidy');
  const query = useQuery(subsidiesQuery(one.id));
  const reckon = useMutation({
    mutationFn: () => ask(api.POST('/classes/{id}/subsidies', { params: { path: { id: one.id } } })),
    onSuccess: async () => {
      message.success(say('reckoned'));
      await client.invalidateQueries({ queryKey: ['classes', one.id] });
    },
  });
  const done = (query.data?.length ?? 0) > 0;
  return (
    <Section
      id="subsidy"
      title={say('subsidy')}
      hint={say('subsidyHint')}
      tools={
        reckons && (
          <Button size="small" type={done ? 'default' : 'primary'} loading={reckon.isPending} onClick={() => reckon.mutate()} data-testid="reckon">
            {say(done ? 'reckonAgain' : 'reckon')}
          </Button>
        )
      }
    >
      <Refused error={reckon.error} />
      <Loaded query={query}>
        {(subsidies) => {
          const newest = subsidies.at(-1);
          if (newest === undefined) return <Empty what={say('subsidyNone')} />;
          const earlier = subsidies.slice(0, -1).toReversed();
          return (
            <>
              <Reckoning subsidy={newest} />
              {earlier.length > 0 && (
                <Collapse
                  size="small"
                  ghost
                  items={[
                    {
                      key: 'earlier',
                      label: `${say('earlier')}（${earlier.length}）`,
                      children: earlier.map((subsidy) => (
                        <div key={subsidy.id}>
                          {stampOf(ms(subsidy.reckoned_at))} · {say('sum', { yuan: yuan(subsidy.total_fen) })} · {subsidy.reckoned_by.display_name}
                        </div>
                      )),
                    },
                  ]}
                />
              )}
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}

function Reckoning({ subsidy }: { subsidy: Subsidy }) {
  const { t } = useTranslation();
  const say = useSettlementWords();
  const text = useText();
  const columns: TableColumnsType<SubsidyLine> = [
    { title: t('common.student'), render: (_, line) => line.student.name },
    { title: say('amount'), align: 'right', render: (_, line) => <span className={line.amount_fen === 0 ? styles.missing : undefined}>{yuan(line.amount_fen)}</span> },
    {
      title: say('reasons'),
      render: (_, line) =>
        line.reasons.length === 0 ? (
          '—'
        ) : (
          <ul className={`${styles.reasons} ${styles.told}`}>
            {line.reasons.map((reason, n) => (
              <li key={`${n} ${reason.code}`}>{text(reason.text)}</li>
            ))}
          </ul>
        ),
    },
  ];
  const paid = subsidy.lines.filter((line) => line.amount_fen > 0).length;
  return (
    <div data-testid="reckoning" data-payable={subsidy.payable}>
      <div className={styles.one}>
        <span className={styles.big} data-testid="subsidy-total">
          {say('sum', { yuan: yuan(subsidy.total_fen) })}
        </span>
        <span>{say('paidCount', { paid, all: subsidy.lines.length })}</span>
        <Tag color={subsidy.payable ? 'success' : 'error'} variant="filled">
          {say(subsidy.payable ? 'payable' : 'notPayable')}
        </Tag>
      </div>
      <p className={styles.quiet}>
        {say('reckonedBy', { name: subsidy.reckoned_by.display_name, at: stampOf(ms(subsidy.reckoned_at)), yuan: yuan(subsidy.standard_fen), version: subsidy.policy_version })}
      </p>
      {subsidy.blocked.length > 0 && (
        <div className={styles.box} data-tone="bad" style={{ marginBottom: 10 }}>
          <b>{say('blocked')}</b>
          <RuleFindings findings={subsidy.blocked} />
        </div>
      )}
      <Table<SubsidyLine>
        size="small"
        rowKey={(line) => line.student.student_id}
        columns={columns}
        dataSource={[...subsidy.lines]}
        pagination={subsidy.lines.length > 50 ? { pageSize: 50, size: 'small' } : false}
        scroll={{ x: 'max-content' }}
        summary={() => (
          <Table.Summary.Row>
            <Table.Summary.Cell index={0}>
              <b>{say('total')}</b>
            </Table.Summary.Cell>
            <Table.Summary.Cell index={1} align="right">
              <b>{yuan(subsidy.total_fen)}</b>
            </Table.Summary.Cell>
            <Table.Summary.Cell index={2} />
          </Table.Summary.Row>
        )}
      />
    </div>
  );
}
