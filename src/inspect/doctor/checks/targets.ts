import { partJob } from '../../../emit/stack/scrape.js';
import { parseDuration } from '../../../promql/duration.js';
import { list, member, number, text, texts } from '../ask/json.js';
import { until } from '../ask/until.js';
import { defineCheck, type Context } from '../check.js';
import { placeNames, titles, type PlaceName } from '../places.js';
import { isDiscovering, mootWithoutPrometheus, prometheusData, serviceLabels } from '../prometheus.js';
import { counted, failed, ok, warning, type Outcome } from '../verdict.js';

/** A scrape that takes more of its interval than this is near its end. */
const longShare = 0.5;
/** Intervals after which a target is no longer scraped. */
const staleIntervals = 3;

const scrapedPlaces = [
  'prometheus',
  'alertmanager',
  'grafana',
  'collector',
  'loki',
  'tempo',
  'jaeger',
  'pushgateway',
] as const satisfies readonly PlaceName[];

interface Target {
  readonly job: string;
  readonly instance: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly url: string;
  readonly health: string;
  readonly lastError: string;
  /** Seconds. */
  readonly duration: number;
  readonly interval: number;
  /** Milliseconds since 1970 on Prometheus's clock; before 1971 where it was never scraped. */
  readonly scrapedAt: number;
}

/** Seconds of `15s`, which an old Prometheus does not tell. */
function seconds(written: string, otherwise: number): number {
  return parseDuration(written) ?? otherwise;
}

function targetOf(value: unknown, usual: number): Target {
  const labels = texts(member(value, 'labels'));
  return {
    labels,
    job: labels.get('job') ?? text(member(value, 'scrapePool')),
    instance: labels.get('instance') ?? '',
    url: text(member(value, 'scrapeUrl')),
    health: text(member(value, 'health')),
    lastError: text(member(value, 'lastError')),
    duration: number(member(value, 'lastScrapeDuration')) ?? 0,
    interval: seconds(text(member(value, 'scrapeInterval')), usual),
    scrapedAt: Date.parse(text(member(value, 'lastScrape'))),
  };
}

function isOfService(context: Context, { labels }: Target): boolean {
  return [...serviceLabels(context)].every(([name, value]) => labels.get(name) === value);
}

/** The part that a target is, by its job; undefined where it is none that the doctor asks itself. */
function partOf(context: Context, target: Target): PlaceName | undefined {
  if (isOfService(context, target)) return 'service';
  const { model } = context;
  if (target.job === partJob(model, 'spanMetrics')) return 'collector';
  return scrapedPlaces.find((name) => target.job === partJob(model, name));
}

/** What is wrong with a target, and how much; undefined where nothing is. */
function faultOf(
  target: Target,
  now: number,
): { readonly text: string; readonly isSevere: boolean } | undefined {
  const { job, instance, health, lastError, duration, interval, scrapedAt } = target;
  const severe = (what: string) => ({ text: `${job} ${instance}: ${what}`, isSevere: true });
  const slight = (what: string) => ({ text: `${job} ${instance}: ${what}`, isSevere: false });
  if (health === 'down') return severe(`down: ${lastError === '' ? 'no reason given' : lastError}`);
  if (isNew(target)) return slight('not scraped yet');
  const age = (now - scrapedAt) / 1000;
  if (age > staleIntervals * interval + 10)
    return severe(`scraped ${Math.round(age)} s ago, and every ${interval} s is asked for`);
  if (duration > longShare * interval)
    return slight(`a scrape takes ${duration.toFixed(2)} s of the ${interval} s between two`);
  return undefined;
}

/** Parts that do not answer the doctor either: that they are not scraped is no news. */
async function silentParts(context: Context): Promise<ReadonlySet<PlaceName>> {
  const there = placeNames.filter((name) => context.place(name) !== undefined);
  const up = await Promise.all(there.map((name) => context.isUp(name)));
  return new Set(there.filter((_, index) => up[index] === false));
}

function isNew({ health, scrapedAt }: Target): boolean {
  return health !== 'down' && (health !== 'up' || !(scrapedAt > 0));
}

/** The targets, once each has been scraped, or when that has been waited for long enough: a new Prometheus takes an interval. */
async function scrapedTargets(context: Context): Promise<readonly Target[]> {
  const usual = context.model.target.prometheus.scrapeInterval.seconds;
  let targets: readonly Target[] = [];
  await until(
    context.wait,
    async () => {
      const data = await prometheusData(context, '/api/v1/targets?state=active');
      targets = list(member(data, 'activeTargets')).map((each) => targetOf(each, usual));
      const isThere =
        targets.some((target) => isOfService(context, target)) || !(await isDiscovering(context));
      return isThere && !targets.some(isNew) ? targets : undefined;
    },
    context.signal,
  );
  return targets;
}

async function run(context: Context): Promise<Outcome> {
  const targets = await scrapedTargets(context);
  const silent = await silentParts(context);
  const own = targets.filter((target) => isOfService(context, target));
  const wanted = [...serviceLabels(context)].map(([name, value]) => `${name}="${value}"`).join(', ');
  if (own.length === 0) {
    return failed(
      `Prometheus scrapes ${counted(targets.length, 'target')}, and none is the service (${wanted})`,
      'load prometheus/prometheus.yaml of the output, or name the job as `service.selector` says',
      targets.map(({ job, instance }) => `${job} ${instance}`),
    );
  }
  const now = context.now();
  const looked = targets.filter((target) => {
    const part = partOf(context, target);
    return part === undefined || !silent.has(part);
  });
  const faults = looked.flatMap((target) => faultOf(target, now) ?? []);
  const left = targets.length - looked.length;
  const omitted =
    left === 0
      ? ''
      : `; left out: ${[...silent].map((name) => titles[name]).join(', ')}, which does not answer here either`;
  const severe = faults.filter(({ isSevere }) => isSevere);
  const texts = [...severe, ...faults.filter(({ isSevere }) => !isSevere)].map(({ text: said }) => said);
  if (severe.length > 0) {
    return failed(
      `${severe.length} of ${counted(looked.length, 'target')} cannot be scraped${omitted}`,
      'read the error beside the target: an address, a token, a certificate, or a page that is no metrics page',
      texts,
    );
  }
  if (texts.length > 0) {
    return warning(
      `${texts.length} of ${counted(looked.length, 'target')} are slow or new${omitted}`,
      'ask again in a minute; a page that stays slow has too many series: `obs-gen plan` names what dominates',
      texts,
    );
  }
  const instances = context.stack?.service.instances ?? 1;
  if (!silent.has('service') && own.length < instances) {
    return warning(
      `${counted(own.length, 'instance')} of the service, and ${instances} are expected${omitted}`,
      'name all of them in `stack.service.targets`, or change `stack.service.instances`',
    );
  }
  const ofService = looked.filter((target) => isOfService(context, target)).length;
  return ok(`${counted(looked.length, 'target')} up, ${ofService} of them the service${omitted}`);
}

export const targetsCheck = defineCheck({
  id: 'scrape.targets',
  question: 'Does Prometheus scrape the service and the parts of the stack?',
  needs: ['prometheus'],
  moot: mootWithoutPrometheus,
  run,
});
