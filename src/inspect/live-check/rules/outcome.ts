import { plural } from '../../../model/checks/words.js';
import { isOverCap, suggestedCap, type Observed } from '../cardinality.js';
import { percent, shareOf, type Coverage, type Signal } from '../coverage.js';
import { declaredLabel, type RuleContext } from './context.js';

const words: Readonly<Record<Signal, string>> = {
  metrics: 'metric',
  spans: 'span',
  events: 'log event',
};

/** Names of unseen things that a message lists. */
const namesShown = 8;

function checkCap({ tally }: RuleContext, observed: Observed): void {
  const { label, distinct, isAtLeast, beyond, overflow } = observed;
  if (label.bound.kind === 'closed') return;
  const { cap, kind } = label.bound;
  const related = [{ range: label.origin.of('cap'), message: `the cap of label \`${label.key}\`` }];
  const wanted = suggestedCap(observed);
  const count = `${isAtLeast ? 'more than ' : ''}${plural(distinct, 'value')}`;
  if (beyond !== undefined) {
    tally.add('OBS6024', label.key, () => ({
      message: `label \`${label.wire}\` of \`${beyond.metric}\` has ${count}, and its cap is ${cap}`,
      range: beyond.place(`"${beyond.value}"`),
      related,
      help: `the generated helpers hold it at the cap: record it by them. If all of these values are wanted, \`cap: ${wanted ?? cap}\`; ids and free text belong on a span or a log line`,
    }));
  } else if (overflow !== undefined && !isOverCap(observed)) {
    tally.add('OBS6026', label.key, () => ({
      message: `values of label \`${label.wire}\` of \`${overflow.metric}\` that were not registered share \`__other__\``,
      range: overflow.place('"__other__"'),
      related: [declaredLabel(label)],
      help: `names that a model or a stranger makes up belong there; register those that the service knows at its start: \`labels.….register([…])\``,
    }));
  } else if (overflow !== undefined) {
    tally.add('OBS6025', label.key, () => ({
      message: `label \`${label.wire}\` of \`${overflow.metric}\` is at its cap of ${cap}: further values share \`__other__\``,
      range: overflow.place('"__other__"'),
      related,
      help: `${count} kept their names; \`cap: ${wanted ?? cap}\` makes room, if those beyond are worth telling apart`,
    }));
  } else if (kind === 'open' && distinct === cap && cap > 1) {
    tally.add('OBS6025', label.key, () => ({
      message: `label \`${label.wire}\` has as many values as its cap of ${cap} allows: the next will share \`__other__\``,
      range: declaredLabel(label).range,
      related,
      help: `\`cap: ${wanted ?? cap}\` makes room`,
    }));
  }
}

/** Caps that are reached or exceeded. */
export function checkCaps(context: RuleContext, observed: readonly Observed[]): void {
  for (const each of observed) checkCap(context, each);
}

/** What was never seen, and whether enough was. @param floor 0 to 1 */
export function checkCoverage(
  { tally, model }: RuleContext,
  coverage: readonly Coverage[],
  floor: number | undefined,
): void {
  for (const each of coverage) {
    const { signal, seen, unseen } = each;
    const all = seen.length + unseen.length;
    if (unseen.length === 0) continue;
    const origins = { metrics: model.metrics, spans: model.spans, events: model.logs.events }[signal];
    const related = unseen.slice(0, namesShown).flatMap((name) => {
      const origin = origins.get(name)?.origin;
      return origin === undefined ? [] : [{ range: origin.key, message: 'never seen' }];
    });
    const list = unseen.slice(0, namesShown).join(', ');
    const more = unseen.length > namesShown ? ` and ${unseen.length - namesShown} more` : '';
    const never = `${plural(unseen.length, words[signal])} of ${all} never seen: ${list}${more}`;
    const isEnough = floor === undefined || shareOf(each) >= floor;
    tally.add(isEnough ? (signal === 'metrics' ? 'OBS6018' : 'OBS6019') : 'OBS6002', signal, () => ({
      message: isEnough
        ? never
        : `${percent(shareOf(each))} of the declared ${words[signal]}s were seen, and at least ${percent(floor)} have to be: ${never}`,
      range: undefined,
      related,
      help: isEnough
        ? 'exercise the service more before it is looked at; what is never recorded can be taken out of the spec'
        : 'exercise the service more before it is looked at, or look for longer: --samples, --for; what is never recorded can be taken out of the spec',
    }));
  }
}

/** What could not be looked at. */
export function checkLimits(
  { tally }: RuleContext,
  beyond: { readonly series: boolean; readonly findings: number },
): void {
  if (beyond.series)
    tally.add('OBS6005', 'series', () => ({
      message: 'there are more than 200,000 series: of those beyond, it was not seen whether counts go down',
      range: undefined,
      help: 'look at one target at a time',
    }));
  if (beyond.findings > 0)
    tally.add('OBS6005', 'findings', () => ({
      message: `there are too many findings to tell all apart: ${plural(beyond.findings, 'sighting')} beyond are not listed`,
      range: undefined,
      help: 'mend what is listed first: most of the rest will go with it',
    }));
}
