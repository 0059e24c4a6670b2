import { ruleGroupFiles } from '../../../emit/prometheus/files.js';
import { defineCheck, type Context } from '../check.js';
import { deployedGroups, type DeployedGroup } from '../drift/deployed-rules.js';
import { configLoadedAt } from '../prometheus.js';
import { counted, failed, notThere, ok, warning, type Outcome } from '../verdict.js';

/** Intervals after which a group is no longer evaluated. */
const staleIntervals = 3;
/** Seconds that a busy machine may be late. */
const leeway = 10;
/** A group that takes more of its interval than this is near its end. */
const longShare = 0.5;

interface Fault {
  readonly text: string;
  readonly isSevere: boolean;
}

function faultsOf(group: DeployedGroup, now: number, loadedAt: number): readonly Fault[] {
  const severe = (text: string): Fault => ({ text: `${group.name}: ${text}`, isSevere: true });
  const slight = (text: string): Fault => ({ text: `${group.name}: ${text}`, isSevere: false });
  const broken = group.rules
    .filter(({ health }) => health === 'err')
    .map(({ name, lastError }) =>
      severe(`${name} fails: ${lastError === '' ? 'no reason given' : lastError}`),
    );
  const { evaluatedAt, interval, took } = group;
  // A group begins somewhere in its first interval, so that not all do at once.
  const isNew = now - loadedAt < (interval + leeway) * 1000;
  if (!(evaluatedAt > 0)) return isNew ? broken : [...broken, slight('not evaluated yet')];
  const age = (now - evaluatedAt) / 1000;
  if (age > staleIntervals * interval + leeway)
    return [...broken, severe(`evaluated ${Math.round(age)} s ago, and every ${interval} s is asked for`)];
  if (took > interval)
    return [
      ...broken,
      severe(`takes ${took.toFixed(2)} s, longer than its interval of ${interval} s: evaluations are missed`),
    ];
  if (took > longShare * interval)
    return [...broken, slight(`takes ${took.toFixed(2)} s of its interval of ${interval} s`)];
  return broken;
}

async function run(context: Context): Promise<Outcome> {
  const prefix = `${context.model.service.name}:`;
  const files = ruleGroupFiles(context.model);
  const known = new Set(files.flatMap((file) => file.groups.map(({ name }) => name)));
  const groups = (await deployedGroups(context)).filter(
    ({ name }) => known.has(name) || name.startsWith(prefix),
  );
  if (known.size === 0 && groups.length === 0) return notThere('the spec compiles to no rules');
  const loadedAt = await configLoadedAt(context);
  const rules = groups.reduce((sum, group) => sum + group.rules.length, 0);
  const what = `${counted(rules, 'rule')} in ${counted(groups.length, 'group')}`;
  if (groups.length === 0)
    return failed(
      'Prometheus has loaded no rules of this service',
      'name prometheus/rules/*.yaml of the output under `rule_files`, and reload',
    );
  const faults = groups.flatMap((group) => faultsOf(group, context.now(), loadedAt));
  const severe = faults.filter(({ isSevere }) => isSevere);
  const texts = [...severe, ...faults.filter(({ isSevere }) => !isSevere)].map((each) => each.text);
  if (severe.length > 0)
    return failed(
      `${counted(severe.length, 'fault')} in ${what}`,
      'read the error beside the rule; a group that is late waits for a slow query or a busy machine',
      texts,
    );
  if (texts.length > 0)
    return warning(
      `${counted(texts.length, 'group')} new or slow, of ${what}`,
      'ask again in a minute',
      texts,
    );
  return ok(`${what}, all healthy and evaluated in time`);
}

export const ruleHealthCheck = defineCheck({
  id: 'rules.health',
  question: 'Are the rules loaded, healthy and evaluated in time?',
  needs: ['prometheus'],
  run,
});
