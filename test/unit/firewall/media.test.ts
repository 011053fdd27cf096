import { expect, test } from 'vitest';
import { flapsOnLeaving, type FlappingMedia } from '../../../src/firewall/media.ts';

test.each<[FlappingMedia, boolean[]]>([
  ['all', [true, true, true, false]],
  ['copper-and-sfp', [true, true, false, false]],
  ['sfp-plus', [false, false, true, false]],
  ['none', [false, false, false, false]],
])('media: %s flap on leaving: copper, sfp, sfp-plus, virtual', (flapping, expected) => {
  const media = ['copper', 'sfp', 'sfp-plus', 'virtual'] as const;
  expect(media.map((medium) => flapsOnLeaving(medium, flapping))).toEqual(expected);
});
