/**
 * Ctrl-C: the first is a request to stop and to tell what there is so far, the second kills, as without this file.
 */

/** Does something that stops at its signal when the user presses Ctrl-C. */
export async function interruptible<T>(action: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  // `once`: with the handler gone, the next Ctrl-C has its default effect.
  process.once('SIGINT', stop);
  try {
    return await action(controller.signal);
  } finally {
    process.off('SIGINT', stop);
  }
}
