import { list, record, text } from '../json.js';
import { exempt, verdict, type Rule } from '../rule.js';

/** What happened is marked where it is seen: deployments and alerts, each of which can be switched off. */
export const annotations: Rule = {
  id: 'annotations',
  from: 'obs-gen',
  *check({ json }, { dashboard }) {
    const path = 'annotations.list';
    const all = list(record(json['annotations'])['list']).map(record);
    const own = all.filter((each) => each['builtIn'] !== 1 && text(each['type']) !== 'dashboard');
    if (own.length === 0 && dashboard !== undefined && dashboard.topic === undefined) {
      yield exempt({ path }, 'the author of the dashboard asked for none');
      return;
    }
    yield verdict(
      own.length > 0,
      { path },
      'neither deployments nor alerts are marked',
      'add annotations: `ALERTS{alertstate="firing"}`, and starts or changes of version',
    );
    for (const each of own) {
      yield verdict(
        each['hide'] !== true,
        { path },
        `the annotation \`${text(each['name']) ?? ''}\` cannot be switched off`,
        'set `hide: false`',
      );
    }
  },
};
