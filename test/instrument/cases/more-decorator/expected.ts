import { metrics, spans, traced } from './generated/instrument.js';

export class Plain {
  @traced(spans.caseCall, { text: 'args.0', fixed: '=true' })
  run(text: string): string {
    return text;
  }
}

export class Counted {
  @traced({ span: spans.caseCall, count: [metrics.caseCallsTotal, { kind: 'args.0' }] })
  run(text: string): string {
    return text;
  }
}

export class Bare {
  @traced({ time: [metrics.caseCallSeconds, { kind: 'args.0', size: '="1"' }] })
  static run(text: string): string {
    return text;
  }
}
