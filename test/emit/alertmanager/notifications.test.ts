import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { alertmanagerFile } from '../../../src/emit/alertmanager/emitter.js';
import { MailServer } from '../../support/mail-server.js';
import { modelOf } from '../../support/model.js';
import { NotifiedServer } from '../../support/notified.js';
import { missingProgram } from '../../support/program.js';
import { RunningProgram } from '../../support/running-program.js';

/** What a channel's request says, as far as the generated texts decide it. */
interface SlackBody {
  readonly channel: string;
  readonly attachments: readonly { readonly title: string; readonly text: string }[];
}
interface PagerDutyBody {
  readonly payload: {
    readonly summary: string;
    readonly severity: string;
    readonly custom_details: Readonly<Record<string, string>>;
  };
}
interface OpsGenieBody {
  readonly message: string;
  readonly description: string;
  readonly priority: string;
}

const summary = 'Queue <!channel> & co is long.';

describe.skipIf(missingProgram('prometheus-alertmanager'))('a notification of Alertmanager', () => {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-notifications-'));
  let receivers: NotifiedServer;
  let mail: MailServer;
  let alertmanager: RunningProgram;

  const bodyAt = (path: string): unknown => {
    const found = receivers.received.find((each) => each.path.startsWith(path));
    if (found === undefined) throw new Error(`nothing was sent to ${path}:\n${alertmanager.log}`);
    return found.body;
  };

  beforeAll(async () => {
    [receivers, mail] = await Promise.all([NotifiedServer.start(), MailServer.start()]);
    const secret = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const channels = {
      slack: { webhookFile: secret('slack', `${receivers.address}/slack`), channel: '#shop {{ x' },
      pagerduty: { routingKeyFile: secret('pagerduty', 'routing-key') },
      opsgenie: { apiKeyFile: secret('opsgenie', 'api-key') },
      email: {
        to: 'shop@example.com',
        from: 'alerts@example.com',
        smarthost: mail.address,
        passwordFile: secret('mail', 'opensesame'),
      },
    };
    const spec = {
      version: 1,
      service: { name: 'shop' },
      external: { depth: { type: 'gauge', labels: [] } },
      alerts: { Long: { expr: 'depth > 1', severity: 'page', summary: 'Long.' } },
      stack: { alertmanager: { page: { ...channels, groupWait: '0s', groupInterval: '1s' } } },
    };
    const [file] = alertmanagerFile.files(modelOf(JSON.stringify(spec)));
    // Services of others are stood in for; all else is as it is generated.
    const config = {
      ...(parse(file?.content ?? '') as object),
      global: {
        pagerduty_url: `${receivers.address}/pagerduty`,
        opsgenie_api_url: `${receivers.address}/opsgenie/`,
        smtp_require_tls: false,
        smtp_hello: 'localhost',
      },
    };
    writeFileSync(join(folder, 'alertmanager.yaml'), stringify(config));
    alertmanager = await RunningProgram.start('prometheus-alertmanager', (listen) => [
      `--config.file=${join(folder, 'alertmanager.yaml')}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=${listen}`,
      '--cluster.listen-address=',
    ]);
    const alert = (queue: string): object => ({
      labels: { alertname: 'Long', service: 'shop', severity: 'page', queue },
      annotations: {
        summary,
        description: `Look at ${queue}.`,
        runbook_url: 'https://runbooks.example.com/shop/Long',
      },
    });
    await fetch(`${alertmanager.address}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([alert('a'), alert('b')]),
    });
    const deadline = Date.now() + 120_000;
    while ((receivers.received.length < 3 || mail.messages.length < 1) && Date.now() < deadline)
      await sleep(50);
  });

  afterAll(async () => {
    await Promise.allSettled([alertmanager.stop(), receivers.stop(), mail.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  it('tells Slack what it is about, and mentions nobody that a label names', () => {
    const { channel, attachments } = bodyAt('/slack') as SlackBody;
    expect(channel).toBe('#shop {{ x');
    expect(attachments[0]?.title).toBe('[FIRING:2] shop: Long');
    const each = (queue: string): string =>
      `*Queue &lt;!channel&gt; &amp; co is long.*\nLook at ${queue}.\n<https://runbooks.example.com/shop/Long|Runbook>\n`;
    expect(attachments[0]?.text).toBe(each('a') + each('b'));
  });

  it('tells PagerDuty the summary and how bad it is', () => {
    const { payload } = bodyAt('/pagerduty') as PagerDutyBody;
    expect(payload.severity).toBe('critical');
    expect(payload.summary).toBe(summary);
    expect(payload.custom_details['runbook']).toBe('https://runbooks.example.com/shop/Long');
    expect(payload.custom_details['alerts']).toContain(`${summary}\nLook at b.\nRunbook: https://`);
  });

  it('tells OpsGenie the same', () => {
    const { message, description, priority } = bodyAt('/opsgenie') as OpsGenieBody;
    expect(message).toBe(summary);
    expect(description).toContain('Look at a.');
    expect(priority).toBe('P1');
  });

  it('writes a mail of text alone, with the password from the file', () => {
    expect(mail.login).toBe('alerts@example.com\0opensesame');
    const [message = ''] = mail.messages;
    expect(message).toContain('Subject: [FIRING:2] shop: Long');
    expect(message).toContain('Look at a.');
    expect(message).toContain('Runbook: https://runbooks.example.com/shop/Long');
    expect(message).not.toContain('text/html');
  });
});
