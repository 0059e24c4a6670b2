export class Settings {
  static #level = 1;
  static get level(): number {
    return Settings.#level;
  }
  static set level(value: number) {
    Settings.#level = value;
  }
}
