import type { Aggregation, Call, Expr } from '../../ast.js';
import { children, selectors } from '../../walk.js';
import { placeOf, type Finding } from '../finding.js';
import type { Value } from '../value.js';

/** The aggregation that takes the bounds of the buckets away. */
function dropperOf(expr: Expr): Aggregation | undefined {
  if (expr.kind === 'aggregation') {
    const { grouping } = expr;
    const drops =
      grouping?.mode === 'without'
        ? grouping.labels.includes('le')
        : grouping?.labels.includes('le') !== true;
    return dropperOf(expr.expr) ?? (drops ? expr : undefined);
  }
  for (const child of children(expr)) {
    const found = dropperOf(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

function withBounds(dropper: Aggregation): Pick<Finding, 'at' | 'help' | 'replacement'> {
  const { grouping, op, opAt } = dropper;
  const help = 'keep the bounds: add `le` to what it is grouped by';
  const [firstAt] = grouping?.labelsAt ?? [];
  if (grouping?.mode === 'without') {
    const index = grouping.labels.indexOf('le');
    return {
      at: grouping.labelsAt?.[index] ?? placeOf(dropper),
      help: 'keep the bounds: take `le` out of `without`',
    };
  }
  if (firstAt !== undefined) return { at: firstAt, help, replacement: (written) => `le, ${written}` };
  if (opAt === undefined || grouping !== undefined) return { at: opAt ?? placeOf(dropper), help };
  return { at: opAt, help: `keep the bounds: ${op} by (le)`, replacement: () => `${op} by (le) ` };
}

/** OBS3134, OBS3137: a quantile is read off buckets, which are told apart by `le`. */
export function bucketsNeeded(call: Call, { labels, buckets, sources }: Value): Finding | undefined {
  const [, arg] = call.args;
  if (arg === undefined) return undefined;
  const names = selectors(arg).map(({ metric }) => metric);
  const isClassic = names.length > 0 && names.every((name) => name?.endsWith('_bucket') === true);
  const dropper = isClassic ? dropperOf(arg) : undefined;
  const isGone =
    dropper?.grouping?.mode === 'without' || (labels?.closed === true && !labels.labels.has('le'));
  if (dropper !== undefined && isGone) {
    return {
      code: 'OBS3134',
      message: `the ${dropper.op} takes \`le\` away, by which ${call.func}() tells the buckets apart: there is no result`,
      ...withBounds(dropper),
    };
  }
  const other = sources.find((each) => each.isOwn && each.type !== 'bucket');
  if (buckets !== undefined || other === undefined || sources.length !== 1) return undefined;
  return {
    code: 'OBS3137',
    at: placeOf(arg),
    message: `${call.func}() needs the buckets of a histogram, and \`${other.name}\` has none: there is no result`,
    help:
      other.type === 'sum' || other.type === 'count'
        ? `read \`${other.metric}_bucket\``
        : 'name a histogram, `x_bucket`',
    metrics: [other.metric],
  };
}
