import { PaperClipOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { address } from '~/api/client.ts';
import { fileQuery } from './files.ts';
import { useFileWords } from './words.ts';

/** A file that was handed in, by its name, opened in a tab of its own. */
export function FileLink({ id, name }: { id: string; name?: string }) {
  const say = useFileWords();
  const query = useQuery({ ...fileQuery(id), enabled: name === undefined });
  const shown = name ?? query.data?.name;
  if (query.isError) return <span style={{ color: 'var(--quiet)' }}>{say('unread')}</span>;
  return (
    <a href={address.file(id)} target="_blank" rel="noreferrer" title={say('open', { name: shown ?? '' })} style={{ overflowWrap: 'anywhere', textDecoration: 'underline' }}>
      <PaperClipOutlined aria-hidden /> {shown ?? '…'}
    </a>
  );
}
