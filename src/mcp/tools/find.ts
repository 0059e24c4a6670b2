import { helperNames } from '../../emit/typescript/names.js';
import { logCard, metricCard, spanCard, type Card } from '../cards.js';
import { matching } from '../search.js';
import {
  numberArgument,
  specProperty,
  textArgument,
  type ObjectSchema,
  type Tool,
  type ToolArguments,
} from '../tool.js';

const usualLimit = 20;
const mostLimit = 100;

const common = {
  text: {
    type: 'string',
    maxLength: 500,
    description: 'Words to look for in names and descriptions; without them all are listed',
  },
  limit: {
    type: 'integer',
    minimum: 1,
    maximum: mostLimit,
    description: `How many to list; ${usualLimit} where left out`,
  },
  ...specProperty,
} as const;

function listSchema(name: string, properties: Readonly<Record<string, object>>): ObjectSchema {
  return {
    type: 'object',
    properties: {
      [name]: { type: 'array', items: { type: 'object', properties, required: Object.keys(properties) } },
      total: { type: 'integer', description: 'How many fit' },
      truncated: { type: 'string' },
    },
    required: [name, 'total'],
  };
}

/** The first of what fits, and how many there are. */
function listed<T>(name: string, items: readonly T[], given: ToolArguments, card: (item: T) => Card): Card {
  const shown = items.slice(0, numberArgument(given, 'limit') ?? usualLimit);
  const rest = items.length - shown.length;
  return {
    [name]: shown.map(card),
    total: items.length,
    ...(rest > 0 ? { truncated: `${rest} more; look for other words, or raise limit` } : {}),
  };
}

const text = { type: 'string' } as const;

export const findMetrics: Tool = {
  name: 'find_metrics',
  title: 'Find declared metrics',
  description:
    'Looks up the metrics that this service declares, with the TypeScript helper, its signature, an example call, the labels with all their admitted values, and who reads the metric. Use it before recording anything: undeclared metrics and label values do not compile.',
  inputSchema: {
    type: 'object',
    properties: {
      ...common,
      label: { type: 'string', maxLength: 200, description: 'Only metrics with this label' },
      type: {
        type: 'string',
        enum: ['counter', 'gauge', 'histogram'],
        description: 'Only metrics of this type',
      },
    },
    additionalProperties: false,
  },
  outputSchema: listSchema('metrics', {
    name: text,
    type: text,
    help: text,
    helper: text,
    signature: text,
    example: text,
  }),
  readOnly: true,
  call(given, workspace) {
    const model = workspace.model(textArgument(given, 'spec'));
    const names = helperNames(model);
    const label = textArgument(given, 'label');
    const type = textArgument(given, 'type');
    const asked = [...model.metrics.values()].filter(
      (metric) =>
        (type === undefined || metric.type === type) &&
        (label === undefined || metric.labels.some(({ wire, key }) => wire === label || key === label)),
    );
    const found = matching(asked, textArgument(given, 'text') ?? '', ({ name, help, labels, unit }) => ({
      name,
      about: [help, unit, ...labels.map(({ wire }) => wire)],
    }));
    return { data: listed('metrics', found, given, (metric) => metricCard(model, metric, names)) };
  },
};

export const findSpans: Tool = {
  name: 'find_spans',
  title: 'Find declared spans',
  description:
    'Looks up the spans that this service declares, with the TypeScript helper, an example, the attributes (which are required, which hold content) and the metrics that each span records by itself. Use it before opening a span, and do not record those metrics a second time.',
  inputSchema: { type: 'object', properties: common, additionalProperties: false },
  outputSchema: listSchema('spans', { name: text, kind: text, helper: text, example: text }),
  readOnly: true,
  call(given, workspace) {
    const model = workspace.model(textArgument(given, 'spec'));
    const names = helperNames(model);
    const found = matching(
      [...model.spans.values()],
      textArgument(given, 'text') ?? '',
      ({ name, description, attributes }) => ({
        name,
        about: [description, ...attributes.map((each) => each.name)],
      }),
    );
    return { data: listed('spans', found, given, (span) => spanCard(model, span, names)) };
  },
};

export const findLogs: Tool = {
  name: 'find_logs',
  title: 'Find declared log events',
  description:
    'Looks up the log events that this service declares, with the TypeScript helper, its fields and an example call. Use it instead of console or a logger of your own.',
  inputSchema: { type: 'object', properties: common, additionalProperties: false },
  outputSchema: listSchema('logs', { name: text, level: text, message: text, helper: text, example: text }),
  readOnly: true,
  call(given, workspace) {
    const model = workspace.model(textArgument(given, 'spec'));
    const names = helperNames(model);
    const found = matching(
      [...model.logs.events.values()],
      textArgument(given, 'text') ?? '',
      ({ name, message, category, fields }) => ({
        name,
        about: [message, category, ...fields.map((each) => each.name)],
      }),
    );
    return { data: listed('logs', found, given, (event) => logCard(model, event, names)) };
  },
};
