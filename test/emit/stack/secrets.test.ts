import { describe, expect, it } from 'vitest';
import { certificatesOf } from '../../../src/stack/certificates.js';
import { secretsOf, type Secret } from '../../../src/stack/secrets.js';
import { stackOf } from './spec.js';

function secrets(section: string): readonly Secret[] {
  const { model, stack } = stackOf(section);
  return secretsOf(model, stack);
}

function given(section: string): readonly Secret[] {
  return secrets(section).filter(({ kind }) => kind === 'given');
}

describe('secretsOf', () => {
  it('has what Grafana would otherwise take a default for', () => {
    expect(secrets('{}').map(({ name, kind }) => [name, kind])).toEqual([
      ['grafana-admin-password', 'generated'],
      ['grafana-secret-key', 'generated'],
    ]);
  });

  it('names each file of the receivers once, with all that it is for', () => {
    const slack = 'slack: { webhookFile: /run/secrets/slack }';
    expect(given(`alertmanager: { page: { ${slack} }, ticket: { ${slack} } }`)).toEqual([
      {
        name: 'slack',
        kind: 'given',
        path: 'stack/secrets/slack',
        why: "the address of Slack's webhook, for pages; the address of Slack's webhook, for tickets",
        parts: ['alertmanager'],
        readAs: '/run/secrets/slack',
      },
    ]);
  });

  it('keeps files apart that end alike, and ours from theirs', () => {
    const files = ['/run/secrets/token', '/etc/a/token', '/etc/b/token', '/run/secrets/grafana-secret-key'];
    const [slack, pagerduty, opsgenie, mail] = files;
    const found = secrets(
      `alertmanager:
  version: "0.26"
  page:
    slack: { webhookFile: ${slack} }
    pagerduty: { routingKeyFile: ${pagerduty} }
    opsgenie: { apiKeyFile: ${opsgenie} }
    email: { to: a@b.c, smarthost: "m:25", from: a@b.c, passwordFile: ${mail} }`,
    );
    const names = found.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('token');
    expect(found.filter(({ kind }) => kind === 'given').map(({ readAs }) => readAs)).toEqual(files);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
  });

  it('leaves a file that is named relative to a configuration beside it', () => {
    expect(given('service: { tokenFile: ./token }')).toMatchObject([
      { path: 'prometheus/token', readAs: './token', parts: ['prometheus'] },
    ]);
  });

  it('knows who reads a token of Prometheus', () => {
    const found = given(
      'service: { tokenFile: /run/secrets/t }\nmetrics: { remoteWrite: { url: "http://m/", tokenFile: /run/secrets/t } }',
    );
    expect(found).toMatchObject([{ name: 't', parts: ['prometheus'] }]);
    expect(found[0]?.why.split('; ')).toHaveLength(2);
  });

  it('is frozen', () => {
    const found = secrets('{}');
    expect(Object.isFrozen(found) && found.every((each) => Object.isFrozen(each))).toBe(true);
  });
});

describe('certificatesOf', () => {
  it('is empty where the parts speak in the open', () => {
    const { model, stack } = stackOf('{}');
    expect(certificatesOf(model, stack)).toEqual([]);
  });

  it('has an authority, one for each part, and those of the two who ask', () => {
    const { model, stack } = stackOf('access: { tls: true }\ncollector: { instances: 2 }');
    const found = certificatesOf(model, stack);
    expect(found.map(({ name }) => name)).toEqual([
      'authority',
      'prometheus',
      'grafana',
      'collector',
      'balancer',
      'loki',
      'tempo',
      'service',
      'client',
    ]);
    expect(found.filter(({ isAuthority }) => isAuthority)).toHaveLength(1);
    expect(found.find(({ name }) => name === 'loki')).toMatchObject({
      path: 'stack/secrets/tls/loki',
      hosts: ['loki', 'localhost', '127.0.0.1', '::1'],
    });
    expect(
      secretsOf(model, stack)
        .filter(({ kind }) => kind === 'certificate')
        .map(({ path }) => path),
    ).toEqual(found.map(({ path }) => path));
  });
});
