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

/** Routes of all tables of a VPC: every packet is looked up among them, and secondary-ip replaces those to the pair one by one. */
export const MAX_ROUTES = 2_000;

/** Mistakes reported at once; a broken file can hold hundreds of thousands. */
export const MAX_DIAGNOSTICS = 1_000;

/** Timestamps in one CSV file. */
export const MAX_TIMESTAMPS = 100_000;

/** Sessions that may be open at once, by the form of the model (`flows:`); the estimate is checks/traffic-volume.ts's. */
export const MOST_OPEN_SESSIONS = { packets: 200_000, intervals: 5_000_000 } as const;

/** Packets of workloads in a run in which every one of them is an event. */
export const MOST_PACKETS = 200_000_000;

/** Cases that one file may stand for (`matrix:`). */
export const MAX_CELLS = 10_000;
