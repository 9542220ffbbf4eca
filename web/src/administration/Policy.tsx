import { EditOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Input, Segmented, Switch, Table, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { CurrentPolicy, PolicyNumber } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useText, useTranslation } from '~/i18n/index.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { Scrolled } from '~/ui/Scrolled.tsx';
import styles from './administration.module.css';
import { useFieldName, valueText } from './numbers.ts';
import { PolicyDialog } from './PolicyDialog.tsx';
import { PolicyHistory } from './PolicyHistory.tsx';
import { policyQuery } from './queries.ts';
import { useAdministrationWords } from './words.ts';

const VIEWS = ['numbers', 'history'] as const;

/** Every number that a decision rests on, beside the notice's own, and how they came to be. */
export function Policy() {
  const say = useAdministrationWords();
  const query = useQuery(policyQuery);
  const [view, setView] = useState<(typeof VIEWS)[number]>('numbers');
  return (
    <>
      <Segmented<(typeof VIEWS)[number]> value={view} onChange={setView} options={VIEWS.map((value) => ({ value, label: say(`policy.view.${value}`) }))} style={{ marginBottom: 10 }} />
      {view === 'history' ? <PolicyHistory /> : <Loaded query={query}>{(policy) => <Numbers policy={policy} />}</Loaded>}
    </>
  );
}

function Numbers({ policy: { version, numbers } }: { policy: CurrentPolicy }) {
  const { t } = useTranslation();
  const say = useAdministrationWords();
  const text = useText();
  const name = useFieldName();
  const edits = useMay('edit_policy');
  const [search, setSearch] = useState('');
  const [differing, setDiffering] = useState(false);
  const [editing, setEditing] = useState<PolicyNumber | null>(null);
  const wanted = search.trim().toLowerCase();
  const shown = numbers.filter((one) => {
    const said = [one.field, name(one.field), ...one.rules.flatMap((rule) => [rule.id, text(rule.title)])].join(' ').toLowerCase();
    return (!differing || one.differs) && said.includes(wanted);
  });
  const columns: TableColumnsType<PolicyNumber> = [
    {
      title: say('policy.number'),
      render: (_, one) => (
        <>
          <div>{name(one.field)}</div>
          <code style={{ fontSize: 12, color: 'var(--quiet)' }}>{one.field}</code>
        </>
      ),
    },
    { title: say('policy.value'), width: 130, render: (_, one) => <span className={`${styles.value ?? ''} ${one.differs ? (styles.differs ?? '') : ''}`}>{valueText(one.value)}</span> },
    { title: say('policy.notice'), width: 130, render: (_, one) => (one.differs ? <span className={styles.quiet}>{valueText(one.default)}</span> : <span className={styles.quiet}>{say('policy.same')}</span>) },
    {
      title: say('policy.rules'),
      render: (_, one) => (
        <Flex wrap gap={4}>
          {one.rules.map((rule) => (
            <Tag key={rule.id} title={rule.article} style={{ whiteSpace: 'normal', marginInlineEnd: 0 }}>
              {rule.id} {text(rule.title)}
            </Tag>
          ))}
        </Flex>
      ),
    },
    ...(edits
      ? [
          {
            title: t('common.actions'),
            width: 90,
            render: (_: unknown, one: PolicyNumber) => (
              <Button size="small" icon={<EditOutlined />} aria-label={say('policy.changeOf', { name: name(one.field) })} onClick={() => setEditing(one)} data-testid="change-number">
                {say('policy.change')}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <Flex wrap gap={12} align="center" style={{ marginBottom: 10 }}>
        <span className={styles.quiet}>{say('policy.inForce', { version: version.version, label: version.label === '' ? say('policy.noLabel') : version.label })}</span>
        <label style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}>
          <Switch size="small" checked={differing} onChange={setDiffering} />
          {say('policy.onlyDiffering', { count: numbers.filter((one) => one.differs).length })}
        </label>
        <Input.Search allowClear aria-label={say('policy.search')} placeholder={say('policy.search')} onChange={(event) => setSearch(event.target.value)} style={{ width: 240, marginInlineStart: 'auto' }} />
      </Flex>
      <Scrolled label={say('policy.view.numbers')}>
        <Table<PolicyNumber>
          size="small"
          rowKey="field"
          columns={columns}
          dataSource={shown}
          style={{ minWidth: shown.length > 0 ? 820 : undefined }}
          pagination={false}
          locale={{ emptyText: <Nothing what={say('policy.none')} /> }}
        />
      </Scrolled>
      {editing !== null && <PolicyDialog number={editing} version={version.version} onClose={() => setEditing(null)} />}
    </>
  );
}
