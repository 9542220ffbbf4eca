import { Alert } from 'antd';
import { useMe } from '~/app/access.ts';
import { useTranslation } from '~/i18n/index.ts';
import { Page } from '~/ui/Page.tsx';
import { PasswordPart } from './PasswordPart.tsx';
import { SecondFactorPart } from './SecondFactorPart.tsx';
import { TokenPart } from './TokenPart.tsx';
import { useAccountWords } from './words.ts';

/** What somebody keeps about their own account. Who must set up a second factor may do nothing else until then. */
export function Account() {
  const { t } = useTranslation();
  const say = useAccountWords();
  const me = useMe();
  return (
    <Page title={say('title')} sub={`${me.display_name} · ${me.username} · ${t(`role.${me.role}`)}`}>
      {me.must_enrol && <Alert type="warning" showIcon title={say('mustEnrol')} description={say('mustEnrolHint')} data-testid="must-enrol" />}
      {!me.must_enrol && <PasswordPart />}
      <SecondFactorPart />
      {!me.must_enrol && <TokenPart />}
    </Page>
  );
}
