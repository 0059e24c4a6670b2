import type { Flow } from './flows.js';
import { counted, grainOf } from './grain.js';
import type { Share } from './outcomes.js';
import { sortedLabels, type Row } from './row.js';

type Labels = Row['labels'];

/** Digits of a value that is no number of events. */
const fine = 1e4;

/**
 * A counter of a part of the events of a flow.
 * @param rate its growth a second on average, in its unit, were all events its own
 */
export function counterRow(
  name: string,
  labels: Labels,
  flow: Flow,
  { rate, share, whole }: { readonly rate: number; readonly share: Share; readonly whole: boolean },
): Row {
  const calm = rate * share.well;
  const more = rate * (share.ill - share.well);
  const grain = whole ? grainOf(rate * (share.well > 0 ? share.well : share.ill)) : fine;
  return {
    name,
    labels: sortedLabels(labels),
    cumulative: true,
    fill(values, from, to) {
      for (let index = from; index < to; index += 1) {
        const value = calm * (flow.events[index] ?? 0) + more * (flow.troubled[index] ?? 0);
        values[index - from] = counted(value, grain);
      }
    },
  };
}
