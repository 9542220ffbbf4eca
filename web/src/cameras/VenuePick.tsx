import { PlusOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Divider, Input, Select, Space } from 'antd';
import { useState } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { institutionsQuery, venuesQuery } from '~/api/queries.ts';
import { useMay } from '~/app/access.ts';
import { useMessages } from '~/app/messages.tsx';
import { useTell } from '~/app/useProblem.ts';
import { useTranslation } from '~/i18n/index.ts';
import { useCameraWords } from './words.ts';

interface VenuePickProps {
  id?: string;
  value?: string;
  onChange?: (venue: string) => void;
  /** Only venues of this institution. */
  institution?: string;
}

/** Chooses a venue, or adds one on the way. */
export function VenuePick({ id, value, onChange, institution }: VenuePickProps) {
  const adds = useMay('edit_class');
  const venues = useQuery(venuesQuery).data?.filter((venue) => institution === undefined || venue.institution.id === institution);
  return (
    <Select<string>
      id={id}
      value={value}
      onChange={onChange}
      showSearch={{ optionFilterProp: 'label' }}
      options={venues?.map((venue) => ({ value: venue.id, label: `${venue.institution.name} · ${venue.name}` }))}
      popupRender={(menu) => (
        <>
          {menu}
          {adds && <AddVenue institution={institution} onAdded={(venue) => onChange?.(venue)} />}
        </>
      )}
    />
  );
}

function AddVenue({ institution, onAdded }: { institution: string | undefined; onAdded: (venue: string) => void }) {
  const { t } = useTranslation();
  const say = useCameraWords();
  const message = useMessages();
  const client = useQueryClient();
  const tell = useTell();
  const institutions = useQuery(institutionsQuery).data;
  const [owner, setOwner] = useState(institution);
  const [name, setName] = useState('');
  const add = useMutation({
    mutationFn: (body: { institution_id: string; name: string }) => ask(api.POST('/venues', { body })),
    onSuccess: async (venue) => {
      message.success(say('venueAdded'));
      setName('');
      await client.invalidateQueries({ queryKey: ['venues'] });
      onAdded(venue.id);
    },
    onError: tell,
  });
  const ready = owner !== undefined && name.trim() !== '';
  return (
    <>
      <Divider style={{ margin: '6px 0' }} />
      <Space.Compact block style={{ padding: '0 8px 6px' }} onKeyDown={(event) => event.stopPropagation()}>
        {institution === undefined && (
          <Select<string>
            style={{ width: 150 }}
            value={owner}
            placeholder={t('common.institution')}
            onChange={setOwner}
            options={institutions?.map((one) => ({ value: one.id, label: one.name }))}
          />
        )}
        <Input value={name} maxLength={100} placeholder={say('venueName')} aria-label={say('venueName')} onChange={(event) => setName(event.target.value)} />
        <Button
          icon={<PlusOutlined />}
          disabled={!ready}
          loading={add.isPending}
          aria-label={say('addVenue')}
          onClick={() => {
            if (ready) add.mutate({ institution_id: owner, name: name.trim() });
          }}
        />
      </Space.Compact>
    </>
  );
}
