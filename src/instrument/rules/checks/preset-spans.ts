import { diagnostic } from '../../../diagnostics/create.js';
import type { Rule as Check } from '../../../model/checks/rule.js';
import { quotedList } from '../../../model/checks/words.js';
import { presetWith } from '../../../model/preset-index.js';
import { locate } from '../../../spec/located.js';
import { presetRules } from '../presets.js';

/** OBS5012: the spec has the spans that the rules of a preset open. */
export const presetSpans: Check = function* ({ model, spec, loaded }) {
  for (const [index, preset] of (spec.instrument?.presets ?? []).entries()) {
    const place = locate(loaded.root, ['instrument', 'presets', index]);
    if (place?.kind !== 'scalar' || place.value !== preset) continue;
    const rules = presetRules(preset);
    const idle = rules.filter(({ span }) => span !== undefined && !model.spans.has(span));
    const missing = [...new Set(idle.flatMap(({ span }) => span ?? []))].filter(
      (span) => !Object.hasOwn(spec.spans ?? {}, span),
    );
    if (missing.length === 0) continue;
    const [first = ''] = missing;
    const owner = presetWith('spans', first);
    const spans = missing.length === 1 ? 'the span' : 'the spans';
    const left =
      idle.length === rules.length
        ? 'none of its rules is used'
        : `${idle.length} of its ${rules.length} rules are left out`;
    yield diagnostic('OBS5012', {
      message: `the spec has not ${spans} ${quotedList(missing)} that the rules of \`${preset}\` open: ${left}`,
      range: place.range,
      help:
        owner === undefined
          ? 'declare them under `spans`'
          : `add \`${owner}\` to \`presets\`, or declare ${missing.length === 1 ? 'a span of that name' : 'spans of those names'}`,
    });
  }
};
