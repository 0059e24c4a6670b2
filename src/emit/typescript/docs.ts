import { comment, commentCode, commentText, joinComment } from '../../encode/comment.js';
import type { CommentText } from '../../encode/comment.js';
import { camelCase } from '../../encode/names.js';
import type { Label, LogEvent, Metric, Span, SpanAttribute } from '../../model/model.js';

/** What an editor shows of a label. */
export function labelDoc(label: Label): readonly CommentText[] {
  return [
    commentText(label.description),
    comment`On the wire ${commentCode(label.wire)}; ${boundText(label)}.`,
  ];
}

/** What an editor shows of the union of a label's values. */
export function labelTypeDoc(label: Label): readonly CommentText[] {
  const description = commentText(label.description);
  return [description === '' ? comment`Values of ${commentCode(label.key)}.` : description];
}

/** What an editor shows of a metric. */
export function metricDoc(metric: Metric): readonly CommentText[] {
  const unit = metric.unit === undefined ? comment`` : comment`, in ${commentText(metric.unit)}`;
  const labels = metric.labels.map((label) => comment`${commentCode(label.wire)} (${boundText(label)})`);
  const buckets = metric.buckets.map((bound) => comment`${bound}`);
  return [
    commentText(metric.help),
    comment`${typeNames[metric.type]} ${commentCode(metric.name)}${unit}.`,
    labels.length === 0 ? comment`` : comment`Labels: ${joinComment(labels, ', ')}.`,
    buckets.length === 0 ? comment`` : comment`Buckets: ${joinComment(buckets, ', ')}.`,
    metric.owner === undefined ? comment`` : comment`Owner: ${commentText(metric.owner)}.`,
    deprecationDoc(metric),
  ];
}

/** What an editor shows of a metric under its former name. */
export function formerMetricDoc({ name, renamedFrom }: Metric): readonly CommentText[] {
  return [
    comment`${commentCode(renamedFrom?.name ?? '')}, which is called ${commentCode(name)} now: both are exposed, with one record.`,
    comment`@deprecated use ${commentText(camelCase(name))}; goes after ${commentText(renamedFrom?.until ?? '')}`,
  ];
}

/** What an editor shows of a span helper. */
export function spanDoc(span: Span): readonly CommentText[] {
  const { count, duration, firstChunk } = span.record;
  const recorded = [count, duration, firstChunk].flatMap((metric) =>
    metric === undefined ? [] : [commentCode(metric.name)],
  );
  return [
    commentText(span.description ?? ''),
    comment`Span ${commentCode(span.name)}, kind ${commentText(span.kind)}.`,
    recorded.length === 0 ? comment`` : comment`Records ${joinComment(recorded, ', ')}.`,
    span.outcome === undefined
      ? comment``
      : comment`Outcome: ${commentCode(span.outcome.ok)} where the function returned, ${commentCode(span.outcome.error)} where it threw, unless ${commentCode('span.outcome()')} said another.`,
  ];
}

/** What an editor shows of an attribute. */
export function attributeDoc(attribute: SpanAttribute, required: boolean): readonly CommentText[] {
  const { label, sensitivity, exportedName, name } = attribute;
  const notes = [
    label === undefined ? comment`` : comment`Label ${commentCode(label.wire)}: ${boundText(label)}.`,
    exportedName === name ? comment`` : comment`Exported as ${commentCode(exportedName)}.`,
    sensitivity === 'secret' ? comment`Secret: never exported.` : comment``,
    sensitivity === 'content' || sensitivity === 'pii'
      ? comment`Exported only where OBSGEN_CAPTURE_CONTENT is true.`
      : comment``,
    required
      ? comment`Needed by the metrics that the span records; undefined: set before the end.`
      : comment``,
  ];
  return [
    commentText(attribute.description ?? label?.description ?? ''),
    joinComment(
      notes.filter((note) => note !== ''),
      ' ',
    ),
  ];
}

/** What an editor shows of a log event. */
export function eventDoc(event: LogEvent): readonly CommentText[] {
  const category =
    event.category === undefined ? comment`` : comment`, category ${commentCode(event.category)}`;
  return [
    commentText(event.message),
    comment`Event ${commentCode(event.name)}, level ${commentText(event.level)}${category}.`,
  ];
}

const typeNames = { counter: comment`Counter`, gauge: comment`Gauge`, histogram: comment`Histogram` };

function boundText({ bound }: Label): CommentText {
  if (bound.kind === 'closed') return comment`closed, ${bound.values.length} values`;
  if (bound.kind === 'registered') return comment`registered at start-up, at most ${bound.cap} values`;
  return comment`open, at most ${bound.cap} values`;
}

/** `@deprecated` with what to use instead: editors strike the name through. */
function deprecationDoc({ deprecated }: Metric): CommentText {
  if (deprecated === undefined) return comment``;
  const { replacedBy, sunset, reason } = deprecated;
  const parts = [
    replacedBy === undefined
      ? comment``
      : comment`Use ${commentCode(camelCase(replacedBy))} (${commentCode(replacedBy)}).`,
    sunset === undefined ? comment`` : comment`May be gone from ${commentText(sunset)} on.`,
    reason === undefined ? comment`` : commentText(reason),
  ];
  return comment`@deprecated ${joinComment(
    parts.filter((part) => part !== ''),
    ' ',
  )}`;
}
