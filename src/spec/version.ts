import { diagnostic } from '../diagnostics/create.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Located, LocatedMap } from './located.js';
import { quoted } from './quote.js';

/** The version of the language that this obs-gen compiles. */
export const languageVersion = 1;

/** What stands behind `version`. */
export interface WrittenVersion {
  /** Undefined: none is written. */
  readonly version: number | undefined;
  /** Whether it is written as the language has it, as a whole number. */
  readonly isAsWanted: boolean;
}

/** `1`, and the forms in which people write it: `"1"`, `1.0`, `v1`. Undefined for what was never a version. */
export function writtenVersion(value: Located | undefined): WrittenVersion | undefined {
  if (value === undefined || (value.kind === 'scalar' && value.value === null))
    return { version: undefined, isAsWanted: false };
  if (value.kind !== 'scalar') return undefined;
  const [, digits] = /^v?(\d{1,6})(?:\.0+)?$/i.exec(String(value.value)) ?? [];
  if (digits === undefined) return undefined;
  const version = Number(digits);
  return { version, isAsWanted: value.value === version && value.text.value === digits };
}

/**
 * OBS2011 for a spec of a later version. Nothing else can be said of it: what this obs-gen takes for a slip may be a key of that version,
 * and a fix would take it out.
 */
export function newerVersion(root: LocatedMap): Diagnostic | undefined {
  const value = root.entries.get('version')?.value;
  const version = writtenVersion(value)?.version;
  if (value === undefined || version === undefined || version <= languageVersion) return undefined;
  return diagnostic('OBS2011', {
    message: `the spec is of version ${version} of the language, and this obs-gen knows version ${languageVersion}`,
    range: value.range,
    help: `install a newer obs-gen: npm install --save-dev obs-gen@latest; if the spec is of version ${languageVersion}, write ${languageVersion}`,
  });
}

/** What is said of a version that is neither this one nor a later one. */
export interface VersionFault {
  readonly message: string;
  readonly help: string;
  /** What to write instead, where nothing else has to change for it. */
  readonly instead?: string;
}

export function versionFault(value: Extract<Located, { readonly kind: 'scalar' }>): VersionFault {
  const version = writtenVersion(value)?.version;
  const { source, start, end } = value.range;
  const written = quoted(source.text.slice(start, end));
  const text = String(languageVersion);
  if (version === languageVersion)
    return {
      message: `the version is the whole number ${text}, and ${written} is written`,
      help: `write ${text}; \`obs-gen migrate\` does so too`,
      instead: text,
    };
  if (version !== undefined)
    return {
      message: `the spec is of version ${version} of the language, and this obs-gen compiles version ${text}`,
      help: '`obs-gen migrate` brings it and its imports to this version; `obs-gen migrate --dry-run` shows the change',
    };
  return {
    message: `${written} is no version of the language`,
    help: `write ${text}, the version that this obs-gen compiles; a spec that was written for another one is brought to it by \`obs-gen migrate\`, once its number stands here`,
  };
}
