import { authored } from '../../encode/authored-markdown.js';
import { join, marked, text, type Markdown } from '../../encode/markdown.js';
import type { Model, PolicyStep, Slo } from '../../model/model.js';
import { blocks } from './words.js';

/** What is agreed where the spec says nothing: little enough to be kept, and each step at a share that alerts and dashboards show. */
const usual: readonly PolicyStep[] = [
  {
    left: 50,
    who: undefined,
    action:
      'Look at what spent it. Whatever took a tenth of the budget or more by itself gets a ticket, and is done before work on features that can wait.',
  },
  {
    left: 25,
    who: undefined,
    action:
      'Changes that can wait do. Those that cannot are released one at a time, in working hours, by somebody who watches this objective and can take them back.',
  },
  {
    left: 0,
    who: undefined,
    action:
      'Nothing is released but what makes the service more reliable or safer, until the budget is above 0 again. Each exception is decided, and its reason written down, by the owner of the objective.',
  },
];

function stepWords({ left, action, who }: PolicyStep, owner: string | undefined): Markdown {
  const decides = who ?? owner;
  const share = left === 0 ? marked`**None left**` : marked`**${left} % left**`;
  return decides === undefined
    ? marked`- ${share}: ${indented(action)}`
    : marked`- ${share}, ${text(decides)} decides: ${indented(action)}`;
}

/** An author's words as the content of an item of a list. */
function indented(action: string): Markdown {
  const [first = '', ...others] = authored(action).split('\n');
  return [first, ...others.map((line) => (line === '' ? '' : `  ${line}`))].join('\n') as Markdown;
}

/**
 * What is done as the error budget of an objective runs out, and who decides: as the spec says, or what is usual. Without a heading, so
 * that a page can put it where it needs it.
 */
export function budgetPolicy(model: Model, slo: Slo): Markdown {
  const { policy } = slo;
  if (typeof policy === 'string') return authored(policy);
  const owner = slo.owner ?? model.service.owner;
  const steps = policy ?? usual;
  const period = text(slo.period.text);
  return blocks([
    marked`As the error budget of ${text(slo.name)} runs out, over a rolling ${period}:`,
    join(
      steps.map((step) => stepWords(step, owner)),
      '\n',
    ),
  ]);
}
