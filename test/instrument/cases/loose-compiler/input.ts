export function run(task, times = 1) {
  const results = [];
  for (let index = 0; index < times; index++) results.push(task(index));
  return results;
}

export const find = (list, wanted) => list.find((item) => item.name === wanted);

export class Agent {
  name;
  constructor(name) {
    this.name = name;
  }
  run(task) {
    return task.call(this, this.name);
  }
}
