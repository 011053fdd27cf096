/**
 * Where text goes: a standard stream or a file. A stream whose reader has gone (`hasim … | head`) swallows the rest in
 * silence; a file appears under its name only when it is complete.
 */

import { closeSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import type { WriteStream } from 'node:tty';
import { PLAIN, type Styler } from '../report/style.ts';
import { TroubleError } from './exit.ts';

export interface Sink {
  readonly style: Styler;
  /** Columns that a reader sees. */
  readonly width: number;
  /** Nobody reads any more. */
  readonly closed: boolean;
  /** The terminal behind it, for what is drawn over again. */
  readonly terminal?: WriteStream;
  /** Writes, and waits until it is written. */
  write(text: string | Uint8Array): Promise<void>;
  /** Ends it. @throws TroubleError when not everything could be written */
  finish(): Promise<void>;
}

const WIDTH = 110;

/** Standard output or standard error. */
export class StreamSink implements Sink {
  readonly style: Styler;
  readonly width: number;
  readonly terminal?: WriteStream;
  readonly #stream: WriteStream;
  readonly #name: string;
  #failure: NodeJS.ErrnoException | null = null;

  constructor(stream: WriteStream, name: string, style: Styler) {
    this.#stream = stream;
    this.#name = name;
    this.style = style;
    this.width = stream.isTTY ? Math.min(WIDTH, stream.columns || WIDTH) : WIDTH;
    if (stream.isTTY) this.terminal = stream;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      this.#failure ??= error;
    });
  }

  get closed(): boolean {
    return this.#failure !== null;
  }

  async write(text: string | Uint8Array): Promise<void> {
    if (this.closed || text.length === 0) return;
    await new Promise<void>((resolve) => {
      this.#stream.write(text, () => resolve());
    });
  }

  async finish(): Promise<void> {
    // The stream tells its error in an event of its own, shortly after the write has returned.
    await new Promise(setImmediate);
    const failure = this.#failure;
    if (failure !== null && failure.code !== 'EPIPE')
      throw new TroubleError(`cannot write to ${this.#name}`, failure);
  }
}

/** A file, written under a temporary name beside its own and renamed at the end. */
export class FileSink implements Sink {
  readonly style = PLAIN;
  readonly width = WIDTH;
  readonly closed = false;
  readonly #name: string;
  readonly #target: string;
  readonly #written: string;
  #descriptor: number | null = null;

  /** @throws TroubleError when the file cannot be written */
  constructor(name: string) {
    this.#name = name;
    this.#target = resolveLink(name);
    // What is no regular file (a device, a pipe) must not be replaced by one.
    const inPlace = statSync(this.#target, { throwIfNoEntry: false })?.isFile() === false;
    this.#written = inPlace ? this.#target : `${this.#target}.${process.pid}.tmp`;
    this.#descriptor = this.#try(() => openSync(this.#written, 'w'));
  }

  #try<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      this.discard();
      throw new TroubleError(`cannot write ${this.#name}`, error);
    }
  }

  async write(text: string | Uint8Array): Promise<void> {
    const descriptor = this.#descriptor;
    if (descriptor === null) return;
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    this.#try(() => {
      for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
    });
  }

  async finish(): Promise<void> {
    const descriptor = this.#descriptor;
    if (descriptor === null) return;
    this.#descriptor = null;
    this.#try(() => {
      closeSync(descriptor);
      if (this.#written !== this.#target) renameSync(this.#written, this.#target);
    });
  }

  /** Takes back what was written, after an error. */
  discard(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
    if (this.#written !== this.#target) rmSync(this.#written, { force: true });
  }
}

/** The file behind a symbolic link, so that the link stays one. */
function resolveLink(name: string): string {
  try {
    return realpathSync(name);
  } catch {
    return name; // It does not exist yet.
  }
}
