export function run(): string {
  return 'run';
}
