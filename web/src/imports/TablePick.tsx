import { InboxOutlined } from '@ant-design/icons';
import { Upload } from 'antd';
import { useState } from 'react';
import { TABLE_MAX_BYTES } from './table.ts';
import { useImportWords } from './words.ts';

export type TableFile = Blob & { name: string };

interface TablePickProps {
  id?: string;
  value?: TableFile;
  onChange?: (file: TableFile | undefined) => void;
}

/** The table of a form, chosen or dropped. */
export function TablePick({ id, value, onChange }: TablePickProps) {
  const say = useImportWords();
  const [tooBig, setTooBig] = useState(false);
  return (
    <>
      <Upload.Dragger
        id={id}
        accept=".xlsx,.csv,text/csv"
        maxCount={1}
        showUploadList={false}
        style={{ padding: '4px 12px' }}
        beforeUpload={(file) => {
          const big = file.size > TABLE_MAX_BYTES;
          setTooBig(big);
          onChange?.(big ? undefined : file);
          return Upload.LIST_IGNORE;
        }}
      >
        <div style={{ overflowWrap: 'anywhere' }}>
          <InboxOutlined aria-hidden style={{ fontSize: 20, marginInlineEnd: 8, color: 'var(--blue)' }} />
          <b>{value?.name ?? say('pick')}</b>
          {value !== undefined && <span style={{ color: 'var(--blue)', marginInlineStart: 10 }}>{say('picked')}</span>}
        </div>
        <div style={{ color: 'var(--quiet)', fontSize: 13 }}>{say('kinds')}</div>
      </Upload.Dragger>
      {tooBig && (
        <p role="alert" style={{ margin: '6px 0 0', color: 'var(--red)' }}>
          {say('tooBig')}
        </p>
      )}
    </>
  );
}
