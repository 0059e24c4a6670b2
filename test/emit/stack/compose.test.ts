import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { stackFiles } from '../../../src/emit/stack/emitter.js';
import { healthCommand } from '../../../src/emit/stack/health.js';
import { partNames } from '../../../src/stack/parts.js';
import { secretsOf } from '../../../src/stack/secrets.js';
import { receivers, stackOf } from './spec.js';

interface Mount {
  readonly type: 'bind' | 'volume';
  readonly source?: string;
  readonly target: string;
  readonly read_only?: boolean;
  readonly bind?: { readonly create_host_path?: boolean };
}

interface Service {
  readonly image: string;
  readonly user?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly Mount[];
  readonly secrets?: readonly (string | { readonly source: string; readonly target: string })[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly cap_add?: readonly string[];
  readonly cap_drop: readonly string[];
  readonly read_only?: boolean;
  readonly security_opt: readonly string[];
  readonly logging: { readonly driver: string };
  readonly deploy: {
    readonly replicas?: number;
    readonly resources: {
      readonly limits: { readonly cpus: string; readonly memory: string; readonly pids: number };
    };
  };
}

interface Compose {
  readonly name: string;
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, object>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

function filesOf(section: string, more = ''): ReadonlyMap<string, string> {
  const { model } = stackOf(section, more);
  return new Map(stackFiles.files(model).map(({ path, content }) => [path, content]));
}

function composeOf(section: string): Compose {
  return parse(filesOf(section).get('stack/compose.yaml') ?? '') as Compose;
}

function serviceOf(compose: Compose, name: string): Service {
  const found = compose.services[name];
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

/** Stacks that have, together, every part. */
const stacks = {
  open: `pushgateway: true\ngpuExporter: true\ncollector: { instances: 2 }\n${receivers}`,
  closed: `access: { tls: true, tenant: shop }\npushgateway: true\n${receivers}`,
  jaeger: 'traces: { store: jaeger }\naccess: { tls: true }',
};

describe.each(Object.entries(stacks))('every container of the stack %s', (_, section) => {
  const compose = composeOf(section);
  const services = Object.entries(compose.services);

  it('is of an image that versions.env names', () => {
    const versions = filesOf(section).get('stack/versions.env') ?? '';
    const known = new Map(
      [...versions.matchAll(/^(\w+)=(\S+):([^\s:]+)$/gm)].map(([, name, , tag]) => [name, tag]),
    );
    for (const [name, { image }] of services) {
      const variable = /^\$\{(\w+):\?[^}]+\}$/.exec(image)?.[1];
      expect(known.get(variable), name).toMatch(/^v?\d+\.\d+\.\d+$/);
    }
  });

  it('is reached from this machine alone', () => {
    for (const [, { ports = [] }] of services)
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
    const published = services.flatMap(([, { ports = [] }]) => ports);
    expect(new Set(published).size).toBe(published.length);
  });

  it('has bounds, no rights, and writes nowhere but to its data', () => {
    for (const [name, service] of services) {
      const { limits } = service.deploy.resources;
      expect(limits.memory, name).toMatch(/^\$\{[A-Z]+_MEMORY:-\d+m\}$/);
      expect(limits.cpus, name).toMatch(/^\$\{[A-Z]+_CPUS:-[\d.]+\}$/);
      expect(limits.pids).toBeGreaterThan(0);
      expect(service.cap_drop).toEqual(['ALL']);
      expect(service.security_opt).toContain('no-new-privileges:true');
      expect(service.read_only, name).toBe(name === 'grafana' ? undefined : true);
      expect(service.logging.driver).toBe('local');
      for (const mount of service.volumes ?? []) {
        if (mount.type === 'bind')
          expect([mount.read_only, mount.bind?.create_host_path], name).toEqual([true, false]);
      }
    }
  });

  it('mounts volumes that are declared, once each', () => {
    const mounts = services.flatMap(([, { volumes = [] }]) => volumes);
    const used = mounts.flatMap(({ type, source }) =>
      type === 'volume' && source !== undefined ? [source] : [],
    );
    expect([...used].sort()).toEqual(Object.keys(compose.volumes).sort());
  });

  it('mounts folders of files that are written, or that stack up makes', () => {
    const { model, stack } = stackOf(section);
    const made = secretsOf(model, stack).map(({ path }) => path);
    const written = [...filesOf(section).keys()];
    const sources = services.flatMap(([, { volumes = [] }]) =>
      volumes.flatMap(({ type, source }) => (type === 'bind' && source?.startsWith('.') ? [source] : [])),
    );
    for (const source of sources) {
      const path = source.startsWith('../') ? source.slice(3) : `stack/${source.slice(2)}`;
      // Rules, dashboards and routes are other emitters'.
      if (/^(?:grafana|alertmanager)/.test(path)) continue;
      const isThere = made.includes(path) || written.some((file) => file.startsWith(`${path}/`));
      expect(isThere, source).toBe(true);
    }
  });

  it('reads no file of the configuration that is not mounted', () => {
    for (const [name, { command = [], healthcheck, volumes = [] }] of services) {
      const named = [...command, ...(healthcheck?.test ?? [])].flatMap(
        (word) => /\/etc\/obs-gen\/[\w/.]+/.exec(word) ?? [],
      );
      for (const file of named)
        expect(
          volumes.some(({ target }) => file.startsWith(`${target}/`)),
          `${name}: ${file}`,
        ).toBe(true);
    }
  });

  it('has a health check that its image can run, or none', () => {
    for (const part of partNames) {
      const service = compose.services[part];
      if (service === undefined) continue;
      const { command } = healthCommand(part, section.includes('tls: true'));
      expect(service.healthcheck?.test, part).toEqual(
        command === undefined ? undefined : ['CMD', ...command],
      );
      // No image has a shell for sure.
      expect(service.healthcheck?.test[0]).not.toBe('CMD-SHELL');
    }
  });

  it('is given secrets as files that are declared', () => {
    const declared = new Set(Object.keys(compose.secrets));
    const used = services.flatMap(([, { secrets = [] }]) =>
      secrets.map((secret) => (typeof secret === 'string' ? secret : secret.source)),
    );
    expect(new Set(used)).toEqual(declared);
    for (const { file } of Object.values(compose.secrets)) expect(file).toMatch(/^\.\/secrets\//);
  });
});

describe('Grafana', () => {
  it('has no password that anybody knows', () => {
    const { environment = {}, secrets } = serviceOf(composeOf('{}'), 'grafana');
    expect(secrets).toEqual(['grafana-admin-password', 'grafana-secret-key']);
    expect(environment).toMatchObject({
      GF_SECURITY_ADMIN_PASSWORD__FILE: '/run/secrets/grafana-admin-password',
      GF_AUTH_ANONYMOUS_ENABLED: 'false',
    });
    expect(Object.keys(environment).filter((name) => /PASSWORD$|SECRET_KEY$/.test(name))).toEqual([]);
  });
});

describe('Prometheus', () => {
  it('can only be read', () => {
    const { command = [] } = serviceOf(composeOf('{}'), 'prometheus');
    const taking = /enable-(?:remote-write|otlp|admin|lifecycle)/;
    expect(command.filter((word) => taking.test(word))).toEqual([]);
    expect(command).toContain('--storage.tsdb.retention.time=15d');
  });

  it('is bounded by what the spec allows its instances', () => {
    const memory = (section: string): number => {
      const { limits } = serviceOf(composeOf(section), 'prometheus').deploy.resources;
      return Number(/:-(\d+)m/.exec(limits.memory)?.[1]);
    };
    expect(memory('service: { instances: 100 }')).toBeGreaterThan(memory('service: { instances: 20 }'));
  });
});

describe('the Collectors', () => {
  it('share no port and no volume where there are several', () => {
    const compose = composeOf('collector: { instances: 3, logFiles: [] }');
    const collector = serviceOf(compose, 'collector');
    expect(collector.deploy.replicas).toBe(3);
    expect(collector.ports).toBeUndefined();
    const data = (collector.volumes ?? []).filter(({ type }) => type === 'volume');
    expect(data).toEqual([{ type: 'volume', target: '/var/lib/otelcol' }]);
    expect(serviceOf(compose, 'balancer').ports).toContain('127.0.0.1:4317:4317');
  });

  it('see the folders of the log files, and have the right to read them', () => {
    const globs = '["/var/log/shop/*.log", "/var/log/shop/old/*.log", "/srv/a$b/*/x.log", "/*.log"]';
    const collector = serviceOf(composeOf(`collector: { logFiles: ${globs} }`), 'collector');
    const logs = (collector.volumes ?? []).filter(({ target }) => /^\/(?:var\/log|srv)/.test(target));
    // Compose makes one dollar sign of two; the folder within a folder is there already, and a whole machine cannot be mounted.
    expect(logs.map(({ source, target }) => [source, target])).toEqual([
      ['/var/log/shop', '/var/log/shop'],
      ['/srv/a$$b', '/srv/a$$b'],
    ]);
    expect(collector).toMatchObject({ user: '0:0', cap_add: ['DAC_READ_SEARCH'] });
  });

  it('read what containers write, where nobody says otherwise', () => {
    const { volumes = [] } = serviceOf(composeOf('{}'), 'collector');
    expect(volumes.map(({ source }) => source)).toContain('${DOCKER_CONTAINERS:-/var/lib/docker/containers}');
  });

  it('are handed the variables of their configuration', () => {
    const { environment } = serviceOf(composeOf('logs: { endpoint: "${env:LOKI_OTLP}" }'), 'collector');
    expect(environment).toMatchObject({ LOKI_OTLP: null });
  });
});

describe('the files', () => {
  it('are Prometheus alone where the parts run elsewhere', () => {
    const files = filesOf('compose: false');
    expect([...files.keys()]).toEqual(['prometheus/prometheus.yaml']);
    expect(files.get('prometheus/prometheus.yaml')).toContain('localhost:9464');
  });

  it('keep secrets out of git', () => {
    expect(filesOf('{}').get('stack/.gitignore')).toMatch(/^secrets\/$/m);
  });

  it('say that a service on loopback is not reached out of a container', () => {
    expect(filesOf('{}').get('prometheus/prometheus.yaml')).toContain('not on 127.0.0.1 alone');
    const own = filesOf('service: { targets: ["a:1"] }').get('prometheus/prometheus.yaml');
    expect(own).not.toContain('127.0.0.1 alone');
  });
});
