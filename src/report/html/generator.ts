/** By what a page says that it is one of ours, in its first lines. */

export const GENERATOR = '<meta name="generator" content="hasim';
