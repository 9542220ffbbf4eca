/** What others can be told of, by the server's words. */
export const EVENT_KINDS = [
  'class.applied', 'class.decided', 'class.started', 'timetable.handed_in', 'timetable.decided', 'report.sent', 'report.late', 'finding.raised', 'finding.withdrawn',
  'finding.decided', 'violation.changed', 'suspension.changed', 'evidence.at_risk', 'clip.sealed', 'clip.failed', 'upload.checked', 'closeout.applied', 'closeout.decided',
  'subsidy.reckoned', 'notice.published', 'notice.contested', 'payment.recorded', 'message.sent',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Whether this page has words for it; a newer server may know more. */
export function isEventKind(word: string): word is EventKind {
  return EVENT_KINDS.some((kind) => kind === word);
}
