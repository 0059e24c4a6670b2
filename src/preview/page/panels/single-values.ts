import type { Field, Panel } from '../board.js';
import { calculate } from '../format/calcs.js';
import { shownValue, type Shown } from '../format/display.js';
import { fieldOf } from '../format/field.js';
import type { Theme } from '../format/colours.js';
import type { DataTable } from '../parts/context.js';
import { formattedText } from '../format/units.js';
import type { Series } from '../query/series.js';

/** One number with its name. */
export interface SingleValue {
  readonly name: string;
  readonly field: Field;
  readonly value: number | null;
  readonly shown: Shown;
  readonly series: Series | undefined;
}

/** The numbers of a panel that shows one for each series; one that says that there is none, where there is no series. */
export function singleValues(panel: Panel, series: readonly Series[], theme: Theme): readonly SingleValue[] {
  const { reduceOptions } = (panel.options ?? {}) as {
    readonly reduceOptions?: { readonly calcs?: readonly string[] };
  };
  const calc = reduceOptions?.calcs?.[0] ?? 'lastNotNull';
  return series.map((each, index) => {
    const field = fieldOf(panel, each);
    const value = calculate(calc, each.values);
    return {
      name: field.displayName ?? each.name,
      field,
      value,
      shown: shownValue(field, value, index, theme),
      series: each,
    };
  });
}

/** What a panel without any series says. */
export function nothing(panel: Panel): string {
  return panel.fieldConfig?.defaults.noValue ?? 'No data';
}

export function singleTable(values: readonly SingleValue[]): DataTable {
  return { columns: ['Name', 'Value'], rows: values.map(({ name, shown }) => [name, formattedText(shown)]) };
}

/** The range of a bar or a dial: the field's, or that of all values. */
export function limitsOf(
  values: readonly SingleValue[],
): (value: SingleValue) => readonly [min: number, max: number] {
  const numbers = values.flatMap(({ value }) => (value === null || !Number.isFinite(value) ? [] : [value]));
  const least = Math.min(0, ...numbers);
  const most = Math.max(...numbers, least);
  return ({ field }) => {
    const min = field.min ?? least;
    const max = field.max ?? (most > min ? most : min + 1);
    return [min, max > min ? max : min + 1];
  };
}
