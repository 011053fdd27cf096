/**
 * Who reaches the API of a cloud while something is broken: its control plane may be down for everybody, or one node may be cut off
 * (reference aws-ha.md, section 1.5; rules C-054, C-055, C-090). A gate asks it first.
 */

export class Reachability {
  /** Node, or null for everybody → the record of why it does not reach the API. */
  readonly #causes = new Map<string | null, number>();

  /** @param node whom the API does not answer from now on; null = nobody */
  unavailable(node: string | null, cause: number): void {
    this.#causes.set(node, cause);
  }

  /** Ends what was begun for the same node, or for everybody. */
  available(node: string | null): void {
    this.#causes.delete(node);
  }

  /** @returns the record of why this node does not reach the API, or null when it does: see `Gate.unreachable` */
  unreachable(node: string): number | null {
    return this.#causes.get(null) ?? this.#causes.get(node) ?? null;
  }
}
