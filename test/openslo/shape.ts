import { Ajv2020 } from 'ajv/dist/2020.js';

/** The shape of OpenSLO v1 documents, as its specification describes them (github.com/OpenSLO/OpenSLO, README.md). */
const name = { type: 'string', pattern: '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$' };
const description = { type: 'string', maxLength: 1050 };
const duration = { type: 'string', pattern: '^[0-9]+[mhdwMQY]$' };
const object = (properties: object, required: readonly string[] = []): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const metadata = object(
  {
    name,
    displayName: { type: 'string' },
    labels: {
      type: 'object',
      propertyNames: { pattern: '^[a-z0-9A-Z]([-_.a-z0-9A-Z]{0,61}[a-z0-9A-Z])?$' },
      additionalProperties: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
    },
    annotations: {
      type: 'object',
      propertyNames: { pattern: '^([a-z0-9.-]{1,253}/)?[a-z0-9A-Z]([-_.a-z0-9A-Z]{0,61}[a-z0-9A-Z])?$' },
      additionalProperties: { type: 'string' },
    },
  },
  ['name'],
);

const metric = object(
  {
    metricSource: object(
      { metricSourceRef: { type: 'string' }, type: { type: 'string' }, spec: { type: 'object' } },
      ['spec'],
    ),
  },
  ['metricSource'],
);

const ratioMetric = {
  ...object({
    counter: { type: 'boolean' },
    good: metric,
    bad: metric,
    total: metric,
    raw: metric,
    rawType: { enum: ['success', 'failure'] },
  }),
  oneOf: [{ required: ['total', 'good'] }, { required: ['total', 'bad'] }, { required: ['raw', 'rawType'] }],
};

const sli = {
  ...object({ description, thresholdMetric: metric, ratioMetric }),
  oneOf: [{ required: ['thresholdMetric'] }, { required: ['ratioMetric'] }],
};

const objective = {
  ...object({
    displayName: { type: 'string' },
    op: { enum: ['lte', 'gte', 'lt', 'gt'] },
    value: { type: 'number' },
    target: { type: 'number', minimum: 0, exclusiveMaximum: 1 },
    targetPercent: { type: 'number', minimum: 0, exclusiveMaximum: 100 },
    timeSliceTarget: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
    timeSliceWindow: { anyOf: [{ type: 'number' }, duration] },
  }),
  oneOf: [{ required: ['target'] }, { required: ['targetPercent'] }],
};

const condition = object(
  {
    kind: { const: 'burnrate' },
    op: { enum: ['lte', 'gte', 'lt', 'gt'] },
    threshold: { type: 'number' },
    lookbackWindow: duration,
    alertAfter: duration,
  },
  ['kind', 'op', 'threshold', 'lookbackWindow'],
);

const alertCondition = object(
  {
    kind: { const: 'AlertCondition' },
    metadata,
    spec: object({ description, severity: { type: 'string' }, condition }, ['severity', 'condition']),
  },
  ['kind', 'metadata', 'spec'],
);

const specs: Readonly<Record<string, object>> = {
  Service: object({ description }),
  SLO: object(
    {
      description,
      service: { type: 'string' },
      indicator: object({ metadata, spec: sli }, ['metadata', 'spec']),
      timeWindow: {
        type: 'array',
        minItems: 1,
        maxItems: 1,
        items: object({ duration, isRolling: { const: true } }, ['duration', 'isRolling']),
      },
      budgetingMethod: { enum: ['Occurrences', 'Timeslices', 'RatioTimeslices'] },
      objectives: { type: 'array', minItems: 1, items: objective },
      alertPolicies: {
        type: 'array',
        items: object({ alertPolicyRef: { type: 'string' } }, ['alertPolicyRef']),
      },
    },
    ['service', 'indicator', 'budgetingMethod', 'objectives'],
  ),
  AlertPolicy: object(
    {
      description,
      alertWhenNoData: { type: 'boolean' },
      alertWhenResolved: { type: 'boolean' },
      alertWhenBreaching: { type: 'boolean' },
      conditions: { type: 'array', minItems: 1, maxItems: 1, items: alertCondition },
      notificationTargets: {
        type: 'array',
        minItems: 1,
        items: object({ targetRef: { type: 'string' } }, ['targetRef']),
      },
    },
    ['conditions', 'notificationTargets'],
  ),
  AlertNotificationTarget: object({ target: { type: 'string' }, description }, ['target']),
};

const schema = {
  oneOf: Object.entries(specs).map(([kind, spec]) =>
    object({ apiVersion: { const: 'openslo/v1' }, kind: { const: kind }, metadata, spec }, [
      'apiVersion',
      'kind',
      'metadata',
      'spec',
    ]),
  ),
  unevaluatedProperties: true,
};

const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema);

/** What is wrong with a document; nothing for one that OpenSLO describes. */
export function faultsOf(document: unknown): readonly string[] {
  if (validate(document)) return [];
  const kind = String((document as { readonly kind?: unknown }).kind);
  const branch = Object.keys(specs).indexOf(kind);
  return (validate.errors ?? [])
    .filter(({ schemaPath }) => branch < 0 || schemaPath.includes(`/oneOf/${branch}/`))
    .map(({ instancePath, message }) => `${kind}${instancePath}: ${message ?? ''}`);
}
