import { FileSearchOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute, Link } from '@tanstack/react-router';
import { Problem } from '~/api/problem.ts';
import { NoticePaper } from '~/notices/NoticePaper.tsx';
import { PublicSheet } from '~/notices/PublicSheet.tsx';
import { publicNoticeQuery } from '~/notices/queries.ts';
import { useNoticeWords } from '~/notices/words.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { Notice } from '~/ui/Notice.tsx';

export const Route = createFileRoute('/notices/$noticeId')({ component: NoticePage });

function NoticePage() {
  const { noticeId } = Route.useParams();
  const say = useNoticeWords();
  const query = useQuery(publicNoticeQuery(noticeId));
  const gone = query.error instanceof Problem && (query.error.status === 404 || query.error.status === 400);
  return (
    <PublicSheet>
      {gone ? (
        <Notice icon={<FileSearchOutlined />} title={say('gone')} hint={say('goneHint')} action={<Link to="/notices">{say('back')}</Link>} />
      ) : (
        <Loaded query={query}>{(notice) => <NoticePaper notice={notice} />}</Loaded>
      )}
    </PublicSheet>
  );
}
