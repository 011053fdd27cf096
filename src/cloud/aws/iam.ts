// Lets everything through until the real one is here.
import type { ApiError } from '../api.ts';
export function refusedByPolicy(..._: unknown[]): ApiError | null {
  return null;
}
