import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { classesQuery } from '~/api/queries.ts';
import { useTranslation } from '~/i18n/index.ts';

interface ClassFilterProps {
  value: string | undefined;
  onChange: (classId: string | undefined) => void;
}

/** One class, or all of them. */
export function ClassFilter({ value, onChange }: ClassFilterProps) {
  const { marks, t } = useTranslation();
  const classes = useQuery(classesQuery);
  return (
    <Select<string>
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      style={{ width: 240 }}
      aria-label={t('common.class')}
      placeholder={`${t('common.class')}${marks.colon}${t('common.all')}`}
      loading={classes.isPending}
      value={value}
      options={classes.data?.map((one) => ({ value: one.id, label: one.name }))}
      onChange={(next: string | undefined) => onChange(next)}
    />
  );
}
