export interface Task {
  readonly name: string;
}
