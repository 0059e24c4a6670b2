import { trace } from '@opentelemetry/api';

const tracer = trace.getTracer('own');

export async function traced(text: string): Promise<string> {
  return tracer.startActiveSpan('own', async (span) => {
    try {
      return text;
    } finally {
      span.end();
    }
  });
}

export function untraced(text: string): string {
  return text;
}

export class Agent {
  async run(): Promise<string> {
    const span = tracer.startSpan('own run');
    span.end();
    return 'ran';
  }
}
