import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Allowance } from '../../model/model.js';
import type { Change } from './change.js';
import { listed } from './values.js';

function covers({ at }: Allowance, change: Change): boolean {
  return change.at === at || change.at.startsWith(`${at}.`);
}

function breaksIn(change: Change, { allow }: Allowance): boolean {
  return change.consequences.some((each) => each.breaking && allow.includes(each.class));
}

/**
 * Marks the changes that the new spec accepts, and says which acceptances have come to their end or accept nothing.
 * @param today an ISO date: an acceptance no longer counts from its `until` on
 */
export function allowed(
  changes: readonly Change[],
  allowances: readonly Allowance[],
  today: string,
): { readonly changes: readonly Change[]; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const used = new Set<Allowance>();
  const marked = changes.map((change) => {
    const fitting = allowances.filter((each) => covers(each, change) && breaksIn(change, each));
    for (const each of fitting) used.add(each);
    const counted = fitting.filter(({ until }) => until > today);
    const [first] = counted;
    if (first === undefined) return change;
    const classes = new Set(counted.flatMap(({ allow }) => allow));
    return { ...change, allowance: { ...first, allow: [...classes] } };
  });
  for (const each of allowances) {
    const { at, allow, until, reason, origin } = each;
    if (!used.has(each)) {
      diagnostics.push(
        diagnostic('OBS3081', {
          message: `nothing at \`${at}\` breaks ${listed(allow)}`,
          range: origin.of('at'),
          help: 'remove the entry: the change is merged, or was taken back',
        }),
      );
    } else if (until <= today) {
      diagnostics.push(
        diagnostic('OBS3080', {
          message: `the change at \`${at}\` was accepted until ${until}`,
          range: origin.of('until'),
          help: `make the change or accept it anew; the reason was: ${reason}`,
        }),
      );
    }
  }
  return { changes: marked, diagnostics };
}
