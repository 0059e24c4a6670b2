import { routedAlerts } from '../../../alertmanager/alerts.js';
import { EvaluationError } from '../../../promql/evaluate/error.js';
import { wholeMatch } from '../../../promql/evaluate/regex.js';
import { list, member, text } from '../ask/json.js';
import { defineCheck, type Context } from '../check.js';
import { counted, failed, notThere, ok, warning, type Outcome } from '../verdict.js';

interface Matcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  readonly isEqual: boolean;
}

interface Silence {
  readonly id: string;
  readonly by: string;
  readonly comment: string;
  readonly until: string;
  readonly matchers: readonly Matcher[];
}

function silenceOf(value: unknown): Silence {
  return {
    id: text(member(value, 'id')),
    by: text(member(value, 'createdBy')),
    comment: text(member(value, 'comment')),
    until: text(member(value, 'endsAt')),
    matchers: list(member(value, 'matchers')).map((each) => ({
      name: text(member(each, 'name')),
      value: text(member(each, 'value')),
      isRegex: member(each, 'isRegex') === true,
      // Alertmanager before 0.22 has no other.
      isEqual: member(each, 'isEqual') !== false,
    })),
  };
}

/** Whether a matcher matches a value; RE2 is anchored at both ends, and what is not evaluated here counts as no match. */
function matches({ value, isRegex, isEqual }: Matcher, actual: string): boolean {
  if (!isRegex) return (actual === value) === isEqual;
  try {
    return wholeMatch(value).test(actual) === isEqual;
  } catch (error) {
    if (error instanceof EvaluationError) return false;
    throw error;
  }
}

/** Alerts of the spec that a silence certainly hides: by labels that every one of its alerts has. */
function hidden(context: Context, { matchers }: Silence): readonly string[] {
  const service = context.model.service.name;
  return routedAlerts(context.model)
    .filter(({ name, severity }) => {
      const labels = new Map([
        ['alertname', name],
        ['severity', severity],
        ['service', service],
      ]);
      return (
        matchers.length > 0 &&
        matchers.every((each) => labels.has(each.name) && matches(each, labels.get(each.name) ?? ''))
      );
    })
    .map(({ name }) => name);
}

async function run(context: Context): Promise<Outcome> {
  const all = list(await context.json('alertmanager', '/api/v2/silences'));
  const silences = all.filter((each) => member(each, 'status', 'state') === 'active').map(silenceOf);
  const alerts = routedAlerts(context.model);
  if (alerts.length === 0) return notThere('the spec has no alerts');
  const covered = silences.map((silence) => ({ silence, names: hidden(context, silence) }));
  const gone = new Set(covered.flatMap(({ names }) => names));
  const details = covered
    .filter(({ names }) => names.length > 0)
    .map(
      ({ silence, names }) =>
        `${silence.id} of ${silence.by} until ${silence.until} (${silence.comment}): ${counted(names.length, 'alert')}`,
    );
  const loud = alerts.filter(({ severity }) => severity === 'page');
  const todo = 'end it with `amtool silence expire ID` where nobody needs it any more';
  if (gone.size === new Set(alerts.map(({ name }) => name)).size)
    return failed('silences hide every alert of the service: nobody is told of anything', todo, details);
  if (loud.length > 0 && loud.every(({ name }) => gone.has(name)))
    return failed('silences hide every alert that would wake somebody', todo, details);
  if (gone.size > 0)
    return warning(`silences hide ${counted(gone.size, 'alert')} of the service`, todo, details);
  return ok(
    silences.length === 0
      ? 'there are none'
      : `${counted(silences.length, 'silence')}, none of them over a whole alert of the service`,
  );
}

export const alertSilencesCheck = defineCheck({
  id: 'alert.silences',
  question: 'Do silences hide what people have to know?',
  needs: ['alertmanager'],
  run,
});
