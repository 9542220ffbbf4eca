import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { useEffect } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Class, Message } from '~/api/schema.d.ts';
import { useMay, useMe } from '~/app/access.ts';
import { FileLink } from '~/files/FileLink.tsx';
import { ms, stampOf } from '~/time/zone.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { Nothing } from '~/ui/Nothing.tsx';
import styles from './messages.module.css';
import { messagesQuery } from './queries.ts';
import { thread, unreadOf } from './thread.ts';
import { useMessageWords } from './words.ts';
import { WriteMessage } from './WriteMessage.tsx';

/** R7.6: what institution and centre write to each other about a class. */
export function MessagesTab({ one }: { one: Class }) {
  const say = useMessageWords();
  const query = useInfiniteQuery(messagesQuery(one.id));
  const own = useMe().institution == null ? 'centre' : 'institution';
  const writes = useMay('send_message');
  useMarkRead(one.id, writes && query.data !== undefined ? unreadOf(query.data, own) : null);
  return (
    <>
      <p className={styles.hint}>{say('hint')}</p>
      {query.hasNextPage && (
        <Button size="small" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {say('earlier')}
        </Button>
      )}
      <Loaded query={query}>
        {(messages) =>
          messages.length === 0 ? (
            <Nothing what={say('empty')} />
          ) : (
            <ol className={styles.thread} aria-label={say('thread')}>
              {thread(messages).map((message) => (
                <One key={message.id} message={message} own={message.side === own} />
              ))}
            </ol>
          )
        }
      </Loaded>
      {writes && <WriteMessage one={one} />}
    </>
  );
}

function One({ message, own }: { message: Message; own: boolean }) {
  const say = useMessageWords();
  return (
    <li className={styles.one} data-own={own} data-testid="message">
      <div className={styles.head}>
        <Tag variant="filled">{say(`side.${message.side}`)}</Tag>
        <span>{message.sent_by.display_name}</span>
        <span>{stampOf(ms(message.sent_at))}</span>
        {own && <span>{say(message.read ? 'read' : 'unread')}</span>}
      </div>
      <div className={styles.text}>{message.text}</div>
      {message.files.length > 0 && (
        <div className={styles.files}>
          {message.files.map((file) => (
            <FileLink key={file.id} id={file.id} name={file.name} />
          ))}
        </div>
      )}
    </li>
  );
}

/** Tells the other side how far one has read, once each time something new came. */
function useMarkRead(classId: string, upTo: string | null): void {
  const client = useQueryClient();
  useEffect(() => {
    if (upTo === null) return;
    // Should it fail, the next visit marks it: nothing on this page depends on it.
    void ask(api.PUT('/classes/{id}/messages/read', { params: { path: { id: classId } }, body: { up_to: upTo } })).then(
      () => client.invalidateQueries({ queryKey: ['classes', classId, 'messages'] }),
      () => undefined,
    );
  }, [classId, upTo, client]);
}
