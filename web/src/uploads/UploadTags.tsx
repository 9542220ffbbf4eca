import { Tag } from 'antd';
import type { Upload, UploadEvidenceState, UploadState } from '~/api/schema.d.ts';
import { AlarmTag } from '~/ui/AlarmTag.tsx';
import { useUploadWords } from './words.ts';

const COLOURS = { receiving: 'warning', received: 'processing', accepted: 'success', refused: 'error', ended: 'default' } as const satisfies Record<UploadState, string>;
const EVIDENCE = { taken: 'success', turned_down: 'error' } as const satisfies Record<Exclude<UploadEvidenceState, 'undecided'>, string>;

/** How the check ended, and whether it counts as evidence. */
export function UploadTags({ upload }: { upload: Upload }) {
  const say = useUploadWords();
  const evidence = upload.evidence?.state;
  return (
    <span style={{ display: 'inline-flex', gap: 6, flexWrap: 'wrap' }}>
      <Tag color={COLOURS[upload.state]} variant="filled" style={{ marginInlineEnd: 0 }} data-testid="upload-state" data-state={upload.state}>
        {say(`state.${upload.state}`)}
      </Tag>
      {evidence === 'undecided' && <AlarmTag data-testid="upload-evidence">{say('evidence.undecided')}</AlarmTag>}
      {(evidence === 'taken' || evidence === 'turned_down') && (
        <Tag color={EVIDENCE[evidence]} style={{ marginInlineEnd: 0 }} data-testid="upload-evidence">
          {say(`evidence.${evidence}`)}
        </Tag>
      )}
    </span>
  );
}
