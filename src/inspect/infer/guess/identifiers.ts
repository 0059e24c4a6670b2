import { endless } from '../../../model/checks/label-bounds.js';

/** Shapes of values that have no end, and what they are called. */
const shapes: readonly (readonly [string, RegExp])[] = [
  ['UUIDs', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ['e-mail addresses', /^[^\s@/]+@[^\s@]+\.[a-z]{2,}$/i],
  ['addresses of the network', /^(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?$|^[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){4,7}$/i],
  ['time stamps', /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?$|^1[0-9]{9}(?:[0-9]{3})?$/],
  [
    'hashes or keys',
    /^(?=.*[0-9])(?=.*[a-f])[0-9a-f]{12,}$|^(?=(?:\D*\d){4})(?=.*[A-Z])(?=.*[a-z])[A-Za-z0-9_-]{16,}$/,
  ],
  ['paths with ids in them', /^\/(?:[^\s]*\/)?(?:\d+|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{24})(?:\/|$)/i],
  ['addresses of the web', /^[a-z][a-z0-9+.-]*:\/\/.+/i],
  ['free text', /^.{60,}$|^\S+(?: \S+){5,}$/],
  ['numbers', /^\d{5,}$/],
];

/**
 * Why a label looks like one whose values have no end; undefined where it does not.
 * @param values those that were seen
 */
export function identifierReason(name: string, values: readonly string[]): string | undefined {
  for (const [words, shape] of shapes) {
    const count = values.filter((value) => shape.test(value)).length;
    if (count > 0 && count * 2 >= values.length) return `its values look like ${words}`;
  }
  // A small set of plain words behind such a name is no set of identifiers: path="hit" is a code path.
  const arePlain = values.length > 0 && values.every((value) => /^[a-z][a-z_-]*$/.test(value));
  return endless.test(name) && !arePlain ? 'its name is that of an identifier' : undefined;
}
