import { headOf } from '../board.js';
import { text } from '../json.js';
import { fault, verdict, type Rule } from '../rule.js';

/** More than Grafana's database takes: such a dashboard is silently absent. */
const longest = 40;

/** The uid is fixed, short enough and nobody else's: links lead to it. */
export const dashboardUid: Rule = {
  id: 'dashboard-uid',
  from: 'obs-gen',
  *check({ json }, { beside = [] }) {
    const uid = text(json['uid']) ?? '';
    const place = { path: 'uid' };
    if (uid === '') {
      yield fault(place, 'the dashboard has no uid', 'give it one: without it, links break with each import');
      return;
    }
    yield verdict(
      uid.length <= longest,
      place,
      `the uid has ${uid.length} characters`,
      `Grafana takes ${longest}: shorten it, and end it in a hash`,
    );
    yield verdict(
      /^[A-Za-z0-9_-]+$/.test(uid),
      place,
      `the uid \`${uid}\` has characters that Grafana does not take`,
      'use letters, digits, `-` and `_`',
    );
    yield verdict(
      beside.every((each) => headOf(each).uid !== uid),
      place,
      `two dashboards have the uid \`${uid}\``,
      'the second would replace the first: change one of them',
    );
  },
};
