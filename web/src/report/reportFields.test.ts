import { describe, expect, it } from 'vitest';
import { fieldPath, startForm, toReport } from './reportFields.ts';

describe('the daily report form', () => {
  it('starts with the roster’s number and nobody present yet', () => {
    const form = startForm(null, 24);
    expect(form).toMatchObject({ roll: 24, sick: 0, personal: 0, other: 0 });
    expect(form.present).toBeUndefined();
  });

  it('sends impossible numbers as they are: the rules answer, not the form', () => {
    expect(toReport({ roll: 3, present: 99, sick: 0, personal: 0, other: 0 })).toMatchObject({ roll: 3, present: 99 });
  });

  it('keeps what was not counted apart from zero, and drops half-filled lines', () => {
    const sent = toReport({ roll: 2, present: 1, present_men: 0, sick: 1, personal: 0, other: 0, absent: [{ student: 's', reason: 'sick' }, { student: 't' }, {}], note: ' 病 ' });
    expect(sent).toMatchObject({ present_men: 0, present_women: null, absent: [{ student: 's', reason: 'sick' }], note: '病' });
  });
});

describe('the server’s refusals', () => {
  it('find their fields', () => {
    expect(fieldPath('present')).toEqual(['present']);
    expect(fieldPath('absent[2].reason')).toEqual(['absent', 2, 'reason']);
  });
});
