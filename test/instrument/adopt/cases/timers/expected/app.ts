import { metrics } from './generated/metrics.js';

const duration = metrics.httpRequestDurationSeconds;

export async function timed(method: string, code: number, work: () => Promise<void>): Promise<void> {
  const end = duration.startTimer({ method });
  const bare = duration.startTimer();
  const whole = duration.startTimer({ method, route: String(code) });
  const row = duration.startTimer({ method, route: '/' });
  await work().finally(whole);
  end({ route: String(code) });
  bare({ method, route: '/' });
  row();
}

export const begin = (method: string) => duration.startTimer({ method, route: '/' });
