import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Card, Descriptions } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Inspection } from '~/api/schema.d.ts';
import { useMay, useMe } from '~/app/access.ts';
import { FormLinks } from '~/files/FormLinks.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { SignDialog } from '~/sign/SignDialog.tsx';
import { ms, stampOf } from '~/time/zone.ts';
import { Columns, Page } from '~/ui/Page.tsx';
import { ChecklistView } from './ChecklistView.tsx';
import { InspectionDialog } from './InspectionDialog.tsx';
import { SheetStateTag } from './InspectionList.tsx';
import { inspectionQuery } from './queries.ts';
import { SignatureList } from './SignatureList.tsx';
import styles from './supervision.module.css';
import { useSupervisionWords } from './words.ts';

/** The sheet of an on-site inspection: what it says, and whose signature is missing. */
export function InspectionView({ sheet, onBack }: { sheet: Inspection; onBack: () => void }) {
  const { t } = useTranslation();
  const say = useSupervisionWords();
  const edits = useMay('supervise');
  const [editing, setEditing] = useState(false);
  return (
    <Page
      title={`${say('sheet')} · ${sheet.date}`}
      sub={<SheetStateTag state={sheet.state} />}
      onBack={onBack}
      tools={
        <>
          <FormLinks of={`/inspections/${sheet.id}`} label={say('formSheet')} />
          {edits && sheet.state === 'draft' && <Button onClick={() => setEditing(true)}>{say('sheetEdit')}</Button>}
        </>
      }
    >
      <Columns
        main={
          <Card size="small" title={say('checklist')}>
            <ChecklistView checklist={sheet.checklist} />
            {sheet.remark != null && (
              <div style={{ marginTop: 10 }}>
                <b>{say('remark')}</b>
                <div style={{ whiteSpace: 'pre-wrap' }}>{sheet.remark}</div>
              </div>
            )}
          </Card>
        }
        side={
          <>
            <Card size="small">
              <Descriptions
                size="small"
                column={1}
                items={[
                  {
                    key: 'class',
                    label: t('common.class'),
                    children: (
                      <Link to="/classes/$classId" params={{ classId: sheet.class.id }}>
                        {sheet.class.name}
                      </Link>
                    ),
                  },
                  { key: 'by', label: say('draftedBy'), children: sheet.drafted_by.display_name },
                  { key: 'at', label: say('changedAt'), children: stampOf(ms(sheet.updated_at)) },
                ]}
              />
            </Card>
            <Signing sheet={sheet} />
          </>
        }
      />
      {editing && <InspectionDialog classId={sheet.class.id} sheet={sheet} onClose={() => setEditing(false)} />}
    </Page>
  );
}

/** Everybody who is to sign, those who have, and the way to do it for whoever looks at it. */
function Signing({ sheet }: { sheet: Inspection }) {
  const say = useSupervisionWords();
  const me = useMe();
  const countersigns = useMay('countersign_inspection') && sheet.waits_for_institution;
  const inspects = sheet.inspectors.some(({ user, signed }) => user.id === me.user_id && !signed);
  const [signing, setSigning] = useState(false);
  return (
    <Card size="small" title={say('signatures')}>
      <ul className={styles.waiting}>
        {sheet.inspectors.map(({ user, signed }) => (
          <li key={user.id} data-signed={signed}>
            {user.display_name} · {say('capacity.inspector')} <span>{say(signed ? 'hasSigned' : 'waits')}</span>
          </li>
        ))}
        <li data-signed={!sheet.waits_for_institution}>
          {say('capacity.institution_manager')} <span>{say(sheet.waits_for_institution ? 'waits' : 'hasSigned')}</span>
        </li>
      </ul>
      {(inspects || countersigns) && (
        <>
          {sheet.state === 'draft' && <Alert type="info" showIcon title={say('signFixes')} style={{ margin: '10px 0' }} />}
          <Button type="primary" block onClick={() => setSigning(true)} style={{ marginTop: 8 }} data-testid="sign-sheet">
            {say(inspects ? 'signAsInspector' : 'signAsInstitution')}
          </Button>
        </>
      )}
      {sheet.signatures.length > 0 && (
        <div style={{ marginTop: 14 }}>
          <SignatureList signatures={sheet.signatures} />
        </div>
      )}
      {signing && <SignSheet sheet={sheet} inspects={inspects} onClose={() => setSigning(false)} />}
    </Card>
  );
}

function SignSheet({ sheet, inspects, onClose }: { sheet: Inspection; inspects: boolean; onClose: () => void }) {
  const say = useSupervisionWords();
  const client = useQueryClient();
  const params = { path: { id: sheet.id } };
  return (
    <SignDialog
      title={say(inspects ? 'signAsInspector' : 'signAsInstitution')}
      hint={`${sheet.class.name} · ${say('sheet')} · ${sheet.date}`}
      done={say('sheetSigned')}
      stale={['classes', 'inspections']}
      onClose={onClose}
      send={async (_, signing) => {
        const signed = await ask(
          inspects ? api.POST('/inspections/{id}/signatures', { params, body: { signing } }) : api.POST('/inspections/{id}/countersignature', { params, body: { signing } }),
        );
        client.setQueryData(inspectionQuery(sheet.id).queryKey, signed);
      }}
    />
  );
}
