const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

export async function slow(signal: AbortSignal): Promise<string> {
  await wait(60);
  signal.throwIfAborted();
  return 'slow';
}

export async function fast(): Promise<string> {
  await wait(1);
  return 'fast';
}
