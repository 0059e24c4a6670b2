import uPlot from 'uplot';
import type { Field } from '../board.js';
import { styleOf } from '../format/field.js';

/** The least of what is given. */
function least(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value): value is number => value !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function greatest(values: readonly (number | undefined)[]): number | undefined {
  const lowest = least(values.map((value) => value && -value));
  return lowest === undefined ? undefined : -lowest;
}

/** How an axis of values stretches: to its data with a little air, to the soft limits, never beyond the hard ones. */
export function yScale(fields: readonly Field[]): uPlot.Scale {
  const styles = fields.map(styleOf);
  const min = least(fields.map((field) => field.min));
  const max = greatest(fields.map((field) => field.max));
  const softMin = least(styles.map(({ axisSoftMin }) => axisSoftMin));
  const softMax = greatest(styles.map(({ axisSoftMax }) => axisSoftMax));
  const distribution = styles[0]?.scaleDistribution;
  const logarithmic = distribution?.type === 'log';
  const base: uPlot.Scale.LogBase = distribution?.log === 10 ? 10 : 2;
  const config: uPlot.Range.Config = {
    min: { pad: 0.1, soft: softMin ?? 0, mode: softMin === undefined ? 3 : 1 },
    max: { pad: 0.1, soft: softMax ?? 0, mode: softMax === undefined ? 3 : 1 },
  };
  const scale: uPlot.Scale = {
    range: (_, dataMin: number | null, dataMax: number | null) => {
      if (logarithmic) {
        const [low, high] = uPlot.rangeLog(dataMin ?? 1, dataMax ?? 10, base, true);
        return [min !== undefined && min > 0 ? min : low, max ?? high];
      }
      // Without data an axis shows its limits, or a hundred.
      const [from, to] = [dataMin ?? min ?? 0, dataMax ?? max ?? 100];
      const [low, high] =
        from === to && from === 0 && softMax === undefined ? [min ?? 0, 1] : uPlot.rangeNum(from, to, config);
      const bottom = min ?? low ?? 0;
      const top = max ?? high ?? 1;
      return bottom < top ? [bottom, top] : [bottom, bottom + 1];
    },
  };
  // uPlot's numbers of the distributions are an enum that is only declared: 3 is the logarithm.
  return logarithmic ? Object.assign(scale, { distr: 3, log: base }) : scale;
}
