import { code, heading, join, marked, text, type Markdown } from '../../encode/markdown.js';
import type { Label, Metric, Model } from '../../model/model.js';
import { defineEmitter } from '../emitter.js';
import { helperNames } from '../typescript/names.js';

/** Helpers of one kind that are named; the reference has them all. */
const mostNamed = 40;

/** Values of a label that are written out. */
const mostValues = 12;

function labelText({ wire, bound }: Label): Markdown {
  if (bound.kind === 'closed') {
    const shown = bound.values.slice(0, mostValues).map(code);
    const rest = bound.values.length - shown.length;
    return marked`${code(wire)} (${join(shown, ', ')}${rest > 0 ? marked`, ${rest} more` : marked``})`;
  }
  return marked`${code(wire)} (${bound.cap} values at most)`;
}

function uniqueLabels(metrics: readonly Metric[]): readonly Label[] {
  return [...new Set(metrics.flatMap(({ labels }) => labels))];
}

/** `a`, `b` and how many more. */
function named(all: readonly string[]): Markdown {
  const shown = all.slice(0, mostNamed).map(code);
  const rest = all.length - shown.length;
  return marked`${join(shown, ', ')}${rest > 0 ? marked` and ${rest} more` : marked``}`;
}

/** Lines of the list of what there is; a kind without entries is left out. */
function inventory(model: Model): readonly Markdown[] {
  const names = helperNames(model);
  const own = <T extends { readonly origin: { readonly preset: string | undefined } }>(
    all: Iterable<T>,
  ): readonly T[] =>
    [...all].sort((a, b) => Number(a.origin.preset !== undefined) - Number(b.origin.preset !== undefined));
  const metrics = own(model.metrics.values());
  const spans = own(model.spans.values());
  const events = [...model.logs.events.values()];
  const registered = uniqueLabels(metrics).filter(({ bound }) => bound.kind === 'registered');
  const closed = uniqueLabels(metrics).filter(
    ({ bound, origin }) => bound.kind === 'closed' && origin.preset === undefined,
  );
  return [
    ...(metrics.length === 0
      ? []
      : [marked`Metrics: ${named(metrics.map((metric) => `metrics.${names.metric(metric)}`))}.`]),
    ...(spans.length === 0
      ? []
      : [marked`Spans: ${named(spans.map((span) => `spans.${names.span(span)}`))}.`]),
    ...(events.length === 0
      ? []
      : [marked`Log events: ${named(events.map((event) => `logs.${names.event(event)}`))}.`]),
    ...(closed.length === 0
      ? []
      : [marked`Labels with fixed values: ${join(closed.slice(0, mostNamed).map(labelText), '; ')}.`]),
    ...(registered.length === 0
      ? []
      : [
          marked`Labels whose values the program registers when it starts: ${named(registered.map((label) => `labels.${names.label(label)}.register([…])`))}.`,
        ]),
  ];
}

const list = (items: readonly Markdown[]): Markdown =>
  join(
    items.map((item) => marked`- ${item}`),
    '\n',
  );

/**
 * What a coding agent has to know before it records anything in this service: which helpers there are, and what not to do.
 * @param folder where the helpers lie, as code names it; undefined: beside the folder of this page
 */
export function agentsGuide(model: Model, folder?: string): string {
  const place = folder === undefined ? marked`the folder above this page` : code(`${folder}/`);
  const parts = [
    ...(model.metrics.size > 0 ? ['metrics'] : []),
    ...(model.spans.size > 0 ? ['spans'] : []),
    ...(model.logs.events.size > 0 ? ['logs'] : []),
    ...(model.labels.size > 0 ? ['labels'] : []),
  ];
  const statement = code(`import { ${parts.join(', ')} } from '…/index.js';`);
  const blocks = [
    heading(2, marked`Telemetry of ${text(model.service.name)}`),
    marked`Metrics, spans and log lines are declared in ${code('observability.yaml')} and recorded by typed helpers in ${place}, which obs-gen compiles from it: ${statement}`,
    list([
      marked`Record by the helpers alone: no ${code('new Counter()')} of prom-client, no ${code('tracer.startSpan')}, no ${code('console.log')}.`,
      marked`Label values come from the declared sets. Identifiers, texts of users or models, paths and messages are never label values: they belong on a span or a log line.`,
      marked`What a span records by itself (its count, its duration, its outcome) is not recorded a second time.`,
      marked`What is missing is added to ${code('observability.yaml')} first; then ${code('npx obs-gen validate')} and ${code('npx obs-gen build')}. Generated files are not edited.`,
      marked`Before a change of the spec is finished: ${code('npx obs-gen diff main')} says whom it breaks, ${code('npx obs-gen build --check')} has to pass.`,
      marked`${code('npx obs-gen mcp')} is an MCP server with tools for all of this: ${code('find_metrics')}, ${code('find_spans')}, ${code('find_logs')}, ${code('describe')}, ${code('validate')}, ${code('explain')}, ${code('check_query')}, ${code('diff')}, ${code('build')}.`,
    ]),
    ...inventory(model),
    marked`Everything else, with who reads it: ${code(folder === undefined ? 'TELEMETRY.md' : `${folder}/docs/TELEMETRY.md`)}.`,
  ];
  return `${join(blocks, '\n\n')}\n`;
}

/** `docs/AGENTS.md`: the rules of telemetry for coding agents; `obs-gen agents` puts the same into the repository's own file. */
export const agentsGuideFile = defineEmitter({
  id: 'agents-guide',
  title: 'Rules for coding agents',
  files: (model) =>
    model.metrics.size + model.spans.size + model.logs.events.size === 0
      ? []
      : [{ path: 'docs/AGENTS.md', content: agentsGuide(model) }],
});
