// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Component, StartContext, TracingParts } from './component.js';
import { addNote } from './notes.js';
import { createRedactor } from './redaction/redactor.js';
import { safeText } from './redaction/safe-value.js';
import { onSettings } from './settings/settings.js';
import { withDeadline } from './timers.js';

/** How long the start of one component is waited for. */
const startSeconds = 5;

/** The components of a service, as one. Nothing here throws or rejects, but for `close`. */
export class Components {
  private readonly all: readonly Component[];
  /** Those that were not switched off at the start. */
  private active: readonly Component[] = [];
  private readonly on = new Map<Component, boolean>();
  private parts: readonly TracingParts[] | Promise<readonly TracingParts[]> | undefined;
  private started: Promise<void> | undefined;
  private endSettings: (() => void) | undefined;

  constructor(components: readonly Component[]) {
    this.all = components;
  }

  /** What they bring to tracing: at once, where none of them has to wait for anything. */
  tracing(context: StartContext): readonly TracingParts[] | Promise<readonly TracingParts[]> {
    this.choose(context);
    return (this.parts ??= this.ask(context));
  }

  /** Brings them into service, once. */
  start(context: StartContext): Promise<void> {
    this.choose(context);
    return (this.started ??= this.startAll(context));
  }

  async close(): Promise<void> {
    this.endSettings?.();
    await Promise.all(this.active.map(async (component) => component.close?.()));
  }

  stats(): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
    return Object.fromEntries(
      this.active.flatMap((component) => {
        try {
          const stats = component.stats?.();
          return stats === undefined ? [] : [[component.name, stats] as const];
        } catch {
          return [];
        }
      }),
    );
  }

  private choose({ settings }: StartContext): void {
    if (this.endSettings !== undefined) return;
    this.active = this.all.filter(({ name }) => settings.switches?.[name] !== false);
    for (const component of this.all) this.on.set(component, this.active.includes(component));
    this.endSettings = onSettings(({ switches }) => {
      for (const component of this.all) this.turn(component, switches?.[component.name] !== false);
    });
  }

  private turn(component: Component, isOn: boolean): void {
    if (this.on.get(component) === isOn) return;
    if (!this.active.includes(component) || component.switched === undefined) {
      addNote('switches', `switching ${component.name} ${isOn ? 'on' : 'off'} takes a restart`);
      return;
    }
    this.on.set(component, isOn);
    try {
      component.switched(isOn);
    } catch (error) {
      failed(component, error);
    }
  }

  private ask(context: StartContext): readonly TracingParts[] | Promise<readonly TracingParts[]> {
    const now: TracingParts[] = [];
    const later: Promise<TracingParts | undefined>[] = [];
    for (const component of this.active) {
      try {
        const answer = component.tracing?.(context);
        if (answer instanceof Promise) later.push(inTime(component, answer));
        else if (answer !== undefined) now.push(answer);
      } catch (error) {
        failed(component, error);
      }
    }
    if (later.length === 0) return now;
    return Promise.all(later).then((parts) => [...now, ...parts.filter((part) => part !== undefined)]);
  }

  private async startAll(context: StartContext): Promise<void> {
    await Promise.all(
      this.active.map((component) =>
        inTime(
          component,
          (async () => {
            await component.start?.(context);
          })(),
        ),
      ),
    );
  }
}

/** What a component works on, as far as it is done in time: one that hangs does not keep the service from starting. */
function inTime<T>(component: Component, work: Promise<T>): Promise<T | undefined> {
  return withDeadline<T | undefined>(
    work,
    startSeconds,
    () => {
      addNote('components', `${component.name}: its start takes longer than ${startSeconds} s`);
      return undefined;
    },
    (error) => {
      failed(component, error);
      return undefined;
    },
  );
}

function failed({ name }: Component, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  addNote('components', `${name}: ${safeText(message.slice(0, 300), createRedactor())}`);
}
