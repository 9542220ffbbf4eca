import { UploadOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Upload } from 'antd';
import { useTranslation } from '~/i18n/index.ts';
import { Refused } from '~/ui/Refused.tsx';
import { FileLink } from './FileLink.tsx';
import { ACCEPTED, FILE_MAX_BYTES, fileQuery, handIn } from './files.ts';
import { useFileWords } from './words.ts';

interface FilePickProps {
  /** Of the control that a form's label is for. */
  id?: string;
  value?: string | null;
  onChange?: (file: string | null) => void;
  /** Whose file it is to be, when the centre hands it in for an institution. */
  institution?: string;
  disabled?: boolean;
  /** What the file is, for a pick that has no label of its own beside it. */
  label?: string;
}

/** One file of a form: hands it in at once, and holds its identity. */
export function FilePick({ id, value, onChange, institution, disabled, label }: FilePickProps) {
  const { t } = useTranslation();
  const say = useFileWords();
  const client = useQueryClient();
  const send = useMutation({
    mutationFn: (file: Blob & { name: string }) => {
      if (file.size > FILE_MAX_BYTES) throw new TooBig();
      return handIn(file, institution);
    },
    onSuccess: (stored) => {
      client.setQueryData(fileQuery(stored.id).queryKey, stored);
      onChange?.(stored.id);
    },
  });
  const has = value != null;
  return (
    <>
      {send.error instanceof TooBig ? <p role="alert" style={{ margin: '0 0 6px', color: 'var(--red)' }}>{say('tooBig')}</p> : <Refused error={send.error} />}
      <Flex gap={8} align="center" wrap>
        {has && <FileLink id={value} />}
        <Upload
          accept={ACCEPTED}
          hasControlInside
          showUploadList={false}
          disabled={disabled}
          beforeUpload={(file) => {
            send.mutate(file);
            return Upload.LIST_IGNORE;
          }}
        >
          <Button id={id} size={has ? 'small' : 'middle'} icon={<UploadOutlined />} loading={send.isPending} disabled={disabled} title={say('hint')} aria-label={label === undefined ? undefined : `${label} · ${say(has ? 'replace' : 'pick')}`}>
            {say(has ? 'replace' : 'pick')}
          </Button>
        </Upload>
        {has && disabled !== true && (
          <Button size="small" type="text" onClick={() => onChange?.(null)} aria-label={label === undefined ? undefined : `${label} · ${t('common.remove')}`}>
            {t('common.remove')}
          </Button>
        )}
      </Flex>
    </>
  );
}

class TooBig extends Error {}
