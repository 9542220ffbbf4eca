import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useMessages } from '~/app/messages.tsx';
import { useTell } from '~/app/useProblem.ts';

interface SureButtonProps {
  label: string;
  sure: string;
  /** What is told when it is done; nothing where the outcome shows itself. */
  done?: string;
  danger?: boolean;
  /** The first part of the query keys that this changes. */
  stale: string;
  act: () => Promise<unknown>;
}

/** Does something to an account or an invitation, once it was asked whether one is sure. */
export function SureButton({ label, sure, done, danger, stale, act }: SureButtonProps) {
  const message = useMessages();
  const client = useQueryClient();
  const tell = useTell();
  const doing = useMutation({
    mutationFn: act,
    onSuccess: async () => {
      if (done !== undefined) message.success(done);
      await client.invalidateQueries({ queryKey: [stale] });
    },
    onError: tell,
  });
  return (
    <Popconfirm title={sure} okText={label} onConfirm={() => doing.mutate()} styles={{ root: { maxWidth: 340 } }}>
      <Button size="small" danger={danger} loading={doing.isPending}>
        {label}
      </Button>
    </Popconfirm>
  );
}
