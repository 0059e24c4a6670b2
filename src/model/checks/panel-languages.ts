import { foreignFault, rangesOf } from '../../dashboard-lint/foreign-syntax.js';
import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Text } from '../../diagnostics/text.js';
import { rangeIn } from '../../promql/query.js';
import { panelsOf } from './panels-of.js';
import type { Rule } from './rule.js';

const languages = { logs: ['logql', 'LogQL', 'Loki'], traces: ['traceql', 'TraceQL', 'Tempo'] } as const;

function* ranges(text: Text): Iterable<Diagnostic> {
  for (const { text: range, from, to } of rangesOf(text.value)) {
    if (/^\$(?:__auto|\{__auto\})$/.test(range)) continue;
    const where = rangeIn(text, { from, to });
    yield diagnostic('OBS3510', {
      message: `\`[${range}]\` does not follow the step of the graph`,
      range: where,
      help: 'use `$__auto`, which Grafana makes of the time that is shown',
      fix: to > from ? { range: where, text: '$__auto' } : undefined,
    });
  }
}

/** OBS3509, OBS3510: queries of logs and traces can be read, and their ranges follow the graph. */
export const panelLanguages: Rule = function* ({ model }) {
  for (const { panel } of panelsOf(model)) {
    const { type, source } = panel;
    if (source.kind !== 'foreign' || (type !== 'logs' && type !== 'traces')) continue;
    if (type === 'traces' && model.sections.stack?.traces?.store === 'jaeger') continue;
    const [language, name, store] = languages[type];
    const wrong = foreignFault(language, source.query.value);
    if (wrong !== undefined) {
      yield diagnostic('OBS3509', {
        message: `this is no ${name}: ${wrong.message}`,
        range: rangeIn(source.query, wrong),
        help: `${store} refuses it, and the panel shows an error`,
      });
    } else if (language === 'logql') yield* ranges(source.query);
  }
};
