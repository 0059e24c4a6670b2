export class Agent {
    run(task: string): string {
        return task;
    }
}

export function outer(): () => string {
    return function inner(): string {
        return 'inner';
    };
}
