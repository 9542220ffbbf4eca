import type { zh } from './zh.ts';

export const en: typeof zh = {
  hint: 'What institution and centre write to each other about this class; what is sent stays as it is (R7.6).',
  empty: 'No messages yet',
  write: 'Message',
  send: 'Send',
  sent: 'Sent',
  files: 'Files',
  attach: 'Add a file',
  read: 'Read',
  unread: 'Not read yet',
  earlier: 'Earlier messages',
  needed: 'Write something',
  thread: 'Messages',
  side: { centre: 'Centre', institution: 'Institution' },
};
