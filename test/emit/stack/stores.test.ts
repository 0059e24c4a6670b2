import { describe, expect, it } from 'vitest';
import { jaegerConfig } from '../../../src/emit/stack/jaeger.js';
import { lokiConfig } from '../../../src/emit/stack/loki.js';
import { tempoConfig } from '../../../src/emit/stack/tempo.js';
import { httpClientConfig, webConfig } from '../../../src/emit/stack/tls.js';
import { stackOf } from './spec.js';

const closed = stackOf('access: { tls: true, tenant: shop }').stack;
const open = stackOf('{}').stack;
const kept = stackOf('traces: { retention: 3d12h }\nlogs: { retention: 30d }').stack;

const certificate = {
  cert_file: '/etc/obs-gen/tls/tls.crt',
  key_file: '/etc/obs-gen/tls/tls.key',
  client_ca_file: '/etc/obs-gen/tls/ca.crt',
};

describe('Loki', () => {
  it('forgets what is older than the spec says', () => {
    expect(lokiConfig(kept)).toMatchObject({
      limits_config: { retention_period: '30d' },
      compactor: { retention_enabled: true, delete_request_store: 'filesystem' },
    });
  });

  it('answers whoever has a certificate, with the data of his tenant', () => {
    expect(lokiConfig(closed)).toMatchObject({
      auth_enabled: true,
      server: { http_tls_config: { ...certificate, client_auth_type: 'RequireAndVerifyClientCert' } },
      internal_server: { enable: true, http_listen_address: '127.0.0.1' },
    });
    expect(lokiConfig(open)).toMatchObject({ auth_enabled: false, internal_server: undefined });
  });
});

describe('Tempo', () => {
  it('forgets what is older than the spec says', () => {
    expect(tempoConfig(kept)).toMatchObject({
      overrides: { defaults: { compaction: { block_retention: '3d12h' } } },
    });
  });

  it('answers, and hears, whoever has a certificate', () => {
    const protocol = { tls: { ...certificate, min_version: '1.2' } };
    expect(tempoConfig(closed)).toMatchObject({
      multitenancy_enabled: true,
      server: { http_tls_config: { client_auth_type: 'RequireAndVerifyClientCert' } },
      distributor: { receivers: { otlp: { protocols: { grpc: protocol, http: protocol } } } },
    });
    expect(JSON.stringify(tempoConfig(open))).not.toContain('tls');
  });
});

describe('Jaeger', () => {
  it('forgets what is older than the spec says, in hours that Go knows', () => {
    expect(jaegerConfig(kept)).toMatchObject({
      extensions: { jaeger_storage: { backends: { traces: { badger: { ttl: { spans: '302400s' } } } } } },
    });
  });

  it('answers, and hears, whoever has a certificate', () => {
    expect(jaegerConfig(closed)).toMatchObject({
      extensions: { jaeger_query: { http: { tls: certificate } } },
      receivers: { otlp: { protocols: { grpc: { tls: certificate }, http: { tls: certificate } } } },
    });
  });
});

describe('the pages of Prometheus, Alertmanager and Pushgateway', () => {
  it('are for those with a certificate, wherever the files lie', () => {
    expect(webConfig('/here')).toEqual({
      tls_server_config: {
        cert_file: '/here/tls.crt',
        key_file: '/here/tls.key',
        client_ca_file: '/here/ca.crt',
        client_auth_type: 'RequireAndVerifyClientCert',
        min_version: 'TLS12',
      },
    });
    expect(httpClientConfig('/here')).toMatchObject({ tls_config: { ca_file: '/here/ca.crt' } });
  });
});
