import { Problem } from '~/api/problem.ts';
import { useMessages } from './messages.tsx';
import { useText, useTranslation } from '~/i18n/index.ts';

/** One sentence about a failed action, in the page's language. */
export function useSentence(): (error: unknown) => string {
  const { t } = useTranslation();
  const text = useText();
  return (error) => {
    if (!(error instanceof Problem)) return t('problem.crash');
    if (error.status === 0) return t('problem.network');
    return error.text === null ? t('problem.server') : text(error.text);
  };
}

/** Tells of a failed action in passing, for actions that have no form of their own. */
export function useTell(): (error: unknown) => void {
  const message = useMessages();
  const sentence = useSentence();
  return (error) => message.error(sentence(error));
}
