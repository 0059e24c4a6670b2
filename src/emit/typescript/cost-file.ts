import { joinCode, stringLiteral } from '../../encode/typescript.js';
import type { Model } from '../../model/model.js';
import { besideSpecifier, importTypes, importValues, runtimeSpecifier } from './imports.js';
import type { ImportStyle } from './imports.js';
import type { HelperNames } from './names.js';
import { presetMetrics, usesPreset } from './preset-metrics.js';
import { breakableProperty, objectEntry, openObject, property, propertyLayout } from './shapes.js';
import { renderTypeScript } from './view.js';

/** Metrics of the presets `agent` and `cost` that the helpers of cost record. */
export const costMetrics: ReadonlySet<string> = new Set([
  'agent_tokens_total',
  'gen_ai_client_token_usage',
  'agent_cost_usd_total',
  'agent_unpriced_tokens_total',
  'agent_cost_budget_usd',
  'agent_cost_reconciliation_ratio',
  'agent_price_table_timestamp_seconds',
]);

/** Whether the spec says anything of cost. */
export function hasCost(model: Model): boolean {
  return model.sections.cost !== undefined || usesPreset(model, 'cost');
}

/** The text of `cost.ts`; undefined where the spec says nothing of cost. */
export function costFile(model: Model, names: HelperNames, style: ImportStyle): string | undefined {
  if (!hasCost(model)) return undefined;
  const { currency = 'USD', prices } = model.sections.cost ?? {};
  const runtime = runtimeSpecifier(style, 'cost');
  const metrics = presetMetrics(model, names, ['agent', 'cost'], ({ name }) => costMetrics.has(name));
  return renderTypeScript('cost', {
    imports: joinCode(
      [
        ...importValues(['createCost'], runtime),
        ...importTypes(['Component', 'Cost'], runtime),
        ...importValues(metrics.length === 0 ? [] : ['metrics'], besideSpecifier('metrics', style)),
      ],
      '\n',
    ),
    settings: [
      objectEntry(breakableProperty('currency', stringLiteral(currency))),
      ...(prices === undefined ? [] : [objectEntry(breakableProperty('prices', stringLiteral(prices)))]),
      objectEntry(property('metrics', openObject(metrics.map(propertyLayout)))),
    ],
  });
}
