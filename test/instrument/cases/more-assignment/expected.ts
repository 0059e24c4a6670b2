import { logs, metrics, spans, traceFunction } from './generated/instrument.js';

export function countUp(kind: string): string {
  return kind.toUpperCase();
}
(countUp as unknown) = traceFunction({ count: [metrics.caseCallsTotal, { kind: 'args.0' }] }, 'countUp', countUp);

export async function timeIt(text: string): Promise<number> {
  await Promise.resolve();
  return text.length;
}
(timeIt as unknown) = traceFunction({ time: [metrics.caseCallSeconds, { kind: '=timeIt', size: 'args.0.length' }] }, 'timeIt', timeIt);

export default function logIt(size: number): number {
  if (size < 0) throw new RangeError('less than nothing');
  return size;
}
(logIt as unknown) = traceFunction({ log: [logs.callEnded, { kind: '=batch', size: 'args.0', ok: '=true' }] }, 'logIt', logIt);

export function allOfIt(text: string): number;
export function allOfIt(text: string, more: number): number;
export function allOfIt(text: string, more = 0): number {
  return text.length + more;
}
(allOfIt as unknown) = traceFunction({ span: spans.caseCall, count: [metrics.casePlainTotal], time: [metrics.caseCallSeconds, { kind: '="3"', size: '="4"' }], log: [logs.tick] }, { text: 'args.0', size: 'result', fixed: '=true' }, 'allOfIt', allOfIt);
