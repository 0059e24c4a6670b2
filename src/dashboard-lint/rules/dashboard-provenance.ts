import { list, record, text } from '../json.js';
import { verdict, type Rule } from '../rule.js';

/** The dashboard says what it is about and where it is changed. */
export const dashboardProvenance: Rule = {
  id: 'dashboard-provenance',
  from: 'obs-gen',
  *check({ json }) {
    const links = list(json['links']).map((link) => text(record(link)['url']) ?? '');
    const says = (text(json['description']) ?? '').trim() !== '';
    yield verdict(
      says || links.some((url) => /\bgit|source|generat/i.test(url)),
      { path: 'description' },
      'the dashboard does not say where it comes from',
      'describe it: what it is about, whose it is, and where it is changed',
    );
  },
};
