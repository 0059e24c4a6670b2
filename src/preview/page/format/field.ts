import type { Field, Override, Panel } from '../board.js';

/** What a field is known by. */
export interface FieldIdentity {
  readonly name: string;
  readonly refId: string;
}

function matches({ matcher }: Override, { name, refId }: FieldIdentity): boolean {
  const { id, options } = matcher;
  if (typeof options !== 'string') return false;
  if (id === 'byName') return options === name;
  if (id === 'byFrameRefID') return options === refId;
  if (id !== 'byRegexp') return false;
  try {
    return new RegExp(/^\/(.*)\/\w*$/s.exec(options)?.[1] ?? options).test(name);
  } catch {
    return false;
  }
}

/** The settings of a series or a column: the panel's, and over them what its overrides say, the last one last. */
export function fieldOf(panel: Panel, identity: FieldIdentity): Field {
  const { defaults, overrides } = panel.fieldConfig ?? { defaults: {}, overrides: [] };
  const own: Record<string, unknown> = { ...defaults };
  const custom: Record<string, unknown> = { ...defaults.custom };
  for (const override of overrides) {
    if (!matches(override, identity)) continue;
    for (const { id, value } of override.properties) {
      if (id.startsWith('custom.')) custom[id.slice('custom.'.length)] = value;
      else own[id] = value;
    }
  }
  return { ...own, custom };
}

/** How a series is drawn, as far as the page can. */
export interface Style {
  readonly drawStyle?: string | undefined;
  readonly lineWidth?: number | undefined;
  readonly fillOpacity?: number | undefined;
  readonly gradientMode?: string | undefined;
  readonly lineInterpolation?: string | undefined;
  readonly lineStyle?: { readonly fill?: string; readonly dash?: readonly number[] } | undefined;
  readonly pointSize?: number | undefined;
  readonly showPoints?: string | undefined;
  readonly spanNulls?: boolean | number | undefined;
  readonly stacking?: { readonly mode?: string | undefined } | undefined;
  readonly thresholdsStyle?: { readonly mode?: string | undefined } | undefined;
  readonly axisSoftMin?: number | undefined;
  readonly axisSoftMax?: number | undefined;
  readonly axisLabel?: string | undefined;
  readonly axisPlacement?: string | undefined;
  readonly hideFrom?: { readonly legend?: boolean; readonly viz?: boolean } | undefined;
  readonly scaleDistribution?: { readonly type?: string; readonly log?: number } | undefined;
  readonly transform?: string | undefined;
  /** Of columns. */
  readonly width?: number | undefined;
  readonly align?: string | undefined;
  readonly hidden?: boolean | undefined;
  readonly cellOptions?: { readonly type?: string; readonly mode?: string } | undefined;
}

export function styleOf(field: Field): Style {
  return field.custom ?? {};
}
