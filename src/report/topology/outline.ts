/** The outlines of nodes: each kind has one of its own, around all its words. */

import type { DrawnNode } from './model.ts';

const SLANT = 5;
const VPC_CORNER = 14;

/** An SVG path. */
export function outline({ kind, x, y, halfWidth, halfHeight }: DrawnNode): string {
  switch (kind) {
    case 'firewall':
    case 'host':
      return `M${x - halfWidth} ${y - halfHeight}h${2 * halfWidth}v${2 * halfHeight}h${-2 * halfWidth}z`;
    case 'switch':
      return `M${x - halfWidth + SLANT} ${y - halfHeight}h${2 * halfWidth}l${-2 * SLANT} ${2 * halfHeight}h${-2 * halfWidth}z`;
    case 'router':
      return rounded(x, y, halfWidth, halfHeight, halfHeight);
    case 'vpc':
      return rounded(x, y, halfWidth, halfHeight, VPC_CORNER);
  }
}

function rounded(x: number, y: number, halfWidth: number, halfHeight: number, round: number): string {
  const radius = Math.min(round, halfWidth, halfHeight);
  const [across, down] = [2 * (halfWidth - radius), 2 * (halfHeight - radius)];
  const corner = (dx: number, dy: number): string => `a${radius} ${radius} 0 0 1 ${dx} ${dy}`;
  return (
    `M${x - halfWidth + radius} ${y - halfHeight}h${across}${corner(radius, radius)}v${down}` +
    `${corner(-radius, radius)}h${-across}${corner(-radius, -radius)}v${-down}${corner(radius, -radius)}z`
  );
}
