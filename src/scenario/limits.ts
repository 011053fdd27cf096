/**
 * How large a scenario file may be. A scenario is a page or two; these limits are far above any that a person writes,
 * and low enough that a wrong or hostile file is refused in well under a second, without exhausting memory or stack.
 */

/** Characters in one file. */
export const MAX_FILE_LENGTH = 1024 * 1024;

/** YAML tokens (words, marks, spaces, comments) in one file. */
export const MAX_TOKENS = 200_000;

/** Backslashes in one file: each may be a wrong escape sequence, and the yaml package tells of each with an Error. */
export const MAX_BACKSLASHES = 10_000;

/** Levels of nesting. */
export const MAX_DEPTH = 64;

/** Values in one file once its aliases are written out. */
export const MAX_NODES = 100_000;

/** Files in one chain of `extends`. */
export const MAX_LAYERS = 8;

/** Actions of a timeline, once its flaps are written out. */
export const MAX_ACTIONS = 100_000;

/** Mistakes reported at once; a broken file can hold hundreds of thousands. */
export const MAX_DIAGNOSTICS = 1_000;
