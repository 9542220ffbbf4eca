import { useLanguage } from '~/i18n/index.ts';
import { fields, type FieldName } from './fields.ts';

/** What a number of the policy is called; one that this page does not know is called as the server calls it. */
export function useFieldName(): (field: string) => string {
  const language = useLanguage();
  return (field) => (isField(field) ? fields[field][language] : field);
}

function isField(field: string): field is FieldName {
  return field in fields;
}

/** The server's decimals come from 32-bit numbers: what is behind the seventh digit was never written by anybody. */
export function sevenDigits(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(6));
}

/** A value as one writes it. */
export function valueText(value: unknown): string {
  if (typeof value === 'number') return String(sevenDigits(value));
  if (typeof value === 'string') return value === '' ? '—' : value.replace(/^(\d\d:\d\d):00$/, '$1');
  return value == null ? '—' : JSON.stringify(value);
}
