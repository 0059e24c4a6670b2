import { environmentVariable } from '../host.js';
import { hasOwn } from '../own-property.js';
import { currentSettings, onSettings } from '../settings/settings.js';

/** How serious a line is. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** Levels as numbers, the more serious the higher; the steps are those of pino and bunyan. */
export const ranks = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 } as const;

const knownRanks = new Map<string, number>([...Object.entries(ranks), ['silent', 100], ['off', 100]]);

/** What decides whether a line is written: it is, where its rank is not below `least`. One read and one comparison. */
export interface LevelGate {
  least: number;
}

interface Gate extends LevelGate {
  readonly category: string | undefined;
  readonly ofSpec: number;
}

/** Categories come from specs and from `log.child()`: beyond this, a category shares the gate of all others. */
const maxGates = 1000;

const gates = new Map<string, Gate>();
let environmentRank = rankFromEnvironment();

/**
 * The gate of a category.
 * @param ofSpec the least level that the spec asks for
 */
export function levelGate(ofSpec: LogLevel, category: string | undefined): LevelGate {
  const key = `${ofSpec} ${category ?? ''}`;
  const known = gates.get(key);
  if (known !== undefined) return known;
  if (category !== undefined && gates.size >= maxGates) return levelGate(ofSpec, undefined);
  const gate: Gate = { category, ofSpec: ranks[ofSpec], least: 0 };
  gate.least = leastOf(gate);
  gates.set(key, gate);
  return gate;
}

/** Reads LOG_LEVEL again. */
export function reloadLogLevel(): void {
  environmentRank = rankFromEnvironment();
  adjustGates();
}

/** The rank of a level's name in any case; undefined for a word that is no level. */
export function rankOf(level: string | undefined): number | undefined {
  return knownRanks.get(level?.toLowerCase() ?? '');
}

/** Settings of a category go before those of all, those before LOG_LEVEL, and that before the spec. */
function leastOf({ category, ofSpec }: Gate): number {
  const { logLevel, logCategories, switches } = currentSettings();
  if (switches?.['logs'] === false) return ranks.fatal + 1;
  const ofCategory =
    category !== undefined && logCategories !== undefined && hasOwn(logCategories, category)
      ? rankOf(logCategories[category])
      : undefined;
  return ofCategory ?? rankOf(logLevel) ?? environmentRank ?? ofSpec;
}

function adjustGates(): void {
  for (const gate of gates.values()) gate.least = leastOf(gate);
}

function rankFromEnvironment(): number | undefined {
  return rankOf(environmentVariable('LOG_LEVEL'));
}

onSettings(adjustGates);
