/** The pause before the next try, in milliseconds: doubling from one second, at most fifteen, spread so that a wall of
 *  cameras does not come back in step. `chance` is a number in [0, 1). */
export function retryDelay(failures: number, chance: number): number {
  const full = Math.min(15_000, 1_000 * 2 ** Math.min(10, Math.max(0, failures - 1)));
  return Math.round(full * (0.75 + 0.5 * chance));
}
