import { PrinterOutlined } from '@ant-design/icons';
import { address } from '~/api/client.ts';
import { useFileWords } from './words.ts';

/** Leads to an official form: the page to be printed, and the sheet. `of` is what the form is of, as the API addresses it. */
export function FormLinks({ of, label }: { of: string; label: string }) {
  const say = useFileWords();
  return (
    <span style={{ display: 'inline-flex', flexWrap: 'wrap', gap: '2px 10px', fontSize: 13 }} data-testid="form-links">
      <span style={{ color: 'var(--quiet)' }}>{label}</span>
      <a href={address.form(of, 'html')} target="_blank" rel="noreferrer" aria-label={`${label} · ${say('print')}`}>
        <PrinterOutlined aria-hidden /> {say('print')}
      </a>
      <a href={address.form(of, 'xlsx')} download aria-label={`${label} · Excel`}>
        Excel
      </a>
    </span>
  );
}
