import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { usersQuery } from '~/api/queries.ts';
import { Loaded } from '~/ui/Loaded.tsx';
import { UserList } from '~/users/UserList.tsx';

export const Route = createFileRoute('/_app/users')({ component: UsersPage });

function UsersPage() {
  const query = useQuery(usersQuery);
  return <Loaded query={query}>{(users) => <UserList users={users} />}</Loaded>;
}
