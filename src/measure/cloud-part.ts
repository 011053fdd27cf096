/**
 * What a takeover waits for in a cloud: that the provider's API has moved the data path. It begins with the role and ends with the last
 * asset in use; in between lies what the plugin waits before its first call, and then the calls and what follows from them.
 */

import { formatDuration } from '../kernel/time.ts';
import type { TraceRecord } from '../kernel/trace.ts';
import { inWords, ofDevice, type SettingsInForce } from './in-force.ts';
import type { SetBy } from './part.ts';

/** A stretch of a takeover, by what was waited for. */
interface Wait {
  readonly us: number;
  readonly what: string;
}

const KINDS: ReadonlySet<string> = new Set(['takeover', 'api-call', 'asset']);

export class CloudPart {
  readonly #device: string;
  readonly #takeover: TraceRecord;
  #begunUs: number | null = null;
  #end: TraceRecord | null = null;
  /** When something last happened to an asset, and what. */
  readonly #assets = new Map<string, TraceRecord>();
  #longest: Wait = { us: 0, what: '' };

  /** @param takeover the record of the role */
  constructor(takeover: TraceRecord) {
    this.#device = takeover.subject;
    this.#takeover = takeover;
  }

  /** Takes a record. */
  observe(record: TraceRecord): void {
    const { kind, subject, timeUs, data } = record;
    // An asset on its way is its former owner's until it has arrived.
    const own = subject === this.#device || (kind === 'asset' && this.#begunUs !== null);
    if (!KINDS.has(kind) || !own || this.complete) return;
    if (kind === 'takeover' && data['step'] === 'begun') {
      this.#begunUs ??= timeUs;
      this.#end = null; // Begun anew: a peer that left, or that pulled at the same time, was in its way.
    } else if (kind === 'takeover') this.#end = record;
    else if (kind === 'asset') this.#step(record);
    else this.#wait(Number(data['latencyUs']), `${String(data['action'])} ${String(data['target'])}`);
  }

  #step(record: TraceRecord): void {
    const name = String(record.data['asset']);
    const before = this.#assets.get(name);
    this.#assets.set(name, record);
    if (before === undefined) return;
    const what = `${name} from ${String(before.data['state'])} to ${String(record.data['state'])}`;
    this.#wait(record.timeUs - before.timeUs, what);
  }

  #wait(us: number, what: string): void {
    if (us > this.#longest.us) this.#longest = { us, what };
  }

  /** It has begun, and has moved everything. */
  get complete(): boolean {
    return this.#end?.data['step'] === 'complete';
  }

  /**
   * How long it held traffic up, in microseconds.
   *
   * @param restoredUs when traffic passes; null if it never does
   * @returns null if it has never been over; undefined where no data path was to be moved
   */
  lengthUs(restoredUs: number | null): number | null | undefined {
    if (this.#begunUs === null) return undefined;
    const endUs = this.complete ? (this.#end as TraceRecord).timeUs : null;
    if (endUs === null && restoredUs === null) return null;
    return Math.min(endUs ?? Infinity, restoredUs ?? Infinity) - this.#takeover.timeUs;
  }

  /** By what its length was set; of one that is never over, why. */
  setBy(settings: SettingsInForce, us: number | null): readonly SetBy[] {
    return us === null ? [inWords(this.#whyNever())] : this.#setBy(settings);
  }

  #whyNever(): string {
    const { step, reason } = this.#end?.data ?? {};
    if (step === undefined) return 'the takeover was under way when the run ended';
    if (step === 'abandoned') return `${this.#device} was no longer active before it was over`;
    return typeof reason === 'string' ? reason : 'the takeover failed';
  }

  #setBy(settings: SettingsInForce): readonly SetBy[] {
    const held = (this.#begunUs ?? 0) > this.#takeover.timeUs;
    const hold = held ? ofDevice(settings, this.#device, 'additional-master-hold-up-time') : [];
    const latency =
      settings.cloud === null ? [] : [{ setting: 'aws-latency', value: settings.cloud.latency }];
    const { us, what } = this.#longest;
    const reason = this.#end?.data['reason'];
    const failed = typeof reason === 'string' ? [inWords(reason)] : [];
    const longest = us === 0 ? [] : [inWords(`longest: ${what} ${formatDuration(us)}`)];
    return [...hold, ...latency, ...failed, ...longest];
  }
}
