/**
 * What a data port is made of, and whether such a port flaps when its firewall stops serving. PAN-OS's own sources disagree:
 * K15 saw copper and SFP ports flap and SFP+ stay, D08 says that SFP+ ports flap and 1G ports do not (section 9, 14.13). So
 * it is a parameter, `unpublished: port-flap-media`.
 */

/** `virtual`: a VM-Series interface, which has no light to lose. */
export type Media = 'copper' | 'sfp' | 'sfp-plus' | 'virtual';

export type FlappingMedia = 'all' | 'copper-and-sfp' | 'sfp-plus' | 'none';

/** Whether a port of this medium goes dark for a moment on leaving the service. */
export function flapsOnLeaving(media: Media, flapping: FlappingMedia): boolean {
  if (media === 'virtual' || flapping === 'none') return false;
  if (flapping === 'all') return true;
  return (media === 'sfp-plus') === (flapping === 'sfp-plus');
}
