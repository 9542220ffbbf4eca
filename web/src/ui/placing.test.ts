import { expect, it } from 'vitest';
import { place } from './placing.ts';

const problem = (field: string, rule = 'R6.1') => ({ field, rule, zh: field, en: field });

it('puts a refusal at its field, or at the nearest one around it', () => {
  const [name, room] = [problem('name'), problem('venue_ids[2]')];
  expect(place([name, room], [['name'], ['venue_ids']])).toEqual({ at: [{ path: ['name'], problems: [name] }, { path: ['venue_ids'], problems: [room] }], left: [] });
  expect(place([problem('rooms[1].until')], [['rooms', 1, 'until'], ['rooms']]).at[0]?.path).toEqual(['rooms', 1, 'until']);
});

it('knows what a word of the rules is about', () => {
  const [given, missing] = [problem('platform_number', 'shape'), problem('platform_number_missing')];
  expect(place([given, missing], [['platform_number']], ({ field }) => (field === 'platform_number_missing' ? ['platform_number'] : undefined)).at).toEqual([{ path: ['platform_number'], problems: [given, missing] }]);
});

it('loses nothing that no field is about', () => {
  const lost = problem('no_venue');
  expect(place([lost, problem('name')], [['name']]).left).toEqual([lost]);
});
