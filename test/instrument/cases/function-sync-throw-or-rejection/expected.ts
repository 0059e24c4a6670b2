import { spans, traceFunction } from './generated/instrument.js';

export async function load(id: number): Promise<number> {
  if (id < 0) throw new Error('no such id');
  return id;
}
(load as unknown) = traceFunction(spans.functionCall, 'load', load);

export function loadPlain(id: number): Promise<number> {
  if (id < 0) throw new Error('no such id');
  return load(id);
}
(loadPlain as unknown) = traceFunction(spans.functionCall, 'loadPlain', loadPlain);
