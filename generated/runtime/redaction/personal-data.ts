// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { feature } from './prefilter.js';
import { matches, patternRule, redacted } from './rule.js';
import type { Found, Rule } from './rule.js';

/** ASCII letters, digits and `. _ % + -`, and all beyond ASCII: what may stand before the @ of an address. */
function isLocal(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 46 ||
    code === 95 ||
    code === 37 ||
    code === 43 ||
    code === 45 ||
    code > 160
  );
}

const domain =
  /(?:[A-Za-z0-9\u00a1-\uffff][A-Za-z0-9\u00a1-\uffff-]{0,62}\.){1,8}[A-Za-z\u00a1-\uffff]{2,24}/y;

/** What is hidden, as one pattern: for engines whose time does not depend on how it is looked for. */
const email = new RegExp(String.raw`[\w.%+\u00a1-\uffff-]+@${domain.source}`);

/** Goes from @ to @, so that no part of the text is looked at more than twice. */
function hideEmails(text: string, found: Found): string {
  let clean = '';
  let from = 0;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > from && isLocal(text.charCodeAt(start - 1))) start -= 1;
    if (start === at) continue;
    domain.lastIndex = at + 1;
    if (!domain.test(text)) continue;
    found('email');
    clean += text.slice(from, start) + redacted;
    from = domain.lastIndex;
    at = from - 1;
  }
  return from === 0 ? text : clean + text.slice(from);
}

/** Digits that may be grouped, such as a card's; what is longer in one piece is none. */
const digitGroups = /(?<![\d.])\d{3,19}(?!\d)(?:[ -]\d{3,19}(?!\d)){0,200}/g;

const shortestCard = 13;
const longestCard = 19;

/**
 * By ISO/IEC 7812, whether digits may begin the number of a card: Visa 4, Mastercard 22 to 27 and 5, American Express, Diners Club and JCB
 * 3, Discover, UnionPay and Maestro 6.
 */
function isIssuer(first: number, second: number): boolean {
  return (first >= 51 && first <= 54) || (first === 50 && second >= 50 && second <= 55);
}

/** The longest number of a card that is grouped: digits, and what is between the groups. */
const maxGrouped = 30;

/** A card's number may stand among other groups of digits, so it is looked for from each group on. */
function hideCards(text: string, found: Found): string {
  return text.replace(digitGroups, (match) => {
    let clean = '';
    let from = 0;
    for (let at = 0; at <= match.length - shortestCard; at += 1) {
      const end = at === 0 || !isDigit(match.charCodeAt(at - 1)) ? endOfCard(match, at) : at;
      if (end === at) continue;
      found('card');
      clean += match.slice(from, at) + redacted;
      from = end;
      at = end - 1;
    }
    return from === 0 ? match : clean + match.slice(from);
  });
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/**
 * The end of the card's number that begins here and ends with a group; the beginning where there is none. The check digit is that of
 * ISO/IEC 7812, annex B: every second digit counts double, from the last but one backwards, so both sums are kept until the end is known.
 */
export function endOfCard(text: string, start: number): number {
  if (!isIssuer(text.charCodeAt(start), text.charCodeAt(start + 1))) return start;
  let count = 0;
  let sumOfEven = 0;
  let sumOfOdd = 0;
  const last = Math.min(text.length, start + maxGrouped);
  for (let at = start; at < last && count < longestCard; at += 1) {
    const code = text.charCodeAt(at);
    if (!isDigit(code)) continue;
    const digit = code - 48;
    const double = digit > 4 ? 2 * digit - 9 : 2 * digit;
    sumOfEven += count % 2 === 0 ? double : digit;
    sumOfOdd += count % 2 === 0 ? digit : double;
    count += 1;
    if (count < shortestCard || isDigit(text.charCodeAt(at + 1))) continue;
    if ((count % 2 === 0 ? sumOfEven : sumOfOdd) % 10 === 0) return at + 1;
  }
  return start;
}

/** ISO 13616: the letters count as two digits each, and the number leaves 1 when divided by 97. */
function isIban(match: string): boolean {
  const plain = match.replace(/ /g, '');
  if (plain.length < 15 || plain.length > 34 || (plain.match(/\d/g)?.length ?? 0) < 9) return false;
  let remainder = 0;
  for (const character of plain.slice(4) + plain.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/** Data of persons. */
export const personalRules: readonly Rule[] = [
  {
    name: 'email',
    needs: feature.sign,
    mayFind: (text) => text.includes('@'),
    hide: hideEmails,
    pattern: email,
  },
  { name: 'card', needs: feature.digits, mayFind: matches(digitGroups), hide: hideCards },
  patternRule(
    'iban',
    feature.digits,
    /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])/g,
    isIban,
  ),
  patternRule('ssn', feature.digits, /(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])/g),
  patternRule('phone', feature.digits, /(?<![\w.+])\+[1-9](?:[ ().-]{0,2}\d){8,14}(?!\d)/g),
];
