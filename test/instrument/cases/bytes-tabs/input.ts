export class Agent {
	run(task: string): string {
		if (task === '') {
			return 'nothing';
		}
		return task;
	}
}

export const api = {
	async load(id: string): Promise<string> {
		return id;
	},
};
