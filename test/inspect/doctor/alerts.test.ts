import { describe, expect, test } from 'vitest';
import { prometheus, prometheusSays } from './answers.js';
import { ask, part } from './visit.js';

const heartbeat = { alertname: 'ShopHeartbeat', severity: 'none' };
const firing = (labels: object, seconds = 600): object => ({
  labels,
  state: 'firing',
  activeAt: new Date(Date.now() - seconds * 1000).toISOString(),
  value: '1e+00',
});

describe('alert.delivery', () => {
  async function delivery(
    inPrometheus: readonly object[],
    inAlertmanager: readonly object[],
    managers: readonly object[] = [{ url: 'http://alertmanager:9093/api/v2/alerts' }],
  ) {
    const metrics = await part(
      prometheus(
        {},
        {
          '/api/v1/alertmanagers': prometheusSays({
            activeAlertmanagers: managers,
            droppedAlertmanagers: [],
          }),
          '/api/v1/alerts': prometheusSays({ alerts: inPrometheus }),
        },
      ),
    );
    const alerts = await part({
      '/-/ready': {},
      '/api/v2/alerts': { body: inAlertmanager.map((labels) => ({ labels, status: { state: 'active' } })) },
    });
    return ask({ prometheus: metrics.url, alertmanager: alerts.url }, 'alert.delivery');
  }

  test('what fires is known, with more labels', async () => {
    expect(await delivery([firing(heartbeat)], [{ ...heartbeat, cluster: 'a' }])).toMatchObject({
      verdict: 'ok',
      seen: '1 alert fires in Prometheus, and Alertmanager knows all, the heartbeat ShopHeartbeat among them',
    });
  });
  test('nobody has named an Alertmanager', async () => {
    expect((await delivery([firing(heartbeat)], [heartbeat], [])).seen).toBe(
      'Prometheus knows of no Alertmanager',
    );
  });
  test('the heartbeat does not fire', async () => {
    expect((await delivery([], [])).seen).toContain(
      'the alert ShopHeartbeat, which always fires, does not fire',
    );
  });
  test('Alertmanager has not heard of one, for long or for a moment', async () => {
    expect(await delivery([firing(heartbeat)], [])).toMatchObject({
      verdict: 'failed',
      details: ['ShopHeartbeat'],
    });
    expect((await delivery([firing(heartbeat, 5)], [])).verdict).toBe('warning');
  });
});

describe('alert.silences', () => {
  async function silences(...matchers: readonly object[][]) {
    const body = matchers.map((each, index) => ({
      id: `s${index}`,
      status: { state: 'active' },
      createdBy: 'kim',
      comment: 'quiet',
      endsAt: '2030-01-01T00:00:00Z',
      matchers: each,
    }));
    const { url } = await part({ '/-/ready': {}, '/api/v2/silences': { body } });
    return ask({ alertmanager: url }, 'alert.silences');
  }
  const matcher = (name: string, value: string, isRegex = false, isEqual = true) => ({
    name,
    value,
    isRegex,
    isEqual,
  });

  test.each<[object[], string, string]>([
    [[matcher('instance', 'a')], 'ok', '1 silence, none of them'],
    [[matcher('alertname', '.+', true)], 'failed', 'silences hide every alert of the service'],
    [[matcher('service', 'shop')], 'failed', 'silences hide every alert of the service'],
    [[matcher('alertname', 'x', false, false)], 'failed', 'silences hide every alert of the service'],
    [[matcher('severity', 'page')], 'failed', 'every alert that would wake somebody'],
    [[matcher('alertname', 'HttpServerSlow')], 'warning', 'silences hide 1 alert of the service'],
    [[matcher('service', 'shop'), matcher('instance', 'a')], 'ok', 'none of them'],
    [[matcher('alertname', '(', true)], 'ok', 'none of them'],
  ])('%j', async (matchers, verdict, seen) => {
    const outcome = await silences(matchers);
    expect(outcome.verdict).toBe(verdict);
    expect(outcome.seen).toContain(seen);
  });

  test('who, and until when', async () => {
    expect((await silences([matcher('service', 'shop')])).details?.[0]).toMatch(
      /^s0 of kim until 2030-01-01T00:00:00Z \(quiet\): \d+ alerts$/,
    );
  });
});

describe('alert.sending', () => {
  const alertmanager = { '/-/ready': {} };
  test.each([
    [
      {
        notifications_failed: [{ labels: { integration: 'webhook' }, value: 2.4 }],
        notifications_total: [{ value: 9 }],
      },
      'failed',
    ],
    [{ notifications_total: [{ value: 9 }] }, 'ok'],
    [{}, 'not there'],
  ])('%j', async (rows, verdict) => {
    const metrics = await part(prometheus(rows));
    const { url } = await part(alertmanager);
    expect((await ask({ prometheus: metrics.url, alertmanager: url }, 'alert.sending')).verdict).toBe(
      verdict,
    );
  });
});
