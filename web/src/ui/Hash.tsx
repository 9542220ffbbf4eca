import { Typography } from 'antd';

interface HashProps {
  value: string;
  /** Show this many characters; all without it. Copying always gives all. */
  short?: number;
}

/** A hash in hexadecimal, to be compared by eye or copied. */
export function Hash({ value, short }: HashProps) {
  const shown = short === undefined ? value : value.slice(0, short);
  return (
    <Typography.Text copyable={{ text: value }} style={{ fontFamily: 'var(--ant-font-family-code)', fontSize: 12, wordBreak: 'break-all' }} title={value}>
      {shown}
    </Typography.Text>
  );
}
