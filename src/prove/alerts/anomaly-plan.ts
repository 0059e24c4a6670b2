import { anomalyIdentity, anomalyWindow } from '../../alerts/anomaly.js';
import type { AnomalyCondition } from '../../model/model.js';
import { driverOf, type Driver } from './anomaly-driver.js';
import type { Lengths } from './anomaly-levels.js';
import { steps } from './pace.js';
import { rowsOf, selects, valuesOf, type Labels, type Row } from './rows.js';
import { own, type AlertSubject } from './subject.js';

/** What all scenarios of an anomaly share. */
export interface AnomalyPlan {
  readonly subject: AlertSubject<AnomalyCondition>;
  readonly driver: Driver;
  readonly lengths: Lengths;
  /** Seconds between evaluations, and samples in that time. */
  readonly pace: number;
  readonly samples: number;
  readonly pending: number;
  readonly kept: number;
  /** Evaluations until a new value fills the window of a rate. */
  readonly settling: number;
  /** The usual level of the tests, in the unit of the query. */
  readonly level: number;
  readonly group: Labels;
  readonly rows: readonly Row[];
  readonly calm: readonly Row[];
  readonly strangers: readonly Row[];
  /** Labels of the recorded series, beside those of the group. */
  readonly recorded: Labels;
}

/** Evaluations of at most this many seconds apart; each has to see a few samples. */
const paces = [3600, 1800, 1200, 900, 600, 300, 120, 60, 30, 20, 15, 10, 5, 1];
/** Evaluations that an earlier level is averaged over. */
const leastAround = 4;
/** A selector finds nothing behind this many seconds. */
const lookback = 300;

/** Works out the pace of the tests and the series that drive the query; a text where that cannot be done says why. */
export function anomalyPlan(subject: AlertSubject<AnomalyCondition>): AnomalyPlan | string {
  const { model, condition, rule, alert } = subject;
  if (condition.query.expr === undefined) return 'its query has a fault';
  const query = own(model, condition.query.expr);
  const driver = driverOf(query);
  if (driver === undefined)
    return 'its query is more than the rate or the value of one metric, so that no series can be made up for a level';
  const { selector: read, window } = driver;
  const metric = read.metric ?? '';
  const { seconds } = condition.season;
  const around = anomalyWindow(condition, model.target.prometheus.evaluationInterval.seconds);
  const isFine = (each: number): boolean => seconds % (2 * each) === 0 && around / each >= leastAround;
  const pace =
    paces.find(
      (each) =>
        isFine(each) &&
        [rule.for ?? 0, rule.keepFiringFor ?? 0].every(
          (time) => time % each === 0 && (time === 0 || time / each >= 2),
        ),
    ) ?? paces.find(isFine);
  if (pace === undefined) return 'its season is too short to be told apart in a test';
  // A rate needs a few samples in its window, an instant selector one within five minutes.
  const samples = Math.ceil(pace / Math.min(lookback, window === undefined ? pace : window / 5));
  const by = driver.by ?? [];
  const values = by.map((label): readonly [string, readonly string[]] => [
    label,
    valuesOf(
      label,
      undefined,
      read.matchers.filter((each) => each.label === label),
    ),
  ]);
  const declared = (label: string): readonly string[] | undefined => {
    const found = [...model.metrics.values()]
      .flatMap(({ labels }) => labels)
      .find(({ wire }) => wire === label);
    return found === undefined ? undefined : valuesOf(label, found, read.matchers);
  };
  const pick = (index: number): Labels =>
    new Map(
      values.map(([label, own_]) => {
        const all = declared(label) ?? own_;
        return [label, all[index] ?? all[0] ?? ''];
      }),
    );
  const rowsFor = (index: number): readonly Row[] => rowsOf(model, metric, [read], pick(index));
  const isRead = (row: Row): boolean => selects(read, metric, row.labels);
  const mine = rowsFor(0).filter(isRead);
  const [first] = mine;
  if (first === undefined) return 'no series meets its selector';
  const twin = mine.find((row) => row.labels.get('instance') !== first.labels.get('instance'));
  const rows = driver.by === undefined || twin === undefined ? [first] : [first, twin];
  const group = driver.by === undefined ? first.labels : pick(0);
  const other = by.length > 0 && [...pick(1)].some(([label, value]) => group.get(label) !== value);
  const { minimum } = condition;
  const level = minimum !== undefined && minimum > 0 ? minimum * 1.05 : 100;
  return {
    subject,
    driver,
    lengths: { season: seconds / pace, around: around / pace },
    pace,
    samples,
    pending: steps(rule.for, pace),
    kept: steps(rule.keepFiringFor, pace),
    settling: steps(window, pace) + 1,
    level,
    group,
    rows,
    calm: other ? rowsFor(1).filter(isRead).slice(0, 1) : [],
    strangers: rowsFor(0).filter((row) => !isRead(row)),
    recorded: anomalyIdentity(model, alert, condition.query.expr),
  };
}
