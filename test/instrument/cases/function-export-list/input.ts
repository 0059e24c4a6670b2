function run(task: string): string {
  return `ran ${task}`;
}

function stop(): void {}

export { run as start, stop, run };
