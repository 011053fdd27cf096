/** Crossings of links that a report keeps: some 20 MB of memory for each 100,000. */
export const PAGE_PACKETS = 400_000;
