import type { Metric, Model } from '../model/model.js';

const acronyms: ReadonlyMap<string, string> = new Map(
  ['API', 'CPU', 'GPU', 'HTTP', 'LLM', 'MCP', 'SQL', 'GC', 'PCIe', 'ECC', 'Xid', 'URL', 'ID', 'IMS'].map(
    (word) => [word.toLowerCase(), word],
  ),
);

/** `model_calls` as a title: `Model calls`. */
export function titled(words: string): string {
  const spaced = words.split(/[_\s.-]+/).filter((word) => word !== '');
  const known = spaced.map((word) => acronyms.get(word.toLowerCase()) ?? word);
  const text = known.join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Words of a service's name, which each of its metrics may begin with. */
function prefixes({ service }: Model): readonly string[] {
  const name = service.name.toLowerCase().replace(/[^a-z0-9]+/g, '_');
  const [first = name] = name.split('_');
  return [name, first, ...(service.namespace === undefined ? [] : [service.namespace])].map(
    (each) => `${each}_`,
  );
}

const conventional = ['agent_', 'gen_ai_client_', 'gen_ai_', 'nodejs_', 'process_', 'obsgen_'];

/** The name of a metric without the service's name, which is on every one of them. */
export function bareName(model: Model, { name, origin }: Pick<Metric, 'name' | 'origin'>): string {
  const known = origin.preset === undefined ? prefixes(model) : conventional;
  const found = known.find((prefix) => name.startsWith(prefix) && name.length > prefix.length + 3);
  return found === undefined ? name : name.slice(found.length);
}

/** What a panel that shows a metric is called. */
export function titleOf(model: Model, metric: Metric): string {
  const { unit } = metric;
  const name = bareName(model, metric).replace(/_total$/, '');
  if (/_(?:timestamp|start_time)_seconds$/.test(name)) {
    return `${titled(name.replace(/_(?:timestamp|time)_seconds$/, ''))}, age`;
  }
  if (name.endsWith('_info')) return titled(name.slice(0, -'_info'.length));
  const plain = unit !== undefined && name.endsWith(`_${unit}`) ? name.slice(0, -unit.length - 1) : name;
  return titled(unit === 'tokens' ? name : plain);
}

/** `AgentRunsFail` as a title: `Agent runs fail`. */
export function titleOfAlert(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2');
  const lowered = words
    .split(/[\s_-]+/)
    .map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()));
  return titled(lowered.join(' '));
}

/** As long as a title may get beside others. */
const longestTitle = 44;

/** A title with what its lines are told apart by, where there is room for that. */
export function titledBy(title: string, by: readonly { readonly wire: string }[]): string {
  // `Stream aborts by aborted by` says it twice.
  if (by.length === 0 || by.some(({ wire }) => wire.endsWith('_by'))) return title;
  const full = `${title} by ${by.map(({ wire }) => wire.replaceAll('_', ' ')).join(' and ')}`;
  return full.length <= longestTitle ? full : title;
}

const trouble =
  /error|fail|drop|lost|refus|reject|violat|abort|evict|throttle|denied|timeout|overflow|unpriced|repeated|stuck|crash|retr|fallback|rate_limited|nonfinite|limit_hits|oom/;

/** What is good of a metric, and what to do where it is not; for panels that nothing better is known of. */
export function adviceOf(metric: Metric): string {
  const { type, name, unit } = metric;
  if (type === 'counter') {
    if (trouble.test(name))
      return 'Good: none, or as few as on other days. Where it rises, look at what changed at that time, and at log lines and traces of it.';
    if (unit === 'seconds')
      return 'Good: even. Time that is spent for each second that passes: what grows here takes it from all else.';
    return 'Good: its usual level for the time of day. Where it stops or jumps, look at what sends the work.';
  }
  if (type === 'histogram') {
    if (unit === 'seconds')
      return 'Good: flat. Where p95 leaves p50 behind, a few take long: open the traces of the slow ones.';
    return 'Good: its usual spread. Where it moves, compare with what changed at that time.';
  }
  if (isState(metric))
    return 'Good: yes. Where it is no, begin with the health checks and the log lines of the component.';
  if (/_timestamp_seconds$|_start_time_seconds$/.test(name))
    return 'The age of it. Good: no more than the time between two of them; beyond that, look at what brings it up to date.';
  if (unit === 'ratio')
    return 'Good: away from the end that hurts. Where it moves there, find out what uses it up.';
  return 'Good: level. What grows and never falls is held by somebody: find out by whom.';
}

/** Whether a gauge says that something works, or does not. */
export function isState({ type, range, unit, name }: Metric): boolean {
  return (
    type === 'gauge' &&
    unit === undefined &&
    range?.[0] === 0 &&
    range[1] === 1 &&
    !/_info$/.test(name) &&
    !trouble.test(name)
  );
}

/** Whether a metric counts what ought not to be. */
export function isTrouble({ name }: Metric): boolean {
  return trouble.test(name);
}
