/**
 * Writes docs/dashboards.md: the checklist, and how the generated dashboards of three specs do on it, beside some that are well known.
 * `node scripts/dashboards-doc.mjs` after a build. The files of others are read from the directory PUBLIC_DASHBOARDS, where there is one,
 * and are never copied; without it their figures stay as they were recorded. test/dashboard-lint/document.test.ts fails where the part
 * on the generated dashboards is stale.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const root = join(import.meta.dirname, '..');
const path = join(root, 'docs/dashboards.md');

/** Specs whose dashboards are scored. */
export const specs = [
  ['The reference spec', 'observability.yaml'],
  ['ims-core', 'test/cases/ims-core/observability.yaml'],
  ['alex', 'test/cases/alex/observability.yaml'],
];

/** Dashboards of others: where they were read, and under which name the file lies in the directory. */
export const others = [
  {
    file: 'node-exporter-full.json',
    name: 'Node Exporter Full',
    source: 'rfmoz/grafana-dashboards@4b1729d `prometheus/node-exporter-full.json`',
  },
  {
    file: 'cloudnative-pg.json',
    name: 'CloudNativePG',
    source: 'cloudnative-pg/grafana-dashboards@e74d67f `charts/cluster/grafana-dashboard.json`',
  },
  {
    file: 'thanos-query.json',
    name: 'Thanos / Query',
    source: 'thanos-io/thanos@e103a81 `examples/dashboards/query.json`, rendered from its mixin',
  },
  {
    file: 'otel-lgtm-red.json',
    name: 'RED metrics',
    source: 'grafana/docker-otel-lgtm@6b62cce `docker/grafana-dashboard-red-metrics-classic.json`',
  },
];

const introduction = `# Dashboards: the checklist and the scores

Written by \`node scripts/dashboards-doc.mjs\`; do not edit.

\`obs-gen dashboards\` holds dashboards against this checklist: those of the spec, or any file in Grafana's classic JSON. Each line is
verified by the rules beside it. Those whose names end in \`-rule\`, and \`uneditable-dashboard\`, are the 17 rules of Grafana's
dashboard-linter, reimplemented; the others are what no linter looks at. \`picture\` and \`output\` stand for what the JSON does not show:
the pictures of the preview, and the files around the dashboards.

\`yes\`: the line holds. **A number**: so many findings. –: the dashboard has nothing that the line is about. \`spec\`: the line
compares with a spec, and there is none. Only \`yes\` and numbers count in the score.
`;

function exemptions(boards) {
  const reasons = new Map();
  for (const { score } of boards) {
    for (const { line, exempt } of score.lines) {
      for (const [reason, count] of exempt) {
        const key = `${line.text}: ${reason}`;
        reasons.set(key, (reasons.get(key) ?? 0) + count);
      }
    }
  }
  if (reasons.size === 0) return '';
  const lines = [...reasons].map(([reason, count]) => `- ${reason} (${count})`);
  return `\nOutside of a line, and not counted in it:\n\n${lines.join('\n')}\n`;
}

function scored(lint, name, json, context) {
  return { name, score: lint.score(lint.inspectDashboard(json, context)) };
}

/** The part on generated dashboards. `lint`: the functions of the product, from dist or from the sources. */
export function generatedPart(lint) {
  return specs
    .map(([title, spec]) => {
      const { model } = lint.analyse(join(root, spec), '2026-11-20');
      const boards = lint
        .ownBoards(model)
        .map(({ name, json, context }) => scored(lint, name, json, context));
      return `## ${title}\n\n${lint.scoreTable(boards)}${exemptions(boards)}`;
    })
    .join('\n');
}

/** The part on dashboards of others, read from a directory. */
export function publicPart(lint, directory) {
  const boards = others.map(({ file, name }) =>
    scored(lint, name, JSON.parse(readFileSync(join(directory, file), 'utf8')), {}),
  );
  const sources = others.map(({ name, source }) => `- ${name}: ${source}`);
  return `## Well-known dashboards

They were made for other ends, by hand or with other tools, and without a spec to compare with: what holds here says nothing of how
useful they are. Read as they are in their repositories:

${sources.join('\n')}

${lint.scoreTable(boards)}${exemptions(boards)}`;
}

const start = '<!-- generated -->\n';
const middle = '<!-- others -->\n';

/** The two parts of the document as it is. */
export function partsOf(text) {
  const [, rest = ''] = text.split(start);
  const [generated = '', recorded = ''] = rest.split(`\n${middle}`);
  return { generated, recorded };
}

/** The whole document. */
export function documentOf(generated, recorded) {
  return `${introduction}\n${start}${generated}\n${middle}${recorded}`;
}

if (process.argv[1]?.endsWith('dashboards-doc.mjs')) {
  const dist = process.env.OBSGEN_DIST ?? join(root, 'dist');
  const from = (file) => import(join(dist, file));
  const lint = {
    ...(await from('dashboard-lint/index.js')),
    ...(await from('dashboard-lint/own-boards.js')),
    ...(await from('dashboard-lint/markdown.js')),
    ...(await from('analyse.js')),
  };
  const directory = process.env.PUBLIC_DASHBOARDS;
  const recorded =
    directory === undefined
      ? partsOf(existsSync(path) ? readFileSync(path, 'utf8') : '').recorded
      : publicPart(lint, directory);
  writeFileSync(path, documentOf(generatedPart(lint), recorded));
}
