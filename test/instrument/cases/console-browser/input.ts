export function title(): string {
  console.log('reads the title');
  return typeof window === 'undefined' ? 'none' : 'some';
}
