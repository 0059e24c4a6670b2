// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** More providers than any service has. */
const mostProviders = 100;

/** What was counted for each provider since its last bill, in picounits. */
export class Reconciliation {
  private readonly counted = new Map<string, number>();

  count(provider: string, pico: number): void {
    const sum = this.counted.get(provider);
    if (sum === undefined && this.counted.size >= mostProviders) return;
    this.counted.set(provider, (sum ?? 0) + pico);
  }

  /** The bill divided by what was counted, which begins anew; undefined where nothing was, or the bill is no amount. */
  settle(provider: string, billed: number): number | undefined {
    const sum = this.counted.get(provider) ?? 0;
    if (sum === 0 || !Number.isFinite(billed) || billed < 0) return undefined;
    this.counted.set(provider, 0);
    return billed / sum;
  }
}
