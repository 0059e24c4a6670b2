/** A task that the demonstration sends. */
export interface DemoTask {
  readonly task: string;
  readonly agent?: 'researcher' | 'analyst';
  readonly model?: string;
  /** The client leaves before the answer is there. */
  readonly leaves?: boolean;
}

/** Ordinary questions, and one of each kind of trouble that an agent gets into. */
export const demoTasks: readonly DemoTask[] = [
  { task: 'How does a heat pump move heat?' },
  { task: 'Compute: 17% * 2340', agent: 'analyst' },
  { task: 'How fast does the power of wind grow?' },
  { task: 'Compare: night trains and cargo bikes' },
  { task: 'What time is it?', agent: 'analyst' },
  { task: 'How long do batteries shift electricity?', model: 'sage-small' },
  { task: 'In a hurry: what is herd immunity?' },
  { task: 'Compute: (12 + 30) * 2 ^ 3', agent: 'analyst' },
  { task: 'During the outage: what is a burn rate?' },
  { task: 'How do electric ferries charge?' },
  { task: 'Patiently: is the night train better than the plane?' },
  { task: 'What does the law of Little say?', model: 'gpt-9-turbo-ultra' },
  { task: 'Over a bad line: how long is a sleep cycle?' },
  { task: 'Clumsily: six times seven' },
  { task: 'Improperly: something that no provider answers' },
  { task: 'At great length: everything about vaccines' },
  { task: 'Curiously: what did the board decide?' },
  { task: 'Read the digest of this week' },
  { task: 'Compare: grid storage and heat pumps' },
  { task: 'Stubbornly: the meaning of everything' },
  { task: 'Exhaustively: all about wind power' },
  { task: 'At any price: the price of gold' },
  { task: 'How do hash functions collide?', leaves: true },
  { task: 'How much caffeine is left at night?' },
];
