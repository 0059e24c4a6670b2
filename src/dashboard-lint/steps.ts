import type { BoardPanel } from './board.js';
import { at, list, number, record, text } from './json.js';

/** A colour of a panel, and the value from which on it is used; undefined for the first. */
export interface Step {
  readonly value: number | undefined;
  readonly color: string;
}

/** The steps of a panel's thresholds. */
export function stepsOf({ json }: BoardPanel): readonly Step[] {
  return list(at(json, 'fieldConfig', 'defaults', 'thresholds', 'steps')).map((step) => ({
    value: number(record(step)['value']),
    color: text(record(step)['color']) ?? '',
  }));
}

/** The values at which a panel changes its colour; a step at the beginning of everything is none. */
export function thresholdValues(panel: BoardPanel): readonly number[] {
  return stepsOf(panel).flatMap(({ value }, index) => (index === 0 && value === 0 ? [] : (value ?? [])));
}

/** What Grafana puts on a new panel: 80 of whatever it shows. */
export function isUntouched(panel: BoardPanel): boolean {
  return thresholdValues(panel).join() === '80';
}
