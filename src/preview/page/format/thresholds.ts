import type { ThresholdStep } from '../board.js';

/** The step that a value is in: the last that begins at or below it. */
export function stepOf(steps: readonly ThresholdStep[], value: number): ThresholdStep | undefined {
  let found = steps[0];
  for (const step of steps) {
    if (step.value === null || value >= step.value) found = step;
  }
  return found;
}
