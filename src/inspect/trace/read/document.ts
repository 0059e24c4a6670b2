import { list, member } from '../../doctor/ask/json.js';
import type { Intake } from './intake.js';
import { readJaeger } from './jaeger.js';
import { readOtlp } from './otlp.js';

/** What a document is taken for, by its form. */
export type DocumentForm = 'otlp' | 'jaeger' | 'search' | 'other signal' | 'none';

/**
 * Reads one JSON document: an export request of OTLP, what Tempo and Jaeger answer, or what their pages save.
 * @throws TooManySpans
 */
export function readDocument(document: unknown, intake: Intake): DocumentForm {
  const otlp =
    member(document, 'resourceSpans') ??
    member(document, 'batches') ??
    member(document, 'trace', 'resourceSpans') ??
    member(document, 'trace', 'batches') ??
    member(document, 'result', 'resourceSpans');
  if (Array.isArray(otlp)) {
    readOtlp(otlp, intake);
    return 'otlp';
  }
  // Jaeger answers with `data`; a single trace of it, cut out of an answer, is still recognised.
  const data = member(document, 'data');
  if (Array.isArray(data)) {
    readJaeger(data, intake);
    return 'jaeger';
  }
  if (Array.isArray(member(document, 'spans')) && member(document, 'traceID') !== undefined) {
    readJaeger([document], intake);
    return 'jaeger';
  }
  if (list(member(document, 'traces')).some((each) => member(each, 'traceID') !== undefined)) return 'search';
  if (member(document, 'resourceMetrics') !== undefined || member(document, 'resourceLogs') !== undefined)
    return 'other signal';
  return 'none';
}
