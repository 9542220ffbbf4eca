import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import { Link } from '@tanstack/react-router';
import type { Camera } from '~/api/schema.d.ts';
import { useMay } from '~/app/access.ts';
import { useCameraWords } from '~/cameras/words.ts';
import { useTranslation } from '~/i18n/index.ts';
import { Nothing } from '~/ui/Nothing.tsx';
import { Page, Panel } from '~/ui/Page.tsx';
import { Waiting } from '~/ui/Waiting.tsx';
import styles from './live.module.css';
import { Tile } from './Tile.tsx';
import { fittingGrid, GRIDS, wallPage, type Grid } from './wallPages.ts';
import { useLiveWords } from './words.ts';

/** What stands beside a single camera is not needed for the wall. */
const Enlarged = lazy(() => import('./Enlarged.tsx'));

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
  const say = useLiveWords();
  const sayCamera = useCameraWords();
  const mayEdit = useMay('edit_camera');
  const chosen = cameras.find((camera) => camera.id === search.camera);
  if (chosen !== undefined) {
    return (
      <Page
        title={`${chosen.venue.name} · ${chosen.name}`}
        sub={chosen.institution.name}
        tools={<Button onClick={() => onSearch({ ...search, camera: undefined })}>{say('shrink')}</Button>}
      >
        <Suspense fallback={<Waiting rows={6} />}>
          <Enlarged camera={chosen} today={today} key={chosen.id} />
        </Suspense>
      </Page>
    );
  }
  const grid = search.grid ?? fittingGrid(cameras.length);
  const { shown, page, pages } = wallPage(cameras, grid, search.page ?? 1);
  return (
    <Page
      title={t('nav.wall')}
      sub={pages > 1 ? say('page', { page, pages }) : undefined}
      tools={
        <>
          {pages > 1 && (
            <>
              <Button icon={<LeftOutlined />} aria-label={say('previous')} disabled={page === 1} onClick={() => onSearch({ ...search, page: page - 1 })} />
              <Button icon={<RightOutlined />} aria-label={say('next')} disabled={page === pages} onClick={() => onSearch({ ...search, page: page + 1 })} />
            </>
          )}
          <div role="group" aria-label={say('grid')} className={styles.grids}>
            {GRIDS.map((count) => (
              <Button key={count} type={count === grid ? 'primary' : 'default'} aria-pressed={count === grid} onClick={() => onSearch({ grid: count })}>
                {say('gridOf', { count })}
              </Button>
            ))}
          </div>
        </>
      }
    >
      {cameras.length === 0 ? (
        <Panel>
          <Nothing what={say('empty')} hint={say('emptyHint')}>
            {mayEdit && <Link to="/cameras">{sayCamera('add')}</Link>}
          </Nothing>
        </Panel>
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
