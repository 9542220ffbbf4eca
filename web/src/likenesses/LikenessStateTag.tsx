import { Tag } from 'antd';
import type { LikenessState } from '~/api/schema.d.ts';
import { AlarmTag } from '~/ui/AlarmTag.tsx';
import { useLikenessWords } from './words.ts';

export function LikenessStateTag({ state }: { state: LikenessState }) {
  const say = useLikenessWords();
  const word = say(`state.${state}`);
  if (state === 'open') return <AlarmTag data-testid="likeness-state">{word}</AlarmTag>;
  return (
    <Tag color={state === 'confirmed' ? 'error' : 'success'} variant="filled" style={{ marginInlineEnd: 0 }} data-testid="likeness-state">
      {word}
    </Tag>
  );
}
