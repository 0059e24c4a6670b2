import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { alertmanagerFile } from '../../../src/emit/alertmanager/emitter.js';
import { routeTests } from '../../../src/emit/alertmanager/route-tests.js';
import type { Model } from '../../../src/model/model.js';
import { packageRoot } from '../../../src/package-root.js';
import { amtool, describeWithAmtool } from '../../support/amtool.js';
import { diagnosticsOf, modelOf } from '../../support/model.js';

/** A service with an alert of each severity, and one with an objective. */
function spec(alertmanager: string, more = ''): string {
  return `version: 1
service: { name: shop, runbooks: https://runbooks.example.com/shop }
labels:
  outcome: { description: How it ended., values: [ok, failed] }
  queue: { description: Queue., cap: 5 }
metrics:
  orders_total: { type: counter, help: Orders., labels: [outcome] }
  queue_depth: { type: gauge, help: Orders waiting., labels: [queue] }
slis:
  orders: { events: { total: orders_total, bad: 'orders_total{outcome="failed"}' } }
slos:
  orders: { sli: orders, objective: 99, period: 30d }
alerts:
  Loud: { expr: 'max by (queue) (queue_depth) > 100', severity: page, summary: Long. }
  Quiet: { expr: 'max by (queue) (queue_depth) > 10', severity: ticket, summary: Growing. }
  Shown: { expr: 'max by (queue) (queue_depth) > 5', severity: info, summary: Some. }
${more}stack:
  alertmanager: ${alertmanager}
`;
}

const pager = 'pagerduty: { routingKeyFile: /run/secrets/pagerduty }';
const slack = "slack: { webhookFile: /run/secrets/slack, channel: '#shop' }";
const mail =
  'email: { to: shop@example.com, from: alerts@example.com, smarthost: "mail.example.com:587", passwordFile: /run/secrets/mail }';
const hook = 'webhook: { url: http://localhost:9/hook }';
const opsgenie = 'opsgenie: { apiKeyFile: /run/secrets/opsgenie }';

function configOf(model: Model): string {
  const [file] = alertmanagerFile.files(model);
  if (file === undefined) throw new Error('there is no configuration');
  return file.content;
}

interface Route {
  readonly receiver: string;
  readonly matchers?: readonly string[];
  readonly group_by?: readonly string[];
  readonly group_wait: string;
  readonly repeat_interval: string;
  readonly routes?: readonly Route[];
}

interface Parsed {
  readonly route: Route;
  readonly receivers: readonly (Readonly<Record<string, unknown>> & { readonly name: string })[];
}

function read(model: Model): Parsed {
  return parse(configOf(model)) as Parsed;
}

const forms: readonly (readonly [name: string, alertmanager: string])[] = [
  ['one receiver for everything', `{ page: { ${hook} } }`],
  ['a receiver for each severity', `{ page: { ${pager} }, ticket: { ${slack} }, info: { ${hook} } }`],
  [
    'several channels',
    `{ page: { ${[pager, slack, mail, hook, opsgenie].join(', ')} }, ticket: { ${mail} } }`,
  ],
  ['a dead man’s switch', `{ page: { ${pager} }, deadMansSwitch: { ${hook}, repeatInterval: 2m } }`],
  [
    'mail without a password',
    '{ page: { email: { to: a@b.example, from: c@d.example, smarthost: "[::1]:25" } } }',
  ],
  ['names with braces', "{ page: { slack: { webhookFile: /run/secrets/a, channel: '{{ .X' } } }"],
];

describeWithAmtool('what Alertmanager says of a generated configuration', () => {
  it.each(forms)('takes %s', (_, alertmanager) => {
    const { status, output } = amtool(
      ['check-config', 'alertmanager.yaml'],
      configOf(modelOf(spec(alertmanager))),
    );
    expect(output).toContain('SUCCESS');
    expect(status).toBe(0);
  });

  it.each(forms)('routes every alert to its receiver, given %s', (_, alertmanager) => {
    const model = modelOf(spec(alertmanager));
    const config = configOf(model);
    const tests = routeTests(model);
    expect(tests.length).toBeGreaterThan(5);
    for (const { labels, receivers } of tests) {
      const { status, output } = amtool(
        [
          'config',
          'routes',
          'test',
          '--config.file=alertmanager.yaml',
          `--verify.receivers=${receivers.join(',')}`,
          ...[...labels].map(([label, value]) => `${label}=${value}`),
        ],
        config,
      );
      expect(status, `${labels.get('alertname') ?? ''}: ${output}`).toBe(0);
    }
  });

  it('would notice an alert on the wrong way', () => {
    const config = configOf(modelOf(spec(`{ page: { ${pager} }, ticket: { ${slack} } }`)));
    const route = ['config', 'routes', 'test', '--config.file=alertmanager.yaml'];
    expect(amtool([...route, '--verify.receivers=ticket', 'severity=page'], config).status).not.toBe(0);
  });

  it.each([
    'observability.yaml',
    ...['alertmanager', 'runbooks', 'research-agent'].map((name) => `test/cases/${name}/observability.yaml`),
  ])('takes %s', (path) => {
    const model = modelOf(readFileSync(join(packageRoot, path), 'utf8'));
    expect(amtool(['check-config', 'alertmanager.yaml'], configOf(model)).output).toContain('SUCCESS');
  });

  it('refuses the address of a webhook in a file, as the check says of this version', () => {
    const text = '{ version: "0.26", page: { webhook: { urlFile: /run/secrets/hook } } }';
    const { output } = amtool(['check-config', 'alertmanager.yaml'], configOf(modelOf(spec(text))));
    expect(output).toContain('url_file not found');
    const older = diagnosticsOf(spec(text.replace('0.26', '0.25')));
    expect(older.map(({ code }) => code)).toContain('OBS3332');
  });
});

describe('the configuration of Alertmanager', () => {
  it('is not written where the spec names no receivers', () => {
    expect(
      alertmanagerFile.files(
        modelOf(
          spec('{}')
            .replace(/alerts:[^]*?stack:/, 'stack:')
            .replace(/slos:[^]*?stack:/, 'stack:'),
        ),
      ),
    ).toEqual([]);
    expect(alertmanagerFile.files(modelOf(spec('{}').replace(/stack:[^]*/, '')))).toEqual([]);
  });

  it('sends a severity without a receiver to the next louder one', () => {
    const routes = (text: string): readonly (readonly [string | undefined, string])[] =>
      (read(modelOf(spec(text))).route.routes ?? []).map(({ matchers, receiver }) => [
        matchers?.[0],
        receiver,
      ]);
    expect(routes(`{ page: { ${pager} }, ticket: { ${slack} } }`)).toEqual([
      ['severity="page"', 'page'],
      ['severity="ticket"', 'ticket'],
      ['severity="info"', 'ticket'],
    ]);
    expect(routes(`{ page: { ${pager} }, info: { ${slack} } }`)).toEqual([
      ['severity="page"', 'page'],
      ['severity="ticket"', 'page'],
      ['severity="info"', 'info'],
    ]);
  });

  it('never sends a page to a quieter receiver', () => {
    const found = diagnosticsOf(spec(`{ ticket: { ${slack} } }`));
    expect(found.map(({ code, message }) => [code, message])).toEqual([
      ['OBS3330', 'nobody gets alerts of the severity page: `Loud` and `OrdersBudgetBurnPage`'],
    ]);
  });

  it('writes no route and no receiver that no alert can reach', () => {
    const text = spec(`{ page: { ${pager} }, ticket: { ${slack} }, info: { ${hook} } }`).replace(
      / {2}Shown:.*\n/,
      '',
    );
    const { route, receivers } = read(modelOf(text));
    expect(route.routes?.map(({ receiver }) => receiver)).toEqual(['page', 'ticket']);
    expect(receivers.map(({ name }) => name)).toEqual(['page', 'ticket']);
    expect(diagnosticsOf(text).map(({ code }) => code)).toEqual(['OBS3333']);
  });

  it('takes spacing and groups from the receiver, then from the section, then from the severity', () => {
    const { route } = read(
      modelOf(
        spec(
          `{ groupBy: [alertname], groupWait: 20s, page: { ${pager}, groupWait: 5s, repeatInterval: 1h }, ticket: { ${slack} } }`,
        ),
      ),
    );
    expect(route.group_by).toEqual(['alertname']);
    expect(route.routes?.map((each) => [each.group_wait, each.repeat_interval])).toEqual([
      ['5s', '1h'],
      ['20s', '1d'],
      ['20s', '3d'],
    ]);
  });

  it('lets no label of others reach the dead man’s switch, and sends it no end of the alert', () => {
    const { route, receivers } = read(modelOf(spec(`{ page: { ${pager} }, deadMansSwitch: { ${hook} } }`)));
    expect(route.receiver).toBe('page');
    expect(route.routes?.[0]).toMatchObject({
      matchers: ['alertname="ShopHeartbeat"', 'severity="none"'],
      group_wait: '0s',
      group_interval: '1m',
      repeat_interval: '48s',
    });
    expect(receivers.at(-1)).toEqual({
      name: 'heartbeat',
      webhook_configs: [{ send_resolved: false, url: 'http://localhost:9/hook' }],
    });
  });

  it('gives the heartbeat a name that no other alert has', () => {
    const clash = '  ShopHeartbeat: { expr: queue_depth > 1, severity: info, summary: Some. }\n';
    const found = diagnosticsOf(spec(`{ page: { ${pager} }, deadMansSwitch: { ${hook} } }`, clash));
    expect(found.map(({ code, message }) => [code, message])).toEqual([
      ['OBS3303', "the dead man's switch makes an alert of the name `ShopHeartbeat`, too"],
    ]);
    expect(diagnosticsOf(spec(`{ page: { ${pager} } }`, clash))).toEqual([]);
  });

  it('authenticates with the sender where no other name is given', () => {
    const { receivers } = read(modelOf(spec(`{ page: { ${mail} } }`)));
    expect(receivers[0]?.['email_configs']).toMatchObject([
      { auth_username: 'alerts@example.com', auth_password_file: '/run/secrets/mail' },
    ]);
  });
});
