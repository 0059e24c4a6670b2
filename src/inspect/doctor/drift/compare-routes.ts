import { parseDuration } from '../../../promql/duration.js';
import { list, member, text } from '../ask/json.js';

/** What routes, inhibitions and receivers say, in one form, whoever wrote them. */
interface Routing {
  readonly routes: readonly string[];
  readonly inhibitions: readonly string[];
  readonly receivers: readonly string[];
}

/** What a route takes over from the one above it. */
interface Inherited {
  readonly receiver: string;
  readonly groupBy: string;
  readonly timing: string;
}

/** What Alertmanager does where nothing is written: https://prometheus.io/docs/alerting/latest/configuration/#route */
const usual: Inherited = { receiver: '', groupBy: '', timing: '30|300|14400' };

function seconds(value: unknown, otherwise: string | undefined): string {
  const written = parseDuration(text(value));
  return written === undefined ? (otherwise ?? '') : String(written);
}

/** `severity="page"`, however it is quoted and spaced. */
function matcher(value: unknown): string {
  const [, name = '', operator = '', wanted = ''] =
    /^\s*"?([^"=!~\s]+)"?\s*(=~|!~|!=|=)\s*(.*?)\s*$/s.exec(text(value)) ?? [];
  return `${name}${operator}${wanted.replace(/^"(.*)"$/s, '$1')}`;
}

function matchers(values: unknown): string {
  return list(values).map(matcher).toSorted().join(',');
}

/** A route and those below it, each as the path of matchers that leads to it and what happens there. */
function flatten(route: unknown, above: Inherited, path: string): readonly string[] {
  const [wait, interval, repeat] = above.timing.split('|');
  const own: Inherited = {
    receiver: text(member(route, 'receiver')) || above.receiver,
    groupBy: list(member(route, 'group_by')).map(text).toSorted().join(',') || above.groupBy,
    timing: [
      seconds(member(route, 'group_wait'), wait),
      seconds(member(route, 'group_interval'), interval),
      seconds(member(route, 'repeat_interval'), repeat),
    ].join('|'),
  };
  const here = `${path}{${matchers(member(route, 'matchers'))}}`;
  const [waits, every, again] = own.timing.split('|');
  const goesOn = member(route, 'continue') === true ? ', and goes on' : '';
  const line = `${here} to ${own.receiver}, by ${own.groupBy}, after ${waits ?? ''} s, every ${every ?? ''} s, again after ${again ?? ''} s${goesOn}`;
  return [line, ...list(member(route, 'routes')).flatMap((each) => flatten(each, own, here))];
}

function inhibition(rule: unknown): string {
  const equal = list(member(rule, 'equal')).map(text).toSorted().join(',');
  return `${matchers(member(rule, 'source_matchers'))} silences ${matchers(member(rule, 'target_matchers'))} of the same ${equal}`;
}

/** Its name, and over which channels it tells; what they hold is secret in part, and Alertmanager does not tell it. */
function receiver(value: unknown): string {
  const members: readonly (readonly [string, unknown])[] = Object.entries(value ?? {});
  const channels = members
    .filter(([key, entries]) => key.endsWith('_configs') && list(entries).length > 0)
    .map(([key, entries]) => `${key.slice(0, -'_configs'.length)}×${list(entries).length}`);
  return `${text(member(value, 'name'))} (${channels.toSorted().join(', ')})`;
}

function receiverName(value: unknown): string {
  return text(member(value, 'name'));
}

function routingOf(config: unknown, isLocal: boolean): Routing {
  return {
    routes: flatten(member(config, 'route'), usual, ''),
    inhibitions: list(member(config, 'inhibit_rules')).map(inhibition),
    receivers: list(member(config, 'receivers')).map(isLocal ? receiverName : receiver),
  };
}

function compare(what: string, expected: readonly string[], found: readonly string[]): readonly string[] {
  return [
    ...expected.filter((each) => !found.includes(each)).map((each) => `missing ${what}: ${each}`),
    ...found.filter((each) => !expected.includes(each)).map((each) => `superfluous ${what}: ${each}`),
  ];
}

/**
 * How the configuration that runs routes alerts otherwise than that of the spec; both as they were read from YAML.
 * @param isLocal whether the receivers are turned to an address of this machine: then their names alone are compared
 */
export function compareRoutes(expected: unknown, found: unknown, isLocal = false): readonly string[] {
  const ours = routingOf(expected, isLocal);
  const theirs = routingOf(found, isLocal);
  return [
    ...compare('route', ours.routes, theirs.routes),
    ...compare('inhibition', ours.inhibitions, theirs.inhibitions),
    ...compare('receiver', ours.receivers, theirs.receivers),
  ];
}
