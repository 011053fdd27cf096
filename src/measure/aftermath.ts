/**
 * What follows a takeover until traffic passes: ports that forward, switches that open, announcements that are learned.
 *
 * It keeps the last of each kind, so it takes no more room the longer nobody sends. Announcing and learning count only where somebody
 * was wrong (a `learned` record): a switch that knows no port for an address floods, and its users wait for nobody.
 */

import { forwardsTraffic, type Role } from '../ha/role.ts';
import { causesOf, type TraceRecord } from '../kernel/trace.ts';
import { CloudPart } from './cloud-part.ts';
import { inWords, latencyAt, ofDevice, portWait, writeValue, type SettingsInForce } from './in-force.ts';
import { partOf, type Part, type SetBy } from './part.ts';
import type { SwitchPorts } from './switch-ports.ts';

/** A record and the one that it follows from. */
interface Consequence {
  readonly record: TraceRecord;
  readonly cause: TraceRecord | undefined;
}

/** A port forwards; with LACP it had to negotiate first. */
interface PortReady extends Consequence {
  readonly negotiated: boolean;
}

export class Aftermath {
  readonly #device: string;
  readonly #takeover: TraceRecord;
  /** The last one. */
  #port: PortReady | null = null;
  #lacp: TraceRecord | null = null;
  /** Who learned last; the cause is the announcement, if there was one. */
  #learned: Consequence | null = null;
  #routes: TraceRecord | null = null;
  readonly #switches: SwitchPorts;
  readonly #cloud: CloudPart;

  /** @param switches as they stand at the takeover */
  constructor(takeover: TraceRecord, switches: SwitchPorts) {
    this.#device = takeover.subject;
    this.#takeover = takeover;
    this.#cloud = new CloudPart(takeover);
    this.#switches = switches.towards(takeover.subject);
  }

  /**
   * Takes a record, until traffic has passed.
   *
   * @param records all so far, this one included
   */
  observe(record: TraceRecord, records: readonly TraceRecord[]): void {
    const { kind, subject, timeUs, data } = record;
    const own = subject === this.#device;
    this.#switches.observe(record);
    this.#cloud.observe(record);
    if (kind === 'lacp' && own) this.#lacp = record;
    else if (kind === 'port' && own) {
      const lacp = this.#lacp;
      const negotiated = lacp?.timeUs === timeUs && lacp.data['interface'] === data['interface'];
      this.#port = { record, cause: causeOf(record, records), negotiated };
    } else if (kind === 'learned') this.#learns(record, causeOf(record, records));
    else if (kind === 'routes' && data['state'] === 'usable') this.#routes = record;
  }

  /** Counts if it was learned of this firewall. */
  #learns(record: TraceRecord, cause: TraceRecord | undefined): void {
    const announcement = cause?.kind === 'garp' ? cause : undefined;
    const of = announcement?.subject ?? String(record.data['towards']).split(':')[0];
    if (of === this.#device) this.#learned = { record, cause: announcement };
  }

  /**
   * The parts from the takeover on.
   *
   * @param restoredUs when traffic passes, null if it never does
   */
  parts(restoredUs: number | null, settings: SettingsInForce): readonly Part[] {
    const cloudUs = this.#cloud.lengthUs(restoredUs);
    const cloud = cloudUs === undefined ? [] : [this.#cloudPart(cloudUs, settings)];
    if (cloudUs === null || (restoredUs === null && this.#isDark)) {
      return [...cloud, ...FOLLOWING.map((name) => partOf(name, null, []))];
    }
    const takeoverUs = this.#takeover.timeUs + (cloudUs ?? 0);
    const untilUs = restoredUs ?? Number.POSITIVE_INFINITY;
    const port = within(this.#port, takeoverUs, untilUs);
    const opens = this.#switches.lastOpened(takeoverUs, untilUs);
    const readyUs = Math.max(port?.record.timeUs ?? takeoverUs, opens?.us ?? takeoverUs);
    const learned = within(this.#learned, readyUs, untilUs);
    const announcedUs = Math.max(readyUs, learned?.cause?.timeUs ?? readyUs);
    const learnedUs = learned?.record.timeUs ?? readyUs;

    const opensLast = opens?.us === readyUs ? [opens.setBy] : [];
    const portSetBy = [...(port === null ? [] : this.#portSetBy(port, settings)), ...opensLast];
    return [
      ...cloud,
      partOf('port', readyUs - takeoverUs, portSetBy),
      partOf('announcement', announcedUs - readyUs, [inWords('gratuitous ARP is repeated every 1000 ms')]),
      partOf('learning', learnedUs - announcedUs, learned === null ? [] : learningSetBy(learned, settings)),
      partOf(
        'restoration',
        restoredUs === null ? null : restoredUs - learnedUs,
        this.#restorationSetBy(learnedUs, untilUs, settings),
      ),
    ];
  }

  /** Unlike other parts it says why it is never over: nothing that comes after it would. */
  #cloudPart(us: number | null, settings: SettingsInForce): Part {
    return { part: 'cloud', us, setBy: us === 0 ? [] : this.#cloud.setBy(settings, us) };
  }

  /** The data path has been moved: what stands in for traffic until some passes. */
  get moved(): boolean {
    return this.#cloud.complete;
  }

  /** It did not serve before, and none of its ports forwards yet. */
  get #isDark(): boolean {
    const { kind, data } = this.#takeover;
    return this.#port === null && kind === 'role' && !forwardsTraffic(data['from'] as Role | null);
  }

  #portSetBy({ record, cause, negotiated }: PortReady, settings: SettingsInForce): SetBy[] {
    const negotiation = negotiated ? ofDevice(settings, this.#device, 'lacp-negotiation') : [];
    const negotiationUs = settings.devices[this.#device]?.durations['lacp-negotiation'] ?? 0;
    const waitUs = record.timeUs - (cause?.timeUs ?? record.timeUs) - (negotiated ? negotiationUs : 0);
    const wait = portWait(settings, this.#device, waitUs);
    const found = [...wait.flatMap((name) => ofDevice(settings, this.#device, name)), ...negotiation];
    return found.length > 0 ? found : [inWords(`${String(record.data['interface'])} comes up`)];
  }

  #restorationSetBy(fromUs: number, toUs: number, { convergenceUs }: SettingsInForce): SetBy[] {
    const routes = this.#routes;
    const packet = inWords('the next packet of a user');
    if (routes === null || routes.timeUs <= fromUs || routes.timeUs > toUs) return [packet];
    const { subject: device, data } = routes;
    const neighbor = String(data['neighbor']);
    const setting = `convergence-time of neighbor ${neighbor}`;
    const value = writeValue(setting, convergenceUs[`${device}/${neighbor}`] ?? 0);
    return [{ setting, value, device }, packet];
  }
}

const FOLLOWING = ['port', 'announcement', 'learning', 'restoration'] as const;

/** The announcement is on its way; whoever sent none is known by the first frame that it sends. */
function learningSetBy({ record, cause }: Consequence, settings: SettingsInForce): SetBy[] {
  const { towards = '' } = record.data as { towards?: string };
  if (cause === undefined) return [inWords(`the next frame of ${towards}`)];
  return [towards === '' ? inWords('the way of the announcement') : latencyAt(settings, towards)];
}

/** Later than the first time and not later than the second; null is neither. */
function within<Kind extends Consequence>(item: Kind | null, afterUs: number, untilUs: number): Kind | null {
  if (item === null) return null;
  const { timeUs } = item.record;
  return timeUs > afterUs && timeUs <= untilUs ? item : null;
}

function causeOf({ id }: TraceRecord, records: readonly TraceRecord[]): TraceRecord | undefined {
  return causesOf(records, id)[1];
}
