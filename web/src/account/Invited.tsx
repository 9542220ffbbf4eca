import { LinkOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Form, Input } from 'antd';
import { api } from '~/api/client.ts';
import { ask, Problem } from '~/api/problem.ts';
import type { OpenInvitation } from '~/api/schema.d.ts';
import { LanguageSwitch } from '~/app/LanguageSwitch.tsx';
import { Mark } from '~/app/Mark.tsx';
import { SchemeSwitch } from '~/app/SchemeSwitch.tsx';
import styles from '~/app/signIn.module.css';
import { useSentence } from '~/app/useProblem.ts';
import { useTranslation } from '~/i18n/index.ts';
import { ms, stampOf } from '~/time/zone.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { Notice } from '~/ui/Notice.tsx';
import { Refused } from '~/ui/Refused.tsx';
import { useRefusal } from '~/ui/useFieldProblems.ts';
import { AgainField, NewPasswordField } from './fields.tsx';
import { useAccountWords } from './words.ts';

/** Whoever holds the link of an invitation: they choose how to sign in. The secret is of the address's fragment, which no server sees. */
export function Invited({ secret }: { secret: string }) {
  const { t } = useTranslation();
  return (
    <main className={styles.page}>
      <div className={styles.corner}>
        <SchemeSwitch />
        <LanguageSwitch />
      </div>
      <section className={styles.card} aria-labelledby="invited-title">
        <Mark size={40} />
        <h1 id="invited-title" className={styles.name}>
          {t('product.name')}
        </h1>
        <p className={styles.tagline}>{t('product.tagline')}</p>
        {secret === '' ? <NoLink hint={null} /> : <Opened secret={secret} />}
      </section>
    </main>
  );
}

function NoLink({ hint }: { hint: string | null }) {
  const say = useAccountWords();
  return <Notice icon={<LinkOutlined />} title={say('noLink')} hint={hint ?? say('noLinkHint')} action={<Link to="/sign-in">{say('toSignIn')}</Link>} />;
}

function Opened({ secret }: { secret: string }) {
  const sentence = useSentence();
  const query = useQuery({
    queryKey: ['invitation', secret],
    queryFn: ({ signal }) => ask(api.POST('/invitation', { body: { secret }, signal })),
    staleTime: Infinity,
    gcTime: 0,
  });
  const refused = query.error instanceof Problem && query.error.status >= 400 && query.error.status < 500;
  if (query.data === undefined && refused) return <NoLink hint={sentence(query.error)} />;
  return <Loaded query={query}>{(invitation) => <Accept secret={secret} invitation={invitation} />}</Loaded>;
}

interface Chosen {
  username?: string;
  password: string;
  again: string;
}

function Accept({ secret, invitation }: { secret: string; invitation: OpenInvitation }) {
  const { t } = useTranslation();
  const say = useAccountWords();
  const [form] = Form.useForm<Chosen>();
  const refusal = useRefusal(form);
  const accept = useMutation({
    mutationFn: ({ username, password }: Chosen) => ask(api.POST('/invitation/acceptance', { body: { secret, username: username ?? null, password } })),
    onError: refusal.take,
  });
  const resets = invitation.resets ?? null;
  if (accept.isSuccess) {
    return (
      <>
        <Alert type="success" showIcon title={say(resets === null ? 'accepted' : 'acceptedReset', { username: accept.data.username })} style={{ marginBottom: 16 }} />
        <Link to="/sign-in">{say('toSignIn')}</Link>
      </>
    );
  }
  const as = invitation.institution == null ? t(`role.${invitation.role}`) : `${t(`role.${invitation.role}`)} · ${invitation.institution.name}`;
  return (
    <>
      <p>{resets === null ? say('invited', { name: invitation.display_name, as }) : say('invitedReset', { name: invitation.display_name, username: resets })}</p>
      <Refused error={accept.error} left={refusal.left} />
      <Form<Chosen> form={form} layout="vertical" onFinish={(values) => accept.mutate(values)}>
        {resets === null && (
          <Form.Item
            name="username"
            label={say('username')}
            extra={say('usernameHint')}
            rules={[
              { required: true, message: t('common.required') },
              { pattern: /^\S{1,64}$/, message: say('usernameHint') },
            ]}
          >
            <Input maxLength={64} autoComplete="username" />
          </Form.Item>
        )}
        <NewPasswordField name="password" />
        <AgainField of="password" />
        <Button type="primary" size="large" htmlType="submit" block loading={accept.isPending} data-testid="accept">
          {say(resets === null ? 'accept' : 'acceptReset')}
        </Button>
      </Form>
      <p className={styles.notice}>{say('invitedUntil', { at: stampOf(ms(invitation.expires_at)) })}</p>
    </>
  );
}
