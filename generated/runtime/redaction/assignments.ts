// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { feature } from './prefilter.js';
import { patternRule } from './rule.js';
import type { Rule } from './rule.js';

/** Where a text assigns a secret to a name, or carries it in an address: the name stays, the secret goes. */
export const assignmentRules: readonly Rule[] = [
  patternRule(
    'private_key',
    feature.hyphen,
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----))*(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?/g,
  ),
  patternRule(
    'header',
    feature.sign,
    /(?<![a-z])((?:authorization|(?:set-)?cookie)\\?["']?\s{0,4}[:=]\s{0,4}\\?["']?)(?!\[redacted\])[^"'\r\n\\]{3,}/gi,
  ),
  patternRule('bearer', feature.run, /(?<!\w)((?:bearer|basic)\s{1,4})[\w.~+/=-]{16,}/gi),
  patternRule(
    'url_password',
    feature.sign,
    /(:\/\/)(?:[^\s/@:]{0,256}:(?:[^\s/@]{0,256}@){1,4}|[^\s/@:]{12,256}@)/g,
  ),
  patternRule(
    'url_parameter',
    feature.sign,
    /([?&;#](?:[\w.-]{0,32}(?:token|secret|passw(?:or)?d|signature|api_?key|credential)|sig|key|code|auth|jwt|sid)=)(?!\[redacted\])[^&\s#"'<>;]{3,}/gi,
  ),
  patternRule(
    'assignment',
    feature.sign,
    /(?<![a-z])((?:password|passwd|passphrase|pwd|secret|(?:shared[_-]?)?(?:api|access|account|private|signing|encryption|secret)[_-]?key|client[_-]?secret|(?:access|auth|refresh|session|bearer|api|id)[_-]?token)\\?["']?\s{0,4}[:=]\s{0,4})(?!\\?["']?\[redacted\])(?:\\?"[^"\\\r\n]{3,}|\\?'[^'\\\r\n]{3,}|[^\s"',;&\\]{3,})/gi,
  ),
  patternRule(
    'assignment',
    feature.sign,
    /(?<![\w-])((?:token|key)\s{0,2}[:=]\s{0,2})(?=[A-Za-z+/_-]{0,200}\d)(?=[\d+/_-]{0,200}[A-Za-z])[\w+/=-]{16,}/gi,
  ),
];
