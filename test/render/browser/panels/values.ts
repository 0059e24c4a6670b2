import {
  getFieldDisplayValues,
  type FieldDisplay,
  type PanelProps,
  type ReduceDataOptions,
} from '@grafana/data';
import { theme } from '../theme.js';

export interface SingleValueOptions {
  readonly reduceOptions?: Partial<ReduceDataOptions>;
  readonly orientation?: string;
}

/** The numbers of a panel that shows one for each series. */
export function displayValues(
  { fieldConfig, options, replaceVariables, data, timeZone }: PanelProps<SingleValueOptions>,
  sparkline = false,
): FieldDisplay[] {
  return getFieldDisplayValues({
    fieldConfig,
    reduceOptions: { calcs: ['lastNotNull'], values: false, fields: '', ...options.reduceOptions },
    replaceVariables,
    theme,
    data: data.series,
    sparkline,
    timeZone,
  });
}
