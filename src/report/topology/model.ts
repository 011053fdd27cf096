/**
 * The drawing of what stands where, and how it stands at any time: places of nodes and lines of cables on a plane, and for each the states
 * that it goes through. `topologyModel` makes it of a result; the page and its viewer draw it for a time.
 */

import type { NodeKind } from '../../run/topology.ts';
import type { Tone } from '../lanes/model.ts';
import type { Place } from './layout.ts';
import type { Line } from './lines.ts';

/** From this time on, until the next. */
export interface StateChange {
  readonly atUs: number;
  /** `active`, `no carrier`, `attached to palo-2`; empty for nothing to say. */
  readonly text: string;
  readonly tone: Tone;
  /** Record that it follows from, 0 for none. */
  readonly record: number;
}

/** In order of time; the first at 0, unless nothing is known before it. */
export type States = readonly StateChange[];

/** How a node stands. */
export interface NodeStates {
  /** The role of a firewall; empty for any other node. */
  readonly role: States;
  /** What else is the matter with it, each for itself: its dataplane is down, it does not answer. */
  readonly conditions: readonly States[];
}

export interface DrawnNode extends NodeStates, Place {
  readonly name: string;
  readonly kind: NodeKind;
  /** Always beneath its name: addresses, or nothing. */
  readonly notes: readonly string[];
}

export interface DrawnLink extends Line {
  readonly name: string;
  /** Nodes with their ports: `palo-1 ethernet1/1`, `untrust-switch`. */
  readonly ends: readonly [string, string];
  /** `HA1`, `HA2`, or empty for data. */
  readonly duty: string;
  readonly states: States;
}

/** A floating or virtual address, an elastic network interface, a route: who has it. */
export interface DrawnAsset {
  readonly name: string;
  /** `text` is the owner. */
  readonly states: States;
}

/** Units are those of text that is 16 high. */
export interface TopologyModel {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly DrawnNode[];
  readonly links: readonly DrawnLink[];
  readonly assets: readonly DrawnAsset[];
}
