import { ExperimentOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import { useTranslation } from '~/i18n/index.ts';

interface PolicyTagProps {
  policy: { label: string };
}

/** Marks what stands under a policy of its own; nothing under the notice's. */
export function PolicyTag({ policy }: PolicyTagProps) {
  const { t } = useTranslation();
  if (policy.label === '') return null;
  return (
    <Tag color="warning" variant="filled" icon={<ExperimentOutlined />} title={t('policy.hintShort', { label: policy.label })} data-testid="policy-tag" style={{ marginInlineEnd: 0 }}>
      {t('policy.tag', { label: policy.label })}
    </Tag>
  );
}
