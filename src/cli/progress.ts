// PROVISIONAL, until the real one is merged (helper `charts` writes it).
import type { Sink } from './sink.ts';

export function progress(
  _err: Sink,
  _total: number,
  _quiet = false,
): { step(n: number): void; stop(): void } {
  return { step: () => undefined, stop: () => undefined };
}
