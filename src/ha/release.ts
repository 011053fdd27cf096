/**
 * PAN-OS versions: `11.1.4-h1` is maintenance release 4, hotfix 1, of feature release 11.1.
 *
 * Two peers may be some feature releases apart while a pair is upgraded; one that is further behind is `Peer version too old`
 * (K04, R-159). How many releases that is, is not published for the HA agent, so it is a parameter.
 */

/** Feature releases, the oldest first. */
export const FEATURE_RELEASES = [
  '8.0',
  '8.1',
  '9.0',
  '9.1',
  '10.0',
  '10.1',
  '10.2',
  '11.0',
  '11.1',
  '11.2',
  '12.1',
] as const;

/** Place of a version's feature release among {@link FEATURE_RELEASES}; -1 when it is none of them. */
export function releaseOrdinal(version: string): number {
  return FEATURE_RELEASES.findIndex((release) => version.startsWith(`${release}.`));
}
