import { useInfiniteQuery, useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Card, Skeleton, Table, type TableColumnsType } from 'antd';
import type { Conduct, InstitutionRef } from '~/api/schema.d.ts';
import { useTranslation } from '~/i18n/index.ts';
import { AlarmTag } from '~/ui/AlarmTag.tsx';
import { Loaded } from '~/ui/Loaded.tsx';
import { More } from '~/ui/More.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import { institutionsOf, nextStep } from './ladder.ts';
import { conductQuery, violationsQuery } from './queries.ts';
import { Teaching } from './Teaching.tsx';
import { useViolationWords } from './words.ts';

interface Line {
  institution: InstitutionRef;
  conduct: Conduct | undefined;
  failed: boolean;
}

/** How those institutions stand against whom a violation was confirmed: nobody else has measures before them (R7.5). */
export function ConductList() {
  const say = useViolationWords();
  const query = useInfiniteQuery(violationsQuery({ state: 'confirmed' }));
  return (
    <Card size="small" title={say('conducts')} styles={{ body: { padding: 0 } }}>
      <Loaded query={query}>{(confirmed) => <Lines institutions={institutionsOf(confirmed)} />}</Loaded>
      <More paged={query} />
    </Card>
  );
}

function Lines({ institutions }: { institutions: readonly InstitutionRef[] }) {
  const { t } = useTranslation();
  const say = useViolationWords();
  const conducts = useQueries({ queries: institutions.map((one) => conductQuery(one.id)) });
  const lines: Line[] = institutions.map((institution, n) => ({ institution, conduct: conducts[n]?.data, failed: conducts[n]?.isError ?? false }));
  const told = (of: (conduct: Conduct) => React.ReactNode) =>
    function Told(_: unknown, { conduct, failed }: Line) {
      if (conduct !== undefined) return of(conduct);
      return failed ? <span style={{ color: 'var(--red)' }}>{t('problem.server')}</span> : <Skeleton.Button size="small" active />;
    };
  const columns: TableColumnsType<Line> = [
    {
      title: say('institution'),
      render: (_, { institution }) => (
        <Link to="/violations/$institutionId" params={{ institutionId: institution.id }} style={{ fontWeight: 600 }}>
          {institution.name}
        </Link>
      ),
    },
    { title: say('teaching'), render: told((conduct) => <Teaching conduct={conduct} />) },
    { title: say('standing'), align: 'right', render: told((conduct) => conduct.violations.filter((one) => one.state === 'confirmed').length) },
    { title: say('charges'), align: 'right', render: told((conduct) => counted(conduct.violations.filter((one) => one.state === 'open').length)) },
    { title: say('due'), align: 'right', render: told((conduct) => counted(conduct.measures.filter((one) => nextStep(one, conduct.suspensions) !== null).length)) },
  ];
  return (
    <Table<Line>
      size="small"
      rowKey={({ institution }) => institution.id}
      columns={columns}
      dataSource={lines}
      pagination={lines.length > 50 ? { pageSize: 50, size: 'small' } : false}
      showHeader={lines.length > 0}
      scroll={lines.length > 0 ? { x: 'max-content' } : undefined}
      locale={{ emptyText: <Nothing what={say('conductsEmpty')} /> }}
    />
  );
}

function counted(count: number) {
  return count === 0 ? 0 : <AlarmTag>{count}</AlarmTag>;
}
