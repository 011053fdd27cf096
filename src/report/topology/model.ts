/**
 * The drawing of what stands where, and how it stands at any time: places of nodes and cables on a plane, and for each the states that it
 * goes through. `topologyModel` makes it of a result; the viewer draws it for the time under the cursor.
 */

import type { NodeKind } from '../../run/topology.ts';
import type { Tone } from '../lanes/model.ts';

/** From this time on, until the next. */
export interface StateChange {
  readonly atUs: number;
  /** `active`, `no carrier`, `attached to palo-2`. */
  readonly text: string;
  readonly tone: Tone;
  /** Record that it follows from, 0 for none. */
  readonly record: number;
}

export interface DrawnNode {
  readonly name: string;
  readonly kind: NodeKind;
  /** Centre, in units of the drawing. */
  readonly x: number;
  readonly y: number;
  /** Beside its name: addresses, or nothing. */
  readonly notes: readonly string[];
  /** The first at 0; empty for a node without a state of its own. */
  readonly states: readonly StateChange[];
}

export interface DrawnLink {
  readonly name: string;
  /** Indices in `nodes`. */
  readonly from: number;
  readonly to: number;
  /** Ports at either end, empty for hosts and switches. */
  readonly ports: readonly [string, string];
  /** `HA1`, `HA2`, or empty for data. */
  readonly duty: string;
  readonly states: readonly StateChange[];
}

/** A floating or virtual address, an elastic network interface, a route: who has it. */
export interface DrawnAsset {
  readonly name: string;
  /** `text` is the owner. */
  readonly states: readonly StateChange[];
}

export interface TopologyModel {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly DrawnNode[];
  readonly links: readonly DrawnLink[];
  readonly assets: readonly DrawnAsset[];
}
