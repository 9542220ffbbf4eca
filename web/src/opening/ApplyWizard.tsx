import { useQuery } from '@tanstack/react-query';
import { Alert, Form, Input, Select } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { peopleQuery, usersQuery } from '~/api/queries.ts';
import type { Class, OpeningDossier } from '~/api/schema.d.ts';
import { useMay, useMe } from '~/app/access.ts';
import { useTranslation } from '~/i18n/index.ts';
import { WizardDialog } from '~/ui/WizardDialog.tsx';
import { aimApplication, toApplication, type ApplicationForm } from './application.ts';
import styles from './opening.module.css';
import { RoomFields } from './RoomFields.tsx';
import { useOpeningWords } from './words.ts';

interface ApplyWizardProps {
  one: Class;
  dossier: OpeningDossier;
  onClose: () => void;
}

/** R6.1 and R2.2: the institution applies, with names, people and the rooms measured. */
export function ApplyWizard({ one, dossier, onClose }: ApplyWizardProps) {
  const { t } = useTranslation();
  const say = useOpeningWords();
  const people = usePeople(one.institution.id);
  const [form] = Form.useForm<ApplicationForm>();
  const needed = [{ required: true, message: t('common.required') }];
  return (
    <WizardDialog<ApplicationForm>
      title={say('act.application')}
      form={form}
      initial={{ online_name: dossier.name, rooms: dossier.venues.map((venue) => ({ venue_id: venue.id })) as ApplicationForm['rooms'] }}
      ok={say('act.application')}
      done={say('applied')}
      stale={['classes']}
      aim={aimApplication}
      onClose={onClose}
      send={(values) => ask(api.POST('/classes/{id}/opening/application', { params: { path: { id: one.id } }, body: toApplication(values, dossier.revision) }))}
      steps={[
        {
          title: say('names'),
          fields: ['online_name', 'platform_number', 'liaison_id', 'class_manager_id'],
          content: (
            <div className={styles.pair}>
              <Form.Item name="online_name" label={say('onlineName')} rules={needed}>
                <Input maxLength={100} />
              </Form.Item>
              <Form.Item name="platform_number" label={say('platformNumber')} rules={needed}>
                <Input maxLength={100} />
              </Form.Item>
              <Form.Item name="liaison_id" label={say('liaison')} extra={say('peopleHint')}>
                <Select allowClear options={people} />
              </Form.Item>
              <Form.Item name="class_manager_id" label={say('classManager')}>
                <Select allowClear options={people} />
              </Form.Item>
            </div>
          ),
        },
        {
          title: say('rooms'),
          fields: ['rooms'],
          content: (
            <>
              <p className={styles.about}>{say('roomHint')}</p>
              {dossier.venues.map((venue, index) => (
                <RoomFields key={venue.id} venue={venue} index={index} />
              ))}
            </>
          ),
        },
        { title: say('confirm'), fields: [], content: <Alert type="info" showIcon title={dossier.name} description={say('confirmHint')} /> },
      ]}
    />
  );
}

/** Who can be named: whom the reader works with where it is their institution; else everybody of it, for those who may list users. */
function usePeople(institution: string): { value: string; label: string }[] {
  const say = useOpeningWords();
  const me = useMe();
  const readsUsers = useMay('edit_user');
  const own = me.institution?.id === institution;
  const colleagues = useQuery({ ...peopleQuery, enabled: own }).data ?? [];
  const users = useQuery({ ...usersQuery, enabled: !own && readsUsers }).data ?? [];
  const people = own ? colleagues : users.filter((user) => user.institution?.id === institution);
  return people.map(({ id, display_name }) => ({ value: id, label: id === me.user_id ? say('me', { name: display_name }) : display_name }));
}
