export const prefix = 'http';
export enum Names {
  Depth = 'queue_depth',
}
export const names = { requests: `${prefix}_requests_total`, labels: ['method', 'status'] } as const;
export const common = { help: 'Jobs that wait.' };
