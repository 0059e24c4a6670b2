import { spans, traceFunction } from './generated/instrument.js';

export function make(): Record<string, number> {
  const made = Object.create(null) as Record<string, number>;
  made['a'] = 1;
  return made;
}
(make as unknown) = traceFunction(spans.functionCall, 'make', make);

export function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
(revoked as unknown) = traceFunction(spans.functionCall, 'revoked', revoked);
