import type { KeyboardEvent } from 'react';

const STEPS: Readonly<Record<string, readonly [number, number]>> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Moves the focus between the buttons of a grid by arrow keys, over places without one; each has `data-row` and `data-column`. */
export function moveInGrid(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key];
  const from = event.target as HTMLElement;
  if (step === undefined || from.dataset.row === undefined) return;
  let [row, column] = [Number(from.dataset.row), Number(from.dataset.column)];
  for (let tries = 0; tries < 40; tries += 1) {
    row += step[0];
    column += step[1];
    const next = event.currentTarget.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`);
    if (next !== null) {
      event.preventDefault();
      next.focus();
      return;
    }
  }
}
