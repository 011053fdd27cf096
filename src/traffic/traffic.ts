/**
 * All conversations of a run: numbers the flows, brings answers back to whoever sent the question, and answers on behalf
 * of every server.
 */

import { FLAG, makeFrame, type Frame } from '../network/frame.ts';
import { isMulticast } from '../network/address.ts';
import type { Endpoint } from '../network/endpoint.ts';

/** Somebody who started a conversation and waits for answers. */
export interface Conversation {
  answered(frame: Frame): void;
  /** At the server. @returns true when the server answers by itself, if at all */
  arrived?(frame: Frame, server: Endpoint): boolean;
}

export class Traffic {
  readonly #conversations = new Map<number, Conversation>();
  #lastFlow = 0;

  /** Lets a node take part: as a server it answers, as a client it gets its answers. */
  attach(endpoint: Endpoint): void {
    endpoint.application = (frame) => this.#deliver(endpoint, frame);
  }

  /** Opens a conversation under a new flow number. */
  open(conversation: Conversation): number {
    this.#lastFlow += 1;
    this.#conversations.set(this.#lastFlow, conversation);
    return this.#lastFlow;
  }

  close(flow: number): void {
    this.#conversations.delete(flow);
  }

  /** Whoever leads the conversation of this flow; undefined when it is over. */
  conversation(flow: number): Conversation | undefined {
    return this.#conversations.get(flow);
  }

  /** All open conversations, in the order in which they were opened. */
  conversations(): IterableIterator<Conversation> {
    return this.#conversations.values();
  }

  #deliver(endpoint: Endpoint, frame: Frame): void {
    if ((frame.flags & FLAG.toServer) === 0) {
      this.#conversations.get(frame.flow)?.answered(frame);
      return;
    }
    if (isMulticast(frame.destinationIp)) {
      // One way: the receiver itself says that the stream arrives.
      this.#conversations.get(frame.flow)?.answered(frame);
      return;
    }
    if (this.#conversations.get(frame.flow)?.arrived?.(frame, endpoint) === true) return;
    const { kind, flow, sequence, bytes, track, body } = frame;
    const flags = frame.flags & ~FLAG.toServer;
    endpoint.send(
      makeFrame(kind, 0, 0, frame.destinationIp, frame.sourceIp, {
        flow,
        sequence,
        bytes,
        track,
        flags,
        body,
      }),
    );
  }
}
