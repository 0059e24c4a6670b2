type State = { readonly kind: 'idle' } | { readonly kind: 'busy'; readonly task: string };

export const idle = (): State => ({ kind: 'idle' });
export const busy: (task: string) => State = (task) => ({ kind: 'busy', task });
export const states = ['a', 'b'].map((task): State => (task === 'a' ? idle() : { kind: 'busy', task }));
export const pairs: [string, number][] = ['a'].map((text, index) => [text, index]);
export const constant = () => ({ level: 'high', retries: [1, 2] }) as const;
