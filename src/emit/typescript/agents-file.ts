import { joinCode, stringLiteral, ts } from '../../encode/typescript.js';
import type { TsCode } from '../../encode/typescript.js';
import type { Model, Span } from '../../model/model.js';
import { costMetrics, hasCost } from './cost-file.js';
import { besideSpecifier, importTypes, importValues, runtimeSpecifier } from './imports.js';
import type { ImportStyle } from './imports.js';
import { afterOperator, print } from './layout.js';
import type { HelperNames } from './names.js';
import { presetMetrics, usesPreset } from './preset-metrics.js';
import {
  breakableProperty,
  inlineObject,
  objectEntry,
  openObject,
  property,
  propertyLayout,
  typeArguments,
} from './shapes.js';
import { renderTypeScript } from './view.js';

/** Spans of the preset that the wrappers open, and what the runtime calls them. */
const helpers = [
  { span: 'agent.run', property: 'run' },
  { span: 'agent.model_call', property: 'modelCall' },
  { span: 'agent.tool_call', property: 'toolCall' },
];

/** The presets whose metrics the helpers of agents record. */
const presets = ['agent', 'sandbox', 'policy', 'cache', 'queue'];

/** Metrics that only the spans of the preset record. */
const spanMetrics: ReadonlySet<string> = new Set([
  'agent_runs_total',
  'gen_ai_invoke_agent_duration_seconds',
  'agent_model_calls_total',
  'gen_ai_client_operation_duration_seconds',
  'agent_tool_calls_total',
  'gen_ai_execute_tool_duration_seconds',
]);

/** The text of `agents.ts`; undefined where the spec has not taken in the preset `agent`. */
export function agentsFile(
  model: Model,
  names: HelperNames,
  style: ImportStyle,
  correlates: boolean,
): string | undefined {
  if (!usesPreset(model, 'agent')) return undefined;
  const runtime = runtimeSpecifier(style, 'agents');
  const labels = besideSpecifier('labels', style);
  const spansFile = besideSpecifier('spans', style);
  const spans = helpers.flatMap((helper) => {
    const span = model.spans.get(helper.span);
    return span === undefined ? [] : [{ property: helper.property, span }];
  });
  const run = runType(model.spans.get('agent.run'), names);
  const fromSpans = new Set(
    [...model.spans.values()].flatMap(({ record }) => Object.values(record).map((metric) => metric?.name)),
  );
  const withCost = hasCost(model);
  const metrics = presetMetrics(
    model,
    names,
    presets,
    ({ name }) => !fromSpans.has(name) && !spanMetrics.has(name) && (!costMetrics.has(name) || !withCost),
  );
  return renderTypeScript('agents', {
    imports: joinCode(
      [
        ...importValues(['createAgents'], runtime),
        ...importTypes(['AgentRun', 'Agents', ...(run.isPlain ? ['PlainRunAttributes'] : [])], runtime),
        ...importValues(correlates ? ['correlation'] : [], besideSpecifier('correlation', style)),
        ...importValues(withCost ? ['cost'] : [], besideSpecifier('cost', style)),
        ...importTypes(run.outcome === undefined ? [] : [run.outcome], labels),
        ...importValues(metrics.length === 0 ? [] : ['metrics'], besideSpecifier('metrics', style)),
        ...importValues(spans.length === 0 ? [] : ['spans'], spansFile),
        ...importTypes(run.isPlain ? [] : [run.attributes], spansFile),
      ],
      '\n',
    ),
    run: print([
      ts`export type AgentsRun`,
      ' =',
      afterOperator([ts`AgentRun`, typeArguments([run.attributes, run.outcome ?? ts`never`])]),
      ';',
    ]),
    type: print([ts`Agents`, typeArguments([run.attributes, run.outcome ?? ts`never`])]),
    settings: [
      objectEntry(breakableProperty('agent', stringLiteral(model.service.name))),
      objectEntry(
        property(
          'spans',
          inlineObject(
            spans.map(({ property: name, span }) => breakableProperty(name, ts`spans.${names.span(span)}`)),
          ),
        ),
      ),
      objectEntry(property('metrics', openObject(metrics.map(propertyLayout)))),
      ...(withCost ? [ts`  cost,`] : []),
      ...(correlates
        ? [ts`  injectMeta: (parameters, options) => correlation.injectMeta(parameters, options),`]
        : []),
    ],
  });
}

/** The attributes of a run, and the ways in which it can end. */
function runType(
  span: Span | undefined,
  names: HelperNames,
): { readonly isPlain: boolean; readonly attributes: TsCode; readonly outcome: TsCode | undefined } {
  if (span === undefined || span.attributes.length === 0)
    return { isPlain: true, attributes: ts`PlainRunAttributes`, outcome: undefined };
  return {
    isPlain: false,
    attributes: names.attributesType(span),
    outcome: span.outcome === undefined ? undefined : names.labelType(span.outcome.label),
  };
}
