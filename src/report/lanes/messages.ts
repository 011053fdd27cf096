/**
 * The messages between the two firewalls, end to end: a frame that crosses a switch, or a cloud, on its way is one message, and it is
 * lost where its last link lost it.
 */

import type { CapturedPacket, CaptureResult, PacketKind } from '../../run/capture.ts';
import type { RunResult } from '../../run/result.ts';
import { dutyName } from '../duties.ts';
import type { MessageClass, Messages } from './model.ts';

const CLASSES: Readonly<Partial<Record<PacketKind, MessageClass>>> = {
  heartbeat: 'heartbeat',
  'heartbeat-reply': 'heartbeat',
  hello: 'hello',
  'hello-acknowledgement': 'hello',
  'configuration-sync': 'configuration',
  'configuration-acknowledgement': 'configuration',
  'session-sync': 'session-sync',
  'bulk-request': 'session-sync',
  'bulk-sync': 'session-sync',
  'ha2-keep-alive': 'keep-alive',
  'ha2-keep-alive-reply': 'keep-alive',
  ha3: 'ha3',
};

/** What becomes of one message. */
interface Message {
  readonly first: CapturedPacket;
  readonly from: 0 | 1;
  arrivedUs: number | null;
  cause: number;
}

/** Values by number, in the order in which they came first. */
class Numbered {
  readonly #numbers = new Map<string, number>();

  of(value: string): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    this.#numbers.set(value, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  values(): readonly string[] {
    return [...this.#numbers.keys()];
  }
}

/** The messages of a run; none when it was not asked for its packets. */
export function messagesOf(result: RunResult): Messages {
  const { capture } = result;
  const messages =
    capture === null
      ? []
      : collect(
          capture,
          result.devices.map(({ name }) => name),
        );
  const [kinds, paths, texts] = [new Numbered(), new Numbered(), new Numbered()];
  const duties = new Map(
    result.topology.links.map(({ name, duties: [duty = ''] }) => [name, duty === '' ? name : dutyName(duty)]),
  );
  const pathOf = ({ link }: CapturedPacket): string => duties.get(capture?.links[link]?.name ?? '') ?? '';
  return {
    sentUs: messages.map(({ first }) => first.sentUs),
    arrivedUs: messages.map(({ arrivedUs }) => arrivedUs ?? -1),
    from: messages.map(({ from }) => from),
    kind: messages.map(({ first }) => kinds.of(first.kind)),
    path: messages.map(({ first }) => paths.of(pathOf(first))),
    cause: messages.map(({ cause }) => cause),
    text: messages.map(({ first }) => texts.of(textOf(first))),
    kinds: kinds.values().map((name) => ({ name, class: CLASSES[name as PacketKind] ?? 'hello' })),
    paths: paths.values(),
    texts: texts.values(),
  };
}

function collect({ packets, links }: CaptureResult, devices: readonly string[]): Message[] {
  const messages: Message[] = [];
  /** Those that have not arrived yet, by what stays the same on their way. */
  const underWay = new Map<string, Message>();
  for (const packet of packets) {
    if (CLASSES[packet.kind] === undefined) continue;
    const ends = links[packet.link]?.ends;
    const from = devices.indexOf(ends?.[packet.side]?.node ?? '');
    const to = devices.indexOf(ends?.[packet.side === 0 ? 1 : 0]?.node ?? '');
    let message = underWay.get(identityOf(packet));
    if (from !== -1) {
      message = { first: packet, from: from as 0 | 1, arrivedUs: null, cause: packet.cause };
      messages.push(message);
      underWay.set(identityOf(packet), message);
    }
    if (message === undefined || message.from === to) continue;
    message.cause = packet.cause;
    if (to !== -1 && packet.arrivedUs !== null) message.arrivedUs = packet.arrivedUs;
  }
  return messages;
}

/** A switch sends the same frame on, a cloud one like it. */
function identityOf({ kind, sequence, sourceMac, packet, flow }: CapturedPacket): string {
  return sequence === 0 ? `${packet}` : `${kind} ${sourceMac} ${flow} ${sequence}`;
}

function textOf({ kind, sequence, content }: CapturedPacket): string {
  if (content !== null && 'role' in content) {
    const more = [content.monitorFailed ? ', monitor failed' : '', content.preempting ? ', preempting' : ''];
    return `${content.role}, priority ${content.devicePriority}${more.join('')}`;
  }
  if (content !== null) return content.messages === 1 ? '1 message' : `${content.messages} messages`;
  return kind.startsWith('heartbeat') ? `#${sequence}` : '';
}
