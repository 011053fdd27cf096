/** What keys do. */

export type Action =
  | { readonly do: 'pan'; readonly share: number }
  | { readonly do: 'zoom'; readonly factor: number }
  | { readonly do: 'whole' | 'fault' | 'begin' | 'end' | 'next' | 'previous' | 'cause' | 'clear' | 'help' };

/** Keys by their names in the browser, each with what it does, in the order in which they are told. */
export const KEYS: readonly (readonly [keys: readonly string[], action: Action, what: string])[] = [
  [['ArrowLeft'], { do: 'pan', share: -0.2 }, 'earlier'],
  [['ArrowRight'], { do: 'pan', share: 0.2 }, 'later'],
  [['+', '='], { do: 'zoom', factor: 1 / 1.5 }, 'nearer'],
  [['-', '_'], { do: 'zoom', factor: 1.5 }, 'farther'],
  [['f'], { do: 'fault' }, 'the fault'],
  [['0'], { do: 'whole' }, 'the whole run'],
  [['Home'], { do: 'begin' }, 'the beginning'],
  [['End'], { do: 'end' }, 'the end'],
  [['n'], { do: 'next' }, 'the next thing that happened'],
  [['p'], { do: 'previous' }, 'the one before'],
  [['c', 'Enter'], { do: 'cause' }, 'what is here, and then its cause'],
  [['Escape'], { do: 'clear' }, 'nothing chosen'],
  [['?'], { do: 'help' }, 'these keys'],
];

const BY_KEY = new Map(KEYS.flatMap(([keys, action]) => keys.map((key) => [key, action] as const)));

/** What a key does here; null for one that is the browser's or nobody's. */
export function actionOf(event: {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}): Action | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  return BY_KEY.get(event.key) ?? null;
}
