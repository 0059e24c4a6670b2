import { spans, traceCall, traceFunction, traceMember, traceMethod } from './generated/instrument.js';

const client = { send: traceFunction(spans.agentRun, 'send', (text: string): string => `sent ${text}`) };

export const inBody = traceFunction(spans.agentRun, 'inBody', (): string => traceMember(spans.llmChat, client, 'send')('a'));
export const inArgument = [traceMember(spans.llmChat, client, 'send')('b')].map((text) => traceCall(spans.agentRun, () => traceMember(spans.llmChat, client, 'send')(text)));
export class Agent {
  static {
    traceMethod(spans.agentRun, this.prototype, 'run');
  }

  field = traceFunction(spans.agentRun, 'field', () => traceMember(spans.llmChat, client, 'send')('c'));
  run(): string {
    return traceMember(spans.llmChat, client, 'send')(traceMember(spans.llmChat, client, 'send')('d'));
  }
  static readonly made = traceMember(spans.llmChat, client, 'send')('e');
}
export function last(text = traceMember(spans.llmChat, client, 'send')('f')): string { return traceMember(spans.llmChat, client, 'send')(text) }
(last as unknown) = traceFunction(spans.agentRun, 'last', last);
