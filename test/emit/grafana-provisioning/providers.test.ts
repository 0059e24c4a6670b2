import { describe, expect, it } from 'vitest';
import { grafanaDashboards } from '../../../src/emit/grafana/emitter.js';
import { grafanaProvisioning } from '../../../src/emit/grafana-provisioning/emitter.js';
import { modelOf } from '../../support/model.js';
import { readProviders, type ReadProvider } from './as-grafana-reads.js';

function spec(service: string, grafana = ''): string {
  return `version: 1
service: { name: ${service} }
target: { grafana: { ${grafana} } }
metrics: { runs_total: { type: counter, help: Runs. } }
dashboards:
  runs: { title: Runs, rows: [{ title: Runs, panels: [{ title: Runs, metric: runs_total }] }] }
`;
}

function providerOf(text: string): ReadProvider {
  const file = grafanaProvisioning.files(modelOf(text)).find(({ path }) => path.includes('/dashboards/'));
  const [provider] = readProviders(file?.content ?? 'apiVersion: 0');
  if (provider === undefined) throw new Error('there is no provider');
  return provider;
}

describe('the provider of dashboards', () => {
  it('is a file of the service’s own, so that several services share a Grafana', () => {
    const paths = grafanaProvisioning.files(modelOf(spec('a'))).map(({ path }) => path);
    expect(paths).toEqual([
      'grafana/provisioning/datasources/a.yaml',
      'grafana/provisioning/dashboards/a.yaml',
    ]);
    expect(providerOf(spec('a')).name).not.toBe(providerOf(spec('b')).name);
    expect(providerOf(spec('a')).options.path).not.toBe(providerOf(spec('b')).options.path);
  });

  it('lets nobody change or delete what the next build would bring back', () => {
    expect(providerOf(spec('a'))).toMatchObject({
      type: 'file',
      disableDeletion: true,
      allowUiUpdates: false,
    });
  });

  it('says where the dashboards lie', () => {
    expect(providerOf(spec('a')).options.path).toBe('/etc/grafana/dashboards/a');
    expect(providerOf(spec('a', 'dashboardsPath: /srv/boards/')).options.path).toBe('/srv/boards');
    expect(grafanaDashboards.files(modelOf(spec('a')))[0]?.path).toMatch(
      /^grafana\/dashboards\/[^/]+\.json$/,
    );
  });

  it('has one uid for a folder, whoever puts something into it', () => {
    const uid = (service: string, folder: string): string =>
      providerOf(spec(service, `folder: ${folder}`)).folderUid;
    expect(uid('a', 'Agents')).toBe(uid('b', 'Agents'));
    expect(uid('a', "'A b'")).not.toBe(uid('a', 'A-b'));
    for (const folder of ['Agents', "'Ä & $x / y'", 'x'.repeat(100)])
      expect(uid('a', folder)).toMatch(/^[A-Za-z0-9_-]{1,40}$/);
  });

  it('keeps a folder’s name as it is written', () => {
    expect(providerOf(spec('a', "folder: 'Cost in $USD, ${x}'")).folder).toBe('Cost in $USD, ${x}');
  });

  it('is not there without dashboards, nor are the data sources', () => {
    const none = modelOf(spec('a').replace(/dashboards:[^]*/, ''));
    const hasBoards = grafanaDashboards.files(none).length > 0;
    expect(grafanaProvisioning.files(none).length > 0).toBe(hasBoards);
  });
});
