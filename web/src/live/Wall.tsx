import { Button, Card, Pagination, Segmented, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from '@tanstack/react-router';
import type { Camera } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { Nothing } from '~/ui/Nothing.tsx';
import { Page } from '~/ui/Page.tsx';
import { Enlarged } from './Enlarged.tsx';
import styles from './live.module.css';
import { Tile } from './Tile.tsx';
import { fittingGrid, GRIDS, wallPage, type Grid } from './wallPages.ts';

interface WallSearch {
  grid?: Grid;
  page?: number;
  camera?: string;
}

interface WallProps {
  cameras: readonly Camera[];
  search: WallSearch;
  today: string;
  onSearch: (search: WallSearch) => void;
}

/** Cameras side by side; one of them alone when the address names it. */
export function Wall({ cameras, search, today, onSearch }: WallProps) {
  const { t } = useTranslation();
  const mayEdit = useMay('edit_camera');
  const chosen = cameras.find((camera) => camera.id === search.camera);
  if (chosen !== undefined) {
    return (
      <Page
        title={`${chosen.venue.name} · ${chosen.name}`}
        sub={chosen.institution.name}
        tools={<Button onClick={() => onSearch({ ...search, camera: undefined })}>{t('live.shrink')}</Button>}
      >
        <Enlarged camera={chosen} today={today} key={chosen.id} />
      </Page>
    );
  }
  const grid = search.grid ?? fittingGrid(cameras.length);
  const { shown, page, pages } = wallPage(cameras, grid, search.page ?? 1);
  return (
    <Page
      title={t('nav.wall')}
      sub={pages > 1 ? t('live.page', { page, pages }) : undefined}
      tools={
        <Space>
          {pages > 1 && (
            <Pagination simple size="small" current={page} total={cameras.length} pageSize={grid} onChange={(next) => onSearch({ ...search, page: next })} />
          )}
          <Segmented<Grid>
            aria-label={t('live.grid')}
            value={grid}
            options={GRIDS.map((count) => ({ value: count, label: t('live.gridOf', { count }) }))}
            onChange={(next) => onSearch({ grid: next })}
          />
        </Space>
      }
    >
      {cameras.length === 0 ? (
        <Card>
          <Nothing what={t('live.empty')} hint={t('live.emptyHint')}>
            {mayEdit && <Link to="/cameras">{t('cameras.add')}</Link>}
          </Nothing>
        </Card>
      ) : (
        <div className={styles.grid} data-size={grid}>
          {shown.map((camera) => (
            <Tile key={camera.id} camera={camera} onEnlarge={() => onSearch({ ...search, camera: camera.id })} />
          ))}
        </div>
      )}
    </Page>
  );
}
