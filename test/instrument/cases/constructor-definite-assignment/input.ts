type Level = 'low' | 'high';

export class Settings {
  level: Level;
  readonly text: string;
  private cache: Map<string, string> | undefined;
  constructor(given: Level | undefined, text?: string) {
    given ??= 'low';
    this.level = given;
    if (text === undefined) {
      this.text = 'none';
      return;
    }
    this.text = text;
    this.cache = new Map([[text, given]]);
    const found = this.cache.get(text);
    this.level = found === 'high' ? found : 'low';
  }
  size(): number {
    return this.cache?.size ?? 0;
  }
}
