import { NoAnswer } from '../ask/no-answer.js';
import { defineCheck, type Context } from '../check.js';
import { placeNames, titles, type PlaceName } from '../places.js';
import { query } from '../prometheus.js';
import { counted, failed, notAsked, ok, warning, type Outcome } from '../verdict.js';

/** Seconds: a header has no fractions, and an answer takes its time. */
const unseen = 2;
/** Seconds from which on samples, lines and spans of one moment stand apart in a view of a minute. */
const severe = 30;

/** Any page will do: each answer has the clock of whoever gives it. */
const pages: Readonly<Partial<Record<PlaceName, string>>> = {
  service: '/health',
  grafana: '/api/health',
  jaeger: '/api/services',
  loki: '/ready',
  tempo: '/ready',
  prometheus: '/-/ready',
  alertmanager: '/-/ready',
  pushgateway: '/-/ready',
};

interface Skew {
  readonly who: string;
  /** Seconds that the other clock is ahead of the one here. */
  readonly ahead: number;
}

/** From the `Date` of an answer; undefined where it has none. */
async function ofHeader(context: Context, name: PlaceName, page: string): Promise<Skew | undefined> {
  try {
    const { headers, sentAt, headAt } = await context.ask(name, page);
    const said = Date.parse(headers.date ?? '');
    if (Number.isNaN(said)) return undefined;
    // Its second has begun and is half over on average.
    return { who: titles[name], ahead: (said + 500 - (sentAt + headAt) / 2) / 1000 };
  } catch (error) {
    if (error instanceof NoAnswer) return undefined;
    throw error;
  }
}

/** The clock by which samples get their times. */
async function ofPrometheus(context: Context): Promise<Skew | undefined> {
  if (!(await context.isUp('prometheus'))) return undefined;
  const before = context.now();
  const said = (await query(context, 'time()'))[0]?.value;
  const between = (before + context.now()) / 2000;
  return said === undefined ? undefined : { who: "Prometheus's time()", ahead: said - between };
}

async function run(context: Context): Promise<Outcome> {
  const asked = await Promise.all([
    ...placeNames.map(async (name) => {
      const page = pages[name];
      return page !== undefined && (await context.isUp(name)) ? ofHeader(context, name, page) : undefined;
    }),
    ofPrometheus(context),
  ]);
  const skews = asked.flatMap((each) => each ?? []);
  if (skews.length === 0) return notAsked('because nobody tells the time');
  const worst = skews.reduce((one, other) => (Math.abs(other.ahead) > Math.abs(one.ahead) ? other : one));
  const lines = skews.map(({ who, ahead }) => `${who}: ${ahead >= 0 ? '+' : ''}${ahead.toFixed(1)} s`);
  const size = Math.abs(worst.ahead);
  const seen = `${worst.who} is ${size.toFixed(1)} s ${worst.ahead > 0 ? 'ahead of' : 'behind'} this machine`;
  const todo =
    'let chrony or systemd-timesyncd set the clocks of all machines; this one may be the one that is wrong';
  if (size > severe) return failed(seen, todo, lines);
  if (size > unseen) return warning(seen, todo, lines);
  return ok(`${counted(skews.length, 'clock')} within ${unseen} s of this one`, lines);
}

export const clockCheck = defineCheck({
  id: 'clock.skew',
  question: 'Do the clocks of this machine, the service and the parts agree?',
  needs: [],
  run,
});
