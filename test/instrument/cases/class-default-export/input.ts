export default class {
  run(): string {
    return 'default';
  }
  static async make(): Promise<string> {
    return 'static';
  }
}
