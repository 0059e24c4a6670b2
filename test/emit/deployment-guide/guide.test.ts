import { describe, expect, it } from 'vitest';
import { deploymentGuide } from '../../../src/emit/deployment-guide/emitter.js';
import { modelOf } from '../../support/model.js';

function guide(stack: string, more = ''): string {
  const [file] = deploymentGuide.files(
    modelOf(`
version: 1
service: { name: shop }
${more}
${stack}
`),
  );
  return file?.content ?? '';
}

describe('the deployment guide', () => {
  it('is not written where the spec says nothing of a stack', () => {
    expect(guide('')).toBe('');
  });

  it('goes from the infrastructure to the alerts, each step with a look and a way back', () => {
    const page = guide('stack: {}');
    expect([...page.matchAll(/^## Step \d: (.+)$/gm)].map(([, title]) => title)).toEqual([
      'Infrastructure',
      'Logs',
      'Metrics',
      'Traces',
      'Alerts',
    ]);
    expect(page.match(/\*\*It works when\*\*/g)).toHaveLength(5);
    expect(page.match(/\*\*Back\*\*/g)).toHaveLength(5);
  });

  it('never silences the heartbeat', () => {
    const silence = guide('stack: {}')
      .split('\n')
      .find((line) => line.startsWith('amtool silence add'));
    expect(silence).toContain("'severity=~page|ticket|info'");
  });

  it('lists each secret that somebody has to provide, once, and what it is for', () => {
    const page = guide(`
stack:
  service: { tokenFile: /run/secrets/page-token }
  alertmanager:
    page: { slack: { webhookFile: /run/secrets/slack } }
    ticket: { slack: { webhookFile: /run/secrets/slack } }
`);
    const rows = page.split('\n').filter((line) => line.startsWith('| `stack/secrets/'));
    expect(rows).toHaveLength(2);
    expect(rows[0]).toContain('for pages');
    expect(rows[0]).toContain('for tickets');
    expect(rows[1]).toContain('page-token');
    // What is made by itself is nobody's task.
    expect(page).not.toContain('grafana-admin-password');
  });

  it('names what the spec decides', () => {
    const page = guide(`
stack:
  compose: false
  collector: { instances: 4 }
  sampling: { tail: { slowerThan: 20s, rest: 0.05 } }
  traces: { store: jaeger, retention: 7d }
  access: { tls: true, tenant: blue }
  kubernetes: { namespace: telemetry }
`);
    expect(page).toContain('decides 50s after a trace has begun');
    expect(page).toContain('those with errors, those slower than 20s, 5 % of the rest');
    expect(page).toContain('| `jaeger` |');
    expect(page).not.toContain('`tempo`');
    expect(page).toContain('`blue`');
    expect(page).toContain('OTEL_EXPORTER_OTLP_ENDPOINT=https://');
    expect(page).toContain('kubectl apply');
    expect(page).not.toContain('obs-gen stack up');
  });
});
