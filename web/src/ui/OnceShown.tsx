import { Alert, Button, Modal, Typography } from 'antd';

interface OnceShownProps {
  title: string;
  hint: string;
  /** What is shown, each on a line of its own; copied all at once. */
  lines: readonly string[];
  /** What the person says to have it closed. */
  kept: string;
  onClose: () => void;
}

/** A secret that the server gives once. It is closed by saying that one has it, not by a click beside it. */
export function OnceShown({ title, hint, lines, kept, onClose }: OnceShownProps) {
  return (
    <Modal
      open
      title={title}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <Button type="primary" onClick={onClose}>
          {kept}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={hint} style={{ marginBottom: 12 }} />
      <Typography.Paragraph copyable={{ text: lines.join('\n') }} style={{ wordBreak: 'break-all', whiteSpace: 'pre-line', fontFamily: 'var(--ant-font-family-code)' }} data-testid="once-shown">
        {lines.join('\n')}
      </Typography.Paragraph>
    </Modal>
  );
}
