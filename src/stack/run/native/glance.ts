/** What Prometheus says of the stack at one moment. */
export interface Glance {
  readonly targets: { readonly up: number; readonly all: number };
  readonly rules: { readonly all: number; readonly failing: number };
  /** Names of the alerts that fire, each once. */
  readonly firing: readonly string[];
}

/** Milliseconds for one answer. */
const patience = 2000;

interface Targets {
  readonly activeTargets: readonly { readonly health: string }[];
}

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly name: string;
      readonly type: 'recording' | 'alerting';
      readonly health: string;
      readonly state?: string;
    }[];
  }[];
}

async function ask<T>(url: string, signal: AbortSignal): Promise<T> {
  const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]) });
  const { data } = (await response.json()) as { readonly data: T };
  return data;
}

/** Asks Prometheus how it goes; undefined where it does not answer. */
export async function glanceAt(prometheus: string, signal: AbortSignal): Promise<Glance | undefined> {
  try {
    const [{ activeTargets }, { groups }] = await Promise.all([
      ask<Targets>(`${prometheus}/api/v1/targets?state=active`, signal),
      ask<Rules>(`${prometheus}/api/v1/rules`, signal),
    ]);
    const rules = groups.flatMap((group) => group.rules);
    return {
      targets: {
        up: activeTargets.filter(({ health }) => health === 'up').length,
        all: activeTargets.length,
      },
      rules: { all: rules.length, failing: rules.filter(({ health }) => health === 'err').length },
      firing: [...new Set(rules.filter(({ state }) => state === 'firing').map(({ name }) => name))],
    };
  } catch {
    return undefined;
  }
}
