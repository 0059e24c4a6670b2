export class LoudAgent {
  async run(): Promise<string> {
    return this.prepare();
  }
  prepare(): string {
    return 'loud';
  }
}

export class SilentAgent {
  async run(): Promise<string> {
    return 'silent';
  }
  plain(): string {
    return hidden();
  }
}

function hidden(): string {
  return 'hidden';
}

export function shown(): string {
  return hidden();
}
