import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import styles from './player.module.css';
import { usePlayerWords } from './words.ts';

interface KeyHelpProps {
  open: boolean;
  onOpen: (open: boolean) => void;
  /** Whether there are marks to go to. */
  marked: boolean;
  ranged: boolean;
}

/** Which key does what. */
export function KeyHelp({ open, onOpen, marked, ranged }: KeyHelpProps) {
  const say = usePlayerWords();
  const lines = [
    { keys: ['Space', 'K'], what: say('keys.toggle') },
    { keys: ['←', '→'], what: say('keys.skip') },
    { keys: ['J', 'L'], what: say('keys.skipMore') },
    { keys: [',', '.'], what: say('keys.frame') },
    { keys: ['[', ']'], what: say('keys.speed') },
    ...(marked ? [{ keys: ['P', 'N'], what: say('keys.mark') }] : []),
    ...(ranged ? [{ keys: ['I', 'O'], what: say('keys.range') }] : []),
    { keys: ['F'], what: say('keys.full') },
    { keys: ['?'], what: say('keys.help') },
  ];
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={onOpen}
      placement="topRight"
      title={say('help')}
      // In full screen only what lies inside is seen.
      getPopupContainer={(button) => button.closest<HTMLElement>(`.${styles.player}`) ?? document.body}
      content={
        <table className={styles.keys} data-testid="key-help">
          <tbody>
            {lines.map(({ keys, what }) => (
              <tr key={what}>
                <th scope="row">
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </th>
                <td>{what}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    >
      <Button type="text" size="small" icon={<QuestionCircleOutlined />} aria-label={say('help')} title={say('help')} />
    </Popover>
  );
}
