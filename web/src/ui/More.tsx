import { Button } from 'antd';
import { useTranslation } from '~/i18n/index.ts';

/** The part of an infinite query that a list needs. */
export interface Paged {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
}

/** The way to the next page of a list; nothing when there is none. */
export function More({ paged }: { paged: Paged }) {
  const { t } = useTranslation();
  if (!paged.hasNextPage) return null;
  return (
    <Button style={{ alignSelf: 'center' }} loading={paged.isFetchingNextPage} onClick={() => void paged.fetchNextPage()}>
      {t('common.more')}
    </Button>
  );
}
