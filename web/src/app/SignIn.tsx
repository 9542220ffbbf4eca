import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useState, type ComponentProps, type SubmitEvent } from 'react';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { meQuery } from '~/api/queries.ts';
import { useTranslation } from '~/i18n/index.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { Mark } from './Mark.tsx';
import { SchemeSwitch } from './SchemeSwitch.tsx';
import styles from './signIn.module.css';
import { useSentence } from './useProblem.ts';

interface Given {
  username: string;
  password: string;
  /** Of the second factor, once it is owed. */
  code: string;
}

/** The browser's own form: with the components' forms and inputs the first page would be half as large again. */
export function SignIn({ to }: { to: string }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const router = useRouter();
  const client = useQueryClient();
  const [missing, setMissing] = useState<ReadonlySet<keyof Given>>(new Set());
  const [ticket, setTicket] = useState<string | null>(null);
  const signIn = useMutation({
    mutationFn: async ({ username, password, code }: Given) =>
      ticket === null ? ask(api.POST('/sign-in', { body: { username, password } })) : ask(api.POST('/sign-in/code', { body: { ticket, code } })),
    onSuccess: async (me) => {
      if ('ticket' in me) {
        setTicket(me.ticket);
        return;
      }
      client.clear();
      client.setQueryData(meQuery.queryKey, me);
      // Only a path of this page: an address from the query string must not lead elsewhere.
      router.history.push(/^\/(?![/\\])/.test(to) ? to : '/');
      await router.invalidate();
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = read(new FormData(event.currentTarget));
    const asked: readonly (keyof Given)[] = ticket === null ? ['username', 'password'] : ['code'];
    const empty = asked.filter((name) => given[name] === '');
    setMissing(new Set(empty));
    if (empty.length === 0) signIn.mutate(given);
  };
  return (
    <main className={styles.page}>
      <div className={styles.corner}>
        <SchemeSwitch />
        <LanguageSwitch />
      </div>
      <section className={styles.card} aria-labelledby="sign-in-title">
        <Mark size={40} />
        <h1 id="sign-in-title" className={styles.name}>
          {t('product.name')}
        </h1>
        <p className={styles.tagline}>{t('product.tagline')}</p>
        <form onSubmit={submit} noValidate>
          {signIn.isError && <Alert type="error" showIcon title={sentence(signIn.error)} style={{ marginBottom: 16 }} />}
          {ticket === null ? (
            <>
              <Field name="username" label={t('signIn.username')} wrong={missing.has('username') ? t('signIn.usernameNeeded') : null} autoComplete="username" autoFocus maxLength={64} />
              <Field name="password" label={t('signIn.password')} wrong={missing.has('password') ? t('signIn.passwordNeeded') : null} type="password" autoComplete="current-password" maxLength={256} />
            </>
          ) : (
            <Field name="code" label={t('signIn.code')} wrong={missing.has('code') ? t('signIn.codeNeeded') : null} autoComplete="one-time-code" autoFocus maxLength={40} />
          )}
          <Button type="primary" size="large" htmlType="submit" block loading={signIn.isPending}>
            {t('signIn.submit')}
          </Button>
          {ticket !== null && (
            <Button
              type="link"
              block
              onClick={() => {
                signIn.reset();
                setTicket(null);
              }}
            >
              {t('signIn.again')}
            </Button>
          )}
        </form>
        <p className={styles.notice}>{t('signIn.notice')}</p>
      </section>
    </main>
  );
}

function read(form: FormData): Given {
  const text = (name: keyof Given): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  return { username: text('username'), password: text('password'), code: text('code') };
}

interface FieldProps extends ComponentProps<'input'> {
  name: keyof Given;
  label: string;
  wrong: string | null;
}

function Field({ name, label, wrong, ...input }: FieldProps) {
  return (
    <div className={styles.field}>
      <label htmlFor={name}>{label}</label>
      <input id={name} name={name} aria-invalid={wrong !== null} aria-describedby={wrong === null ? undefined : `${name}-wrong`} {...input} />
      {wrong !== null && (
        <span id={`${name}-wrong`} className={styles.wrong} role="alert">
          {wrong}
        </span>
      )}
    </div>
  );
}
