import { heartbeatAlert } from '../../../alertmanager/heartbeat.js';
import { list, member, text, texts } from '../ask/json.js';
import { until } from '../ask/until.js';
import { defineCheck, type Context } from '../check.js';
import { isDiscovering, mootWithoutPrometheus, prometheusData } from '../prometheus.js';
import { counted, failed, ok, warning, type Outcome } from '../verdict.js';

/** Milliseconds after which Alertmanager has to know of an alert that fires: Prometheus tells it at each evaluation. */
const leeway = 120_000;

/** Whether Alertmanager has an alert of Prometheus, which may have got more labels on the way. */
function has(known: readonly ReadonlyMap<string, string>[], labels: ReadonlyMap<string, string>): boolean {
  return known.some((other) => [...labels].every(([name, value]) => other.get(name) === value));
}

interface Firing {
  readonly labels: ReadonlyMap<string, string>;
  readonly activeAt: number;
}

const nameOf = (labels: ReadonlyMap<string, string>): string => labels.get('alertname') ?? '';

const names = (which: readonly Firing[]): readonly string[] => [
  ...new Set(which.map(({ labels }) => nameOf(labels))),
];

async function firingIn(context: Context): Promise<readonly Firing[]> {
  const data = await prometheusData(context, '/api/v1/alerts');
  return list(member(data, 'alerts'))
    .filter((each) => member(each, 'state') === 'firing')
    .map((each) => ({
      labels: texts(member(each, 'labels')),
      activeAt: Date.parse(text(member(each, 'activeAt'))),
    }));
}

/** What fires, and what of it Alertmanager does not know. */
interface Delivery {
  /** Addresses of the Alertmanagers that Prometheus sends to. */
  readonly managers: readonly string[];
  readonly firing: readonly Firing[];
  readonly lost: readonly Firing[];
  /** Whether the alert that always fires does; true where there is none. */
  readonly beats: boolean;
}

async function look(context: Context, heartbeat: string | undefined): Promise<Delivery> {
  const [managers, firing, alerts] = await Promise.all([
    prometheusData(context, '/api/v1/alertmanagers'),
    firingIn(context),
    context.json('alertmanager', '/api/v2/alerts?active=true&silenced=true&inhibited=true'),
  ]);
  const known = list(alerts).map((each) => texts(member(each, 'labels')));
  return {
    managers: list(member(managers, 'activeAlertmanagers')).map((each) => text(member(each, 'url'))),
    firing,
    lost: firing.filter(({ labels }) => !has(known, labels)),
    beats: heartbeat === undefined || firing.some(({ labels }) => nameOf(labels) === heartbeat),
  };
}

/** The same, once all is well, or when that has been waited for long enough: a new Prometheus needs an evaluation. */
async function delivered(context: Context, heartbeat: string | undefined): Promise<Delivery> {
  let last = await look(context, heartbeat);
  const isLate = ({ activeAt }: Firing): boolean => context.now() - activeAt > leeway;
  await until(
    context.wait,
    async () => {
      const isKnown = last.managers.length > 0 || !(await isDiscovering(context));
      const settled = isKnown && last.beats && (last.lost.length === 0 || last.lost.some(isLate));
      if (!settled) last = await look(context, heartbeat);
      return settled ? last : undefined;
    },
    context.signal,
  );
  return last;
}

async function run(context: Context): Promise<Outcome> {
  const heartbeat = heartbeatAlert(context.model);
  const { managers, firing, lost, beats } = await delivered(context, heartbeat);
  if (managers.length === 0)
    return failed(
      'Prometheus knows of no Alertmanager',
      'name it under `alerting.alertmanagers`, as prometheus/prometheus.yaml of the output does',
    );
  if (heartbeat !== undefined && !beats)
    return failed(
      `the alert ${heartbeat}, which always fires, does not fire in Prometheus`,
      '`rules.health` and `rules.drift` say whether its rule is there; a new Prometheus needs one evaluation',
    );
  const late = lost.filter(({ activeAt }) => context.now() - activeAt > leeway);
  const what = `${counted(firing.length, 'alert')} ${firing.length === 1 ? 'fires' : 'fire'} in Prometheus`;
  if (late.length > 0)
    return failed(
      `${what}, and Alertmanager does not know ${late.length} of them`,
      `look at prometheus_notifications_errors_total and the log of Prometheus; it sends to ${managers.join(', ')}`,
      names(late),
    );
  if (lost.length > 0)
    return warning(
      `${what}, and Alertmanager does not know ${lost.length} of them yet`,
      'ask again in two minutes',
      names(lost),
    );
  const beat = heartbeat === undefined ? '' : `, the heartbeat ${heartbeat} among them`;
  return ok(`${what}, and Alertmanager knows all${beat}`, names(firing));
}

export const alertDeliveryCheck = defineCheck({
  id: 'alert.delivery',
  question: "Do Prometheus's alerts reach Alertmanager?",
  needs: ['prometheus', 'alertmanager'],
  moot: mootWithoutPrometheus,
  run,
});
