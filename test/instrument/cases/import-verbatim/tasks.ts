export interface Task {
  readonly name: string;
}

export const shout = (text: string): string => text.toUpperCase();
