import { spans, traceCall, traceFunction } from './generated/instrument.js';

type State = { readonly kind: 'idle' } | { readonly kind: 'busy'; readonly task: string };

export const idle = traceFunction(spans.expressionCall, 'idle', (): State => ({ kind: 'idle' }));
export const busy: (task: string) => State = traceFunction(spans.expressionCall, 'busy', (task) => ({ kind: 'busy', task }));
export const states = ['a', 'b'].map((task): State => traceCall(spans.expressionCall, (): State => (task === 'a' ? idle() : { kind: 'busy', task })));
export const pairs: [string, number][] = ['a'].map((text, index) => traceCall(spans.expressionCall, () => [text, index]));
export const constant = traceFunction(spans.expressionCall, 'constant', () => ({ level: 'high', retries: [1, 2] }) as const);
