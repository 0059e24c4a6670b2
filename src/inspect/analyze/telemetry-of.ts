import type { Signal } from './facts.js';

/** What obs-gen's generated modules export gives telemetry of these kinds. */
const generated: Readonly<Record<string, readonly Signal[]>> = {
  spans: ['tracing'],
  traced: ['tracing'],
  agents: ['tracing', 'metrics'],
  http: ['tracing', 'metrics'],
  metrics: ['metrics'],
  cost: ['metrics'],
  logs: ['logging'],
  logger: ['logging'],
  log: ['logging'],
  console: ['logging'],
  security: ['logging'],
  correlation: ['correlation'],
  errors: ['errors'],
  traceFunction: [],
  traceMethod: [],
  traceAccessor: [],
  traceCall: [],
  traceMember: [],
  tracePrivate: [],
  traceConstruction: [],
  keepContext: ['correlation'],
};

/** Members that read or prepare and record nothing. */
const silent: ReadonlySet<string> = new Set(['budget', 'price', 'current']);
/** Members of `correlation` that open a span. */
const opening: ReadonlySet<string> = new Set(['runJob']);

/** Whether a name is one that obs-gen's modules export. */
export function isHelper(imported: string): boolean {
  return Object.hasOwn(generated, imported);
}

/** What a call of a generated helper gives: `errors.capture` reports an error. */
export function signalsOf(imported: string, rest: string): readonly Signal[] {
  const member = rest.split('.')[0] ?? '';
  const given = Object.hasOwn(generated, imported) ? (generated[imported] ?? []) : [];
  if (silent.has(member)) return [];
  if (imported === 'correlation' && opening.has(member)) return ['tracing', 'correlation'];
  return given;
}

/** The name of a span helper that is used, `agentRun` of `spans.agentRun`, for what its span records. */
export function spanMember(imported: string, rest: string): string | undefined {
  return imported === 'spans' ? rest.split('.')[0] : undefined;
}

/** Functions that the codemod puts around others from outside: their last argument, or a name among the arguments, says which. */
export const outerHelpers: ReadonlySet<string> = new Set([
  'traceFunction',
  'traceMethod',
  'traceAccessor',
  'tracePrivate',
]);
