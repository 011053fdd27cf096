/**
 * One takeover of the data path by one firewall: what both modes have in common. It begins with reading what there is, counts what has
 * been moved, and ends complete, failed (with the first thing that could not be done) or abandoned.
 */

import type { Simulation } from '../../kernel/simulation.ts';
import type { ApiError } from '../api.ts';
import type { TakeoverStep } from '../provider.ts';
import type { Ec2Action } from './ec2-actions.ts';
import type { Ec2, Ec2Call } from './ec2.ts';
import type { Guests } from './guests.ts';
import type { Inventory } from './inventory.ts';

/** What a takeover works with. */
export interface TakeoverContext {
  readonly simulation: Simulation;
  readonly ec2: Ec2;
  readonly inventory: Inventory;
  /** The firewall that takes over, and the other one. */
  readonly node: string;
  readonly peer: string;
  /** Factor of all latencies of this takeover. */
  readonly mood: number;
  readonly guests: Guests;
  /** Notes that an asset has changed hands or is about to. */
  note(kind: string, asset: string, state: string, owner: string | null): void;
  /** The takeover is over. */
  ended(): void;
}

export abstract class Takeover {
  protected readonly context: TakeoverContext;
  #abandoned = false;
  #over = false;
  #calls = 0;
  #moved = 0;
  #failure: string | null = null;

  constructor(context: TakeoverContext) {
    this.context = context;
  }

  get over(): boolean {
    return this.#over;
  }

  /** Moves what is to be moved, once it has been read what that is. */
  protected abstract move(): void;

  protected abstract readonly reads: readonly Ec2Action[];

  begin(): void {
    this.#read(0);
  }

  #read(index: number): void {
    const action = this.reads[index];
    if (action === undefined) return this.move();
    this.call({
      action,
      target: this.context.peer,
      step: 'describe',
      perform: () => null,
      performed: () => {},
      returned: (error) => {
        if (error === null) this.#read(index + 1);
        else this.end();
      },
    });
  }

  /** Makes a call; `returned` hears of its end unless the takeover was abandoned. */
  protected call(call: Omit<Ec2Call, 'node' | 'mood'>): void {
    const { ec2, node, mood } = this.context;
    const returned = (error: ApiError | null): void => {
      if (error === null) this.#calls += 1;
      else if (error.errorClass === 'permanent' || error.errorClass === 'transient') {
        const why = error.why === undefined ? '' : ` (${error.why})`;
        this.fail(`${call.action} of ${call.target}: ${error.code}${why}`);
      }
      call.returned(error);
    };
    ec2.send({ ...call, node, mood, returned });
  }

  /** Does something later, unless the takeover has been abandoned by then. */
  protected after(delayUs: number, act: () => void): void {
    this.context.ec2.after(delayUs, () => {
      if (!this.#abandoned) act();
    });
  }

  /** So many assets have become this firewall's. */
  protected hasMoved(count = 1): void {
    this.#moved += count;
  }

  /** Something cannot be done; the first such thing is why the takeover fails. */
  protected fail(reason: string): void {
    this.#failure ??= reason;
  }

  protected get failed(): boolean {
    return this.#failure !== null;
  }

  protected end(): void {
    if (this.#over) return;
    this.#finish(this.#failure === null ? 'complete' : 'failed');
  }

  abandon(): void {
    if (this.#over) return;
    this.#abandoned = true;
    this.#finish('abandoned');
  }

  #finish(step: TakeoverStep): void {
    const { simulation, ec2, node } = this.context;
    this.#over = true;
    simulation.note('takeover', node, {
      step,
      mode: ec2.settings.plugin.mode,
      calls: this.#calls,
      moved: this.#moved,
      ...(this.#failure === null ? {} : { reason: this.#failure }),
    });
    this.context.ended();
  }
}
