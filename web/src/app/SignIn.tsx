import { LockOutlined, UserOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Alert, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { meQuery } from '~/api/queries.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { Mark } from './Mark.tsx';
import styles from './signIn.module.css';
import { useSentence } from './useProblem.ts';

interface Credentials {
  username: string;
  password: string;
}

export function SignIn({ to }: { to: string }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const router = useRouter();
  const client = useQueryClient();
  const signIn = useMutation({
    mutationFn: (body: Credentials) => ask(api.POST('/sign-in', { body })),
    onSuccess: async (me) => {
      client.clear();
      client.setQueryData(meQuery.queryKey, me);
      // Only a path of this page: an address from the query string must not lead elsewhere.
      router.history.push(/^\/(?![/\\])/.test(to) ? to : '/');
      await router.invalidate();
    },
  });
  return (
    <main className={styles.page}>
      <div className={styles.corner}>
        <LanguageSwitch />
      </div>
      <section className={styles.card} aria-labelledby="sign-in-title">
        <Mark size={40} />
        <h1 id="sign-in-title" className={styles.name}>
          {t('product.name')}
        </h1>
        <p className={styles.tagline}>{t('product.tagline')}</p>
        <Form<Credentials> layout="vertical" requiredMark={false} onFinish={(values) => signIn.mutate(values)}>
          {signIn.isError && <Alert type="error" showIcon title={sentence(signIn.error)} style={{ marginBottom: 16 }} />}
          <Form.Item name="username" label={t('signIn.username')} rules={[{ required: true, message: t('signIn.usernameNeeded') }]}>
            <Input prefix={<UserOutlined />} size="large" autoComplete="username" autoFocus maxLength={64} />
          </Form.Item>
          <Form.Item name="password" label={t('signIn.password')} rules={[{ required: true, message: t('signIn.passwordNeeded') }]}>
            <Input.Password prefix={<LockOutlined />} size="large" autoComplete="current-password" maxLength={256} />
          </Form.Item>
          <Button type="primary" size="large" htmlType="submit" block loading={signIn.isPending}>
            {t('signIn.submit')}
          </Button>
        </Form>
        <p className={styles.notice}>{t('signIn.notice')}</p>
      </section>
    </main>
  );
}
