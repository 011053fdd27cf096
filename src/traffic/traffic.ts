/**
 * All conversations of a run: brings answers back to whoever sent the question, and answers on behalf of every server.
 *
 * Probes are conversations of their own; the sessions of the workloads are flows, kept in columns.
 */

import { FLAG, makeFrame, type Frame } from '../network/frame.ts';
import { isMulticast } from '../network/address.ts';
import type { Endpoint } from '../network/endpoint.ts';
import { FlowNumbers, HOLDER, slotOf } from './flow-numbers.ts';

/** Somebody who started a conversation and waits for answers. */
export interface Conversation {
  answered(frame: Frame): void;
  /** At the server. @returns true when the server answers by itself, if at all */
  arrived?(frame: Frame, server: Endpoint): boolean;
}

/** Takes the answers to flows. */
export interface FlowAnswers {
  /** @returns false when the flow is none of its own */
  answered(frame: Frame): boolean;
}

export class Traffic {
  /** Numbers of probes and flows alike. */
  readonly numbers: FlowNumbers;
  readonly #conversations = new Map<number, Conversation>();
  flows: FlowAnswers | null = null;

  constructor(numbers = new FlowNumbers()) {
    this.numbers = numbers;
  }

  /** Lets a node take part: as a server it answers, as a client it gets its answers. */
  attach(endpoint: Endpoint): void {
    const deliver = (frame: Frame): void => this.#deliver(endpoint, frame);
    endpoint.application = deliver;
  }

  /** Opens a conversation under a new flow number. */
  open(conversation: Conversation): number {
    const flow = this.numbers.take();
    this.#conversations.set(flow, conversation);
    return flow;
  }

  /** The conversation is over; its number may be another's. */
  close(flow: number): void {
    if (this.#conversations.delete(flow)) this.numbers.release(slotOf(flow), HOLDER.conversation);
  }

  #answered(frame: Frame): void {
    if (this.flows?.answered(frame) !== true) this.#conversations.get(frame.flow)?.answered(frame);
  }

  #deliver(endpoint: Endpoint, frame: Frame): void {
    if ((frame.flags & FLAG.toServer) === 0) return this.#answered(frame);
    // One way: the receiver itself says that the stream arrives.
    if (isMulticast(frame.destinationIp)) return this.#answered(frame);
    if (this.#conversations.get(frame.flow)?.arrived?.(frame, endpoint) === true) return;
    const { kind, flow, sequence, bytes, port, track, body } = frame;
    const flags = frame.flags & ~FLAG.toServer;
    endpoint.send(
      makeFrame(kind, 0, 0, frame.destinationIp, frame.sourceIp, {
        flow,
        sequence,
        bytes,
        port,
        track,
        flags,
        body,
      }),
    );
  }
}
