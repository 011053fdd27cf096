/**
 * Looks at every frame that a firewall sends, for laws that no record tells: what leaves while it is not active, and how
 * often its clocks tick. Lays itself over `Port.send` for the length of one run.
 */

import { Firewall } from '../../src/firewall/firewall.ts';
import { formatIp, formatMac, parseIp, virtualMac } from '../../src/network/address.ts';
import { forwardsTraffic } from '../../src/ha/role.ts';
import { FRAME, type Frame } from '../../src/network/frame.ts';
import { Port } from '../../src/network/link.ts';
import type { ActiveRun } from '../../src/run/run.ts';
import type { ResolvedScenario } from '../../src/scenario/schema/scenario.ts';

const DEVICE_IDS = [0, 1] as const;

const UPSTREAM = parseIp('203.0.113.1');

/** What a clock of the firewall sends; null for everything else. */
function clockOf(frame: Frame): 'heartbeat' | 'hello' | 'path ping' | null {
  if (frame.kind === FRAME.hello) return 'hello';
  if (frame.kind !== FRAME.echoRequest) return null;
  if (frame.destinationIp === 0) return 'heartbeat';
  return frame.destinationIp === UPSTREAM ? 'path ping' : null;
}

export class PacketTap {
  readonly firewalls = new Map<string, Firewall>();
  /** How often the clocks of each port have ticked from `countFromUs` on, as `palo-1:management heartbeat`. */
  readonly ticks = new Map<string, number>();
  readonly #groupId: number;
  readonly #activeActive: boolean;
  readonly #countFromUs: number;
  #run: ActiveRun | null = null;

  /** @param countFromUs from when on ticks are counted */
  constructor(scenario: ResolvedScenario, countFromUs: number) {
    const [device] = Object.values(scenario.devices);
    this.#groupId = device?.['high-availability']['group-id'] ?? 1;
    this.#activeActive = device?.['high-availability'].mode === 'active-active';
    this.#countFromUs = countFromUs;
  }

  /** Starts a run and takes it to its end under observation. */
  watch(start: () => ActiveRun): ActiveRun {
    const send = Object.getOwnPropertyDescriptor(Port.prototype, 'send') as PropertyDescriptor;
    const tap = this;
    Port.prototype.send = function (this: Port, frame: Frame): void {
      if (this.node instanceof Firewall) tap.#look(this.node, this, frame);
      (send.value as Port['send']).call(this, frame);
    };
    try {
      this.#run = start();
      this.#run.advance(Number.POSITIVE_INFINITY);
      return this.#run;
    } finally {
      Object.defineProperty(Port.prototype, 'send', send);
    }
  }

  #look(firewall: Firewall, port: Port, frame: Frame): void {
    this.firewalls.set(firewall.name, firewall);
    const nowUs = this.#run?.nowUs ?? 0;
    const clock = clockOf(frame);
    if (clock !== null && nowUs >= this.#countFromUs) {
      const key = `${firewall.name}:${port.name} ${clock}`;
      this.ticks.set(key, (this.ticks.get(key) ?? 0) + 1);
    }
    if (this.#activeActive) return this.#lookAtVirtual(firewall, port, frame, nowUs);
    const carries = port.name === 'ethernet1/1' || port.name === 'ethernet1/2';
    if (carries && port.carrier && firewall.role !== 'active')
      this.#lookAtSilence(firewall, port, frame, nowUs);
  }

  /** A virtual MAC address is its holder's alone, and who does not serve neither forwards nor answers for others. */
  #lookAtVirtual(firewall: Firewall, port: Port, frame: Frame, nowUs: number): void {
    if (port.name !== 'ethernet1/1' && port.name !== 'ethernet1/2') return;
    const where = `${firewall.name}:${port.name}, ${String(firewall.role)}, at ${nowUs} us`;
    const isVirtual = DEVICE_IDS.some(
      (device) => frame.sourceMac === virtualMac(this.#groupId, port.name, device),
    );
    const mac = formatMac(frame.sourceMac);
    if (isVirtual && !firewall.virtualAddresses.some((address) => address.endsWith(mac)))
      throw new Error(`${where}: sends frame kind ${frame.kind} from ${mac}, which it does not hold`);
    if (!port.carrier || forwardsTraffic(firewall.role)) return;
    const own = firewall.settings.running.interfaces.find(({ name }) => name === port.name)?.subnet?.ip;
    if (frame.sourceIp !== own && frame.sourceIp !== 0)
      throw new Error(`${where}: forwards frame kind ${frame.kind} of ${formatIp(frame.sourceIp)}`);
  }

  /** A firewall that is not active tests its paths with its port's own MAC address, and says nothing else. */
  #lookAtSilence(firewall: Firewall, port: Port, frame: Frame, nowUs: number): void {
    const where = `${firewall.name}:${port.name}, ${String(firewall.role)}, at ${nowUs} us`;
    if (frame.sourceMac === virtualMac(this.#groupId, port.name)) {
      throw new Error(
        `${where}: sends frame kind ${frame.kind} from its virtual MAC ${formatMac(frame.sourceMac)}`,
      );
    }
    const arp = frame.kind === FRAME.arpRequest || frame.kind === FRAME.arpReply;
    if (arp && frame.sourceIp !== 0) throw new Error(`${where}: claims an address in ARP`);
    if (!arp && frame.kind !== FRAME.echoRequest)
      throw new Error(`${where}: forwards frame kind ${frame.kind}`);
  }
}
