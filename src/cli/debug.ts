/**
 * Stacks are for those who work on hasim: they are shown when HASIM_DEBUG is set, and else one line says so.
 */

/** Lines below the sentence of an error. */
export function stackOf(error: unknown, expected = false): readonly string[] {
  if ((process.env['HASIM_DEBUG'] ?? '') === '') {
    return expected ? [] : ['This is a bug of hasim; with HASIM_DEBUG=1 it tells where.'];
  }
  return error instanceof Error && error.stack !== undefined ? [error.stack] : [];
}
