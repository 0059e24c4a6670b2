import { spans, traceFunction } from './generated/instrument.js';

const shared = Promise.resolve('shared');

export function load(): Promise<string> {
  return shared;
}
(load as unknown) = traceFunction(spans.functionCall, 'load', load);

export async function loadFresh(): Promise<string> {
  return shared;
}
(loadFresh as unknown) = traceFunction(spans.functionCall, 'loadFresh', loadFresh);

export function withMember(): Promise<string> & { cancel(): string } {
  return Object.assign(Promise.resolve('value'), { cancel: () => 'cancelled' });
}
(withMember as unknown) = traceFunction(spans.functionCall, 'withMember', withMember);
