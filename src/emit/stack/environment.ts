import type { Model } from '../../model/model.js';
import type { Stack } from '../../model/stack.js';
import { certificateMount } from '../../stack/certificates.js';
import { secretsMount } from '../../stack/containers.js';
import type { PartName } from '../../stack/parts.js';
import { apiPorts } from '../../stack/ports.js';
import { grafanaSecrets } from '../../stack/secrets.js';
import { goMemoryLimit, limitsOf } from './limits.js';
import { layerConfig } from './log-folders.js';
import { certificateIn } from './tls.js';

/** Variables by name; one that is null is handed on from whoever starts the stack, where it is set. */
export type Environment = Readonly<Record<string, string | null>>;

/** Where people open a part, on the machine that it runs on. */
export function pageUrl(stack: Stack, part: PartName): string {
  return `${stack.access.tls ? 'https' : 'http'}://localhost:${apiPorts[part]}`;
}

/**
 * Grafana is what people reach: they have to say who they are, and it speaks to nobody outside.
 * https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/
 */
function grafana(stack: Stack): Environment {
  const { certificate, key } = certificateIn(certificateMount);
  const tls = {
    GF_SERVER_PROTOCOL: 'https',
    GF_SERVER_CERT_FILE: certificate,
    GF_SERVER_CERT_KEY: key,
    GF_SERVER_MIN_TLS_VERSION: 'TLS1.2',
  };
  return {
    GF_SECURITY_ADMIN_PASSWORD__FILE: `${secretsMount}/${grafanaSecrets.adminPassword}`,
    GF_SECURITY_SECRET_KEY__FILE: `${secretsMount}/${grafanaSecrets.secretKey}`,
    GF_AUTH_ANONYMOUS_ENABLED: 'false',
    GF_USERS_ALLOW_SIGN_UP: 'false',
    GF_SECURITY_DISABLE_GRAVATAR: 'true',
    GF_ANALYTICS_REPORTING_ENABLED: 'false',
    GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
    GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
    GF_PLUGINS_PLUGIN_ADMIN_ENABLED: 'false',
    GF_SNAPSHOTS_EXTERNAL_ENABLED: 'false',
    GF_SERVER_ROOT_URL: `${pageUrl(stack, 'grafana')}/`,
    ...(stack.access.tls ? tls : {}),
  };
}

/** What texts of a Collector's configuration are filled in with: `${env:NAME}`, `${env:NAME:-usual}`. */
function variablesOf(config: object): readonly string[] {
  const found = JSON.stringify(config).matchAll(/(?<!\$)\$\{env:([A-Za-z_]\w*)/g);
  return [...new Set([...found].map(([, name = '']) => name))].sort();
}

/** Grafana fills in the addresses of data sources that are not of this stack. */
function grafanaVariables(model: Model): Environment {
  const texts = Object.values(model.target.grafana.urls).join(' ');
  const names = [...texts.matchAll(/\$\{([A-Za-z_]\w*)\}/g)].map(([, name = '']) => name);
  return Object.fromEntries([...new Set(names)].sort().map((name) => [name, null]));
}

function collector(model: Model, stack: Stack, part: 'collector' | 'balancer'): Environment {
  const names = variablesOf(layerConfig(model, stack, part));
  return Object.fromEntries(names.map((name) => [name, null]));
}

/** The environment of a part's program. */
export function environmentOf(model: Model, stack: Stack, part: PartName): Environment {
  const limit = { GOMEMLIMIT: goMemoryLimit(limitsOf(model, stack, part).memory) };
  switch (part) {
    case 'grafana':
      return { ...grafana(stack), ...grafanaVariables(model) };
    case 'collector':
    case 'balancer':
      return { ...limit, ...collector(model, stack, part) };
    case 'loki':
    case 'tempo':
    case 'jaeger':
      return limit;
    // Prometheus looks for its limit itself; the others stay far from theirs.
    case 'prometheus':
    case 'alertmanager':
    case 'pushgateway':
    case 'gpu':
      return {};
  }
}
