import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { TrainingState } from '../../live/messages.ts';

/** Characters of what a training said that are kept. */
const mostSaid = 2000;

/**
 * Starts and stops the training of one study, for whoever has the token. One process at a time is started, with the arguments
 * given here: nothing of a request reaches its command line. What other processes train is not touched.
 */
export class TrainingControl {
  /** Drawn anew for each server; who has it may start and stop. */
  readonly token = randomBytes(24).toString('base64url');
  readonly #command: readonly string[];
  #child: ChildProcess | null = null;
  #isStopping = false;
  #fault: string | null = null;

  /** @param command program and arguments that train what is left of the study, and save and leave at SIGINT. */
  constructor(command: readonly string[]) {
    this.#command = command;
  }

  get state(): TrainingState {
    const state = this.#child === null ? 'stopped' : this.#isStopping ? 'stopping' : 'training';
    return { state, fault: this.#fault };
  }

  /** Whether this is the token; comparing takes as long for every wrong one. */
  isToken(given: string | undefined): boolean {
    const [own, other] = [Buffer.from(this.token), Buffer.from(given ?? '')];
    return own.length === other.length && timingSafeEqual(own, other);
  }

  /** Starts what is not running already. */
  start(): void {
    if (this.#child !== null) return;
    const [program, ...args] = this.#command;
    // Output nobody reads would fill a pipe and hold the training up.
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (text: Buffer) => {
      said = `${said}${text}`.slice(-mostSaid);
    });
    const end = (fault: string | null): void => {
      this.#child = null;
      this.#fault = this.#isStopping ? null : fault;
      this.#isStopping = false;
    };
    child.once('error', ({ message }) => end(message));
    child.once('close', (code) => end(code === 0 ? null : said.trim() || `it ended with exit code ${code}`));
    this.#child = child;
    this.#fault = null;
  }

  /** Asks it to save and leave, which takes as long as a step of every run. */
  stop(): void {
    if (this.#child === null || this.#isStopping) return;
    this.#isStopping = true;
    this.#child.kill('SIGINT');
  }

  /** Stops it, and waits until it has left. */
  async close(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    const left = new Promise<void>((done) => child.once('close', () => done()));
    this.stop();
    await left;
  }
}
