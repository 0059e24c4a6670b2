import type { FieldOverride, PanelContent, Threshold, ValueMapping } from '../dashboard.js';
import type { PanelQuery } from '../queries.js';
import { targets, type PanelView } from '../view.js';

/** A column of numbers, one for each row of the table. */
export interface NumberColumn {
  readonly name: string;
  readonly query: PanelQuery;
  readonly unit: string;
  readonly decimals: number;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** Colours; undefined: none. */
  readonly steps?: readonly Threshold[] | undefined;
  readonly mappings: readonly ValueMapping[];
}

/** A column of names, from a label that tells the rows apart. */
export interface NameColumn {
  readonly label: string;
  readonly name: string;
  readonly properties?: FieldOverride['properties'] | undefined;
}

function overrideOf({ name, unit, decimals, min, max, steps, mappings }: NumberColumn): FieldOverride {
  return {
    matcher: { id: 'byName', options: name },
    properties: [
      { id: 'unit', value: unit },
      { id: 'decimals', value: decimals },
      ...(min === undefined ? [] : [{ id: 'min', value: min }]),
      ...(max === undefined ? [] : [{ id: 'max', value: max }]),
      { id: 'mappings', value: mappings },
      ...(steps === undefined
        ? []
        : [
            { id: 'thresholds', value: { mode: 'absolute', steps } },
            { id: 'custom.cellOptions', value: { type: 'color-text' } },
          ]),
    ],
  };
}

/** A table of names and numbers: each number is a query of its own, and rows with the same names become one. */
export function columnTable(
  view: PanelView,
  names: readonly NameColumn[],
  numbers: readonly NumberColumn[],
  sortedBy: { readonly name: string; readonly falling: boolean },
): Pick<PanelContent, 'type' | 'fieldConfig' | 'options' | 'targets' | 'transformations'> {
  const values = numbers.map(
    ({ name }, index) => [`Value #${String.fromCharCode(65 + index)}`, name] as const,
  );
  const from = [...names.map(({ label }) => label), ...values.map(([value]) => value)];
  const renamed = [
    ...names.filter(({ label, name }) => label !== name).map(({ label, name }) => [label, name] as const),
    ...values,
  ];
  return {
    type: 'table',
    fieldConfig: {
      defaults: {
        custom: { align: 'auto', cellOptions: { type: 'auto' }, filterable: false, inspect: false },
      },
      overrides: [
        ...names.flatMap(({ name, properties }) =>
          properties === undefined ? [] : [{ matcher: { id: 'byName' as const, options: name }, properties }],
        ),
        ...numbers.map(overrideOf),
      ],
    },
    options: {
      cellHeight: 'sm',
      showHeader: true,
      sortBy: [{ desc: sortedBy.falling, displayName: sortedBy.name }],
    },
    targets: targets(
      view,
      numbers.map(({ query }) => query),
      { instant: true, format: 'table' },
    ),
    transformations: [
      ...(numbers.length > 1 ? [{ id: 'merge', options: {} }] : []),
      {
        id: 'organize',
        options: {
          excludeByName: { Time: true },
          includeByName: {},
          indexByName: Object.fromEntries(from.map((name, index) => [name, index])),
          renameByName: Object.fromEntries(renamed),
        },
      },
    ],
  };
}
