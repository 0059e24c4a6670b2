import { afterSeconds, everySeconds, soon } from '../../timers.js';
import type { GpuFault } from '../failure.js';
import type { Spawn } from '../tool/child-process.js';
import { Lines } from '../tool/lines.js';
import { ToolProcess } from '../tool/tool-process.js';
import type { ToolCommand, ToolEnd } from '../tool/tool-process.js';
import { faultOfEnd, parsed, withFault } from './outcome.js';
import type { Parse } from './outcome.js';
import type { Reader, ReaderListener } from './reader.js';
import { Rounds } from './rounds.js';
import type { RoundShape } from './rounds.js';

/** Of one line; a row of all fields of nvidia-smi has 2,000 characters. */
const longestLine = 65_536;
/** Of all lines in an interval: more than the rows of a hundred devices. */
const mostCharacters = 1_000_000;
/** In an interval: a tool whose interval is shorter than it was told is read, one that has none is not. */
const mostRounds = 50;
/** Of what it says besides, which is kept until the round is complete. */
const mostErrorCharacters = 65_536;
/** So many rounds that do not come are a tool that hangs. */
const missedRounds = 3;

export interface Streaming {
  /** The tool, for people. */
  readonly tool: string;
  readonly command: ToolCommand;
  /** Seconds from one round to the next. */
  readonly interval: number;
  /** Seconds until the first one. */
  readonly timeout: number;
  /** Seconds that it waits before the first one. */
  readonly firstAfter?: number;
  readonly shape: RoundShape;
  readonly parse: Parse;
}

/** Reads what one tool says that runs on, until it ends, says nothing any more or says too much. */
export class StreamingReader implements Reader {
  readonly name: string;
  readonly firstAfter: number;
  private readonly streaming: Streaming;
  private readonly spawn: Spawn | undefined;

  constructor(streaming: Streaming, spawn?: Spawn) {
    this.name = streaming.tool;
    this.firstAfter = streaming.firstAfter ?? 0;
    this.streaming = streaming;
    this.spawn = spawn;
  }

  run(listener: ReaderListener): () => void {
    const stream = new Stream(this.streaming, listener, this.spawn);
    return () => {
      stream.stop();
    };
  }
}

/** One life of such a tool. */
class Stream {
  private readonly streaming: Streaming;
  private readonly listener: ReaderListener;
  private readonly tool: ToolProcess;
  private readonly rounds: Rounds;
  private readonly lines: Lines;
  private readonly endBudget: () => void;
  private endWatch: () => void;
  private characters = 0;
  private roundsTaken = 0;
  private errorOutput = '';
  /** The last round that is complete and not read yet. */
  private unread: string | undefined;
  private isOver = false;

  constructor(streaming: Streaming, listener: ReaderListener, spawn: Spawn | undefined) {
    const { interval, timeout, firstAfter = 0 } = streaming;
    this.streaming = streaming;
    this.listener = listener;
    this.rounds = new Rounds(streaming.shape, (text) => {
      this.took(text);
    });
    this.lines = new Lines(longestLine, (line) => {
      if (!this.isOver) this.rounds.push(line);
    });
    this.endWatch = this.watch(timeout + firstAfter);
    this.endBudget = everySeconds(interval, () => {
      this.characters = 0;
      this.roundsTaken = 0;
    });
    this.tool = new ToolProcess(
      streaming.command,
      {
        output: (text) => {
          this.take(text);
        },
        errorOutput: (text) => {
          this.takeError(text);
        },
        stuck: () => {
          listener.stuck(true);
        },
        ended: (end) => {
          if (!this.isOver) this.died(end);
          listener.ended();
        },
      },
      spawn,
    );
  }

  stop(): void {
    this.finish();
    this.tool.stop();
  }

  private take(text: string): void {
    if (this.isOver) return;
    this.characters += text.length;
    if (!this.lines.push(text) || this.characters > mostCharacters) this.giveUpFlood();
  }

  private takeError(text: string): void {
    if (this.isOver) return;
    this.characters += text.length;
    this.errorOutput = `${this.errorOutput}${text}`.slice(0, mostErrorCharacters);
    if (this.characters > mostCharacters) this.giveUpFlood();
  }

  /** A round is complete. Of several in one turn of the event loop the last one counts, and it is read in the next. */
  private took(text: string): void {
    if (this.isOver) return;
    this.roundsTaken += 1;
    if (this.roundsTaken > mostRounds) {
      this.giveUpFlood();
      return;
    }
    if (this.unread === undefined) {
      soon(() => {
        if (!this.isOver) this.read();
      });
    }
    this.unread = text;
    this.endWatch();
    this.endWatch = this.watch(missedRounds * this.streaming.interval);
  }

  private read(): void {
    const text = this.unread;
    if (text === undefined) return;
    this.unread = undefined;
    const { tool, parse } = this.streaming;
    const errors = this.errorOutput;
    this.errorOutput = '';
    const reading = withFault(
      parsed(tool, parse, text, errors),
      faultOfEnd(tool, { exitCode: 0 }, '', errors),
      tool,
    );
    this.listener.read(reading);
    if (reading.sample === undefined) this.stop();
  }

  private watch(seconds: number): () => void {
    return afterSeconds(seconds, () => {
      this.giveUp(faultOfEnd(this.streaming.tool, { cutOff: 'timeout', seconds }, '', ''));
    });
  }

  private giveUpFlood(): void {
    if (this.isOver) return;
    this.tool.closePipes();
    this.giveUp(faultOfEnd(this.streaming.tool, { cutOff: 'output' }, '', ''));
  }

  private giveUp(fault: GpuFault | undefined): void {
    if (this.isOver) return;
    this.stop();
    if (fault !== undefined) this.listener.read({ fault });
  }

  /** It should have run on. A round that is not complete is none: the rest of its devices would be missing. */
  private died(end: ToolEnd): void {
    const { tool, parse } = this.streaming;
    this.read();
    if (this.isOver) return;
    this.finish();
    const text = this.rounds.drop();
    const said = text === '' ? {} : parsed(tool, parse, text, this.errorOutput);
    const words = said.sample === undefined ? text : '';
    const fault = faultOfEnd(tool, end, words, this.errorOutput);
    this.listener.read({ fault: fault ?? (words === '' ? undefined : said.fault) ?? endedFault(tool) });
  }

  private finish(): void {
    this.isOver = true;
    this.endWatch();
    this.endBudget();
  }
}

function endedFault(tool: string): GpuFault {
  return { failure: 'exit', message: `${tool} has ended, and was to run on: run it by hand` };
}
