import { spans, traceCall, traceFunction, traceMethod } from './generated/instrument.js';

export class Agent {
    static {
        traceMethod(spans.methodCall, this.prototype, 'run');
    }

    run(task: string): string {
        return task;
    }
}

export function outer(): () => string {
    return function inner(): string { return traceCall(spans.expressionCall, (): string => {
        return 'inner';
    }); };
}
(outer as unknown) = traceFunction(spans.functionCall, 'outer', outer);
