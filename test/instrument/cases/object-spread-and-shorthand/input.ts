const run = async (): Promise<string> => 'run';

const base = {
  one(): string {
    return 'one';
  },
};

export const api = { ...base, run, two: () => 'two', three: run };
export const { one, two = (): string => 'default' } = api;
export const [first = (): string => 'first'] = [] as (() => string)[];
