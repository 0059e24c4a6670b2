import { describe, expect, it } from 'vitest';
import { dataSources, type DataSource } from '../../../src/emit/grafana-provisioning/data-sources.js';
import { modelOf } from '../../support/model.js';

function sourcesOf(stack: string, target = ''): ReadonlyMap<string, DataSource> {
  const model = modelOf(`version: 1
service: { name: shop }
target: { grafana: { folder: Shop${target} } }
metrics:
  orders_total: { type: counter, help: Orders., labels: [] }
spans:
  order: { kind: server, record: { count: orders_total } }
logs:
  events: { order.failed: { level: warn, message: Order failed. } }
stack:
  alertmanager: { page: { slack: { webhookFile: /run/secrets/slack } } }
  ${stack}
`);
  return new Map(dataSources(model).map((source) => [source.type, source]));
}

const certificates = {
  tlsCACert: '$__file{/etc/obs-gen/tls/ca.crt}',
  tlsClientCert: '$__file{/etc/obs-gen/tls/tls.crt}',
  tlsClientKey: '$__file{/etc/obs-gen/tls/tls.key}',
};

describe('data sources behind TLS', () => {
  it('are asked with a certificate, each by its name', () => {
    const sources = sourcesOf('access: { tls: true }');
    expect([...sources.keys()]).toEqual(['prometheus', 'tempo', 'loki', 'alertmanager']);
    for (const [type, { url, jsonData, secureJsonData }] of sources) {
      expect(url).toMatch(new RegExp(`^https://${type}:\\d+$`));
      expect(jsonData).toMatchObject({ tlsAuth: true, tlsAuthWithCACert: true, serverName: type });
      expect(secureJsonData).toEqual(certificates);
    }
  });

  it('are left alone where somebody else answers', () => {
    const elsewhere = ', urls: { logs: "http://loki.example.com:3100" }';
    const loki = sourcesOf('access: { tls: true }', elsewhere).get('loki');
    expect(loki?.url).toBe('http://loki.example.com:3100');
    expect(loki?.secureJsonData).toBeUndefined();
  });
});

describe('data sources of a tenant', () => {
  it('name it to the stores that keep tenants apart', () => {
    const sources = sourcesOf('access: { tenant: shop-1 }');
    for (const type of ['tempo', 'loki']) {
      expect(sources.get(type)?.jsonData).toMatchObject({ httpHeaderName1: 'X-Scope-OrgID' });
      expect(sources.get(type)?.secureJsonData).toEqual({ httpHeaderValue1: 'shop-1' });
    }
    for (const type of ['prometheus', 'alertmanager'])
      expect(sources.get(type)?.secureJsonData, type).toBeUndefined();
  });

  it('have both where both are asked for', () => {
    const loki = sourcesOf('access: { tls: true, tenant: shop }').get('loki');
    expect(loki?.secureJsonData).toEqual({ ...certificates, httpHeaderValue1: 'shop' });
  });

  it('are as before where nothing is asked for', () => {
    for (const { secureJsonData, url } of sourcesOf('compose: true').values()) {
      expect(secureJsonData).toBeUndefined();
      expect(url).toMatch(/^http:/);
    }
  });
});
