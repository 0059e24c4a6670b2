export function retry(work: () => number, onError = (error: unknown): number => (error instanceof Error ? 1 : 0)): number {
  try {
    return work();
  } catch (error) {
    return onError(error);
  }
}

export const configured = ({ now = () => 5 }: { now?: () => number } = {}): number => now();
