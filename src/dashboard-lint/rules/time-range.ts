import { at, text } from '../json.js';
import { verdict, type Rule } from '../rule.js';

/** The page opens on the last hours or days, in the reader's time. */
export const timeRange: Rule = {
  id: 'time-range',
  from: 'obs-gen',
  *check({ json }) {
    const from = text(at(json, 'time', 'from')) ?? '';
    const to = text(at(json, 'time', 'to')) ?? '';
    yield verdict(
      /^now-\d+[smhdwMy](?:\/[dwMy])?$/.test(from) && /^now(?:\/[dwMy])?$/.test(to),
      { path: 'time' },
      `the dashboard opens on \`${from}\` to \`${to}\``,
      'open on the time up to now: `now-1h` to `now`',
    );
    const zone = text(json['timezone']) ?? '';
    yield verdict(
      zone === '' || zone === 'browser',
      { path: 'timezone' },
      `times are shown in \`${zone}\``,
      'use `browser`: people read times as their own',
    );
  },
};
