/**
 * The scalar types of a scenario: durations, shares, bandwidths, addresses. Each is a string in YAML (so that the unit
 * is read with the number) and a plain number after parsing.
 *
 * Every message follows one shape, "expected X, got Y", because they all end in the same diagnostic.
 */

import { z } from 'zod';
import { FEATURE_RELEASES } from '../../ha/release.ts';

const UNIT_US: Readonly<Record<string, number>> = {
  us: 1,
  ms: 1_000,
  s: 1_000_000,
  min: 60_000_000,
  h: 3_600_000_000,
  d: 86_400_000_000,
};

const DURATION = /^(\d+(?:\.\d+)?)\s*(us|ms|s|min|h|d)$/;
const DURATION_TEXT = /^\s*(0|\d+(\.\d+)?\s*(us|ms|s|min|h|d))\s*$/;

/** Longest duration that is accepted anywhere: ten years, far inside the exact range of a double in microseconds. */
export const LONGEST_US = 3650 * 86_400_000_000;

/**
 * Reads `250ms`, `3s`, `1.5min`, `0`.
 *
 * @returns integer microseconds, or null when the text is no duration or not a whole number of microseconds
 */
export function parseDurationUs(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === '0') return 0;
  const match = DURATION.exec(trimmed);
  if (match === null) return null;
  const us = Number(match[1]) * (UNIT_US[match[2] ?? ''] ?? Number.NaN);
  const rounded = Math.round(us);
  // 0.1ms is 100 us, and 1.1s is 1100000.0000000002 us: both are meant exactly.
  return Math.abs(us - rounded) < 1e-3 && rounded <= LONGEST_US ? rounded : null;
}

/** Writes microseconds in the largest unit that is whole, as a scenario would. */
export function writeDuration(us: number): string {
  for (const unit of ['d', 'h', 'min', 's', 'ms'] as const) {
    const size = UNIT_US[unit] ?? 1;
    if (us !== 0 && us % size === 0) return `${us / size}${unit}`;
  }
  return us === 0 ? '0s' : `${us}us`;
}

export interface DurationLimits {
  /** Shortest and longest, as durations: `['1s', '60s']`. */
  readonly from?: string;
  readonly to?: string;
  /** Where the range comes from: `IEEE 802.1D`. */
  readonly of?: string;
  /** What to say of a duration outside, instead of the limits themselves. */
  readonly expected?: string;
}

/** The limits of every duration of the schema, in microseconds, for whoever lists them. */
export const DURATION_LIMITS = z.registry<{ readonly fromUs: number; readonly toUs: number }>();

/** A duration between two limits; `0` may be written without a unit. */
export function duration(limits: DurationLimits = {}) {
  const from = parseDurationUs(limits.from ?? '0') ?? 0;
  const to = parseDurationUs(limits.to ?? '3650d') ?? LONGEST_US;
  const range = `${writeDuration(from)} to ${writeDuration(to)}${limits.of === undefined ? '' : ` (${limits.of})`}`;
  const outside = limits.expected ?? `expected a duration from ${range}`;
  const message = 'expected a duration such as 200ms, 3s or 1min';
  return z
    .union([z.string().regex(DURATION_TEXT, message), z.literal(0)], { error: message })
    .transform((value, context) => {
      const us = parseDurationUs(String(value));
      if (us !== null && us >= from && us <= to) return us;
      const expected = us === null ? `${message}, in whole microseconds` : outside;
      context.addIssue({ code: 'custom', message: expected });
      return z.NEVER;
    })
    .register(DURATION_LIMITS, { fromUs: from, toUs: to });
}

/** The shares of the schema, for whoever lists them. */
export const SHARES = z.registry();

/** A share written as a percentage: `0.5%`. Parsed to 0..1. */
export function share() {
  const message = 'expected a percentage from 0% to 100%, such as 0.5%';
  const written = z.string({ error: message }).regex(/^\s*\d+(\.\d+)?\s*%\s*$/, message);
  return written
    .transform((text, context) => {
      const match = /^(\d+(?:\.\d+)?)\s*%$/.exec(text.trim());
      const value = match === null ? Number.NaN : Number(match[1]) / 100;
      if (!(value >= 0 && value <= 1)) {
        context.addIssue({ code: 'custom', message });
        return z.NEVER;
      }
      return value;
    })
    .register(SHARES);
}

const BIT_UNITS: Readonly<Record<string, number>> = { kbps: 1e3, Mbps: 1e6, Gbps: 1e9 };

/** A bandwidth: `64kbps`, `100Mbps`, `10Gbps`. Parsed to bits per second. */
export function bandwidth() {
  const message = 'expected a bandwidth from 1kbps to 1000Gbps, such as 1Gbps';
  const written = z.string({ error: message }).regex(/^\s*\d+(\.\d+)?\s*(kbps|Mbps|Gbps)\s*$/, message);
  return written.transform((text, context) => {
    const match = /^(\d+(?:\.\d+)?)\s*(kbps|Mbps|Gbps)$/.exec(text.trim());
    const bits =
      match === null ? Number.NaN : Math.round(Number(match[1]) * (BIT_UNITS[match[2] ?? ''] ?? 0));
    if (!(bits >= 1e3 && bits <= 1e12)) {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
    return bits;
  });
}

/** A rate of events: `5/s`, `30/min`. Parsed to a mean spacing in microseconds. */
export function rate() {
  const message = 'expected a rate from 1/h to 100000/s, such as 5/s or 30/min';
  const written = z.string({ error: message }).regex(/^\s*\d+(\.\d+)?\s*\/\s*(s|min|h)\s*$/, message);
  return written.transform((text, context) => {
    const match = /^(\d+(?:\.\d+)?)\s*\/\s*(s|min|h)$/.exec(text.trim());
    // One division, so that 10/s is 100000 us and not 99999.99999999999.
    const spacingUs = match === null ? Number.NaN : (UNIT_US[match[2] ?? ''] ?? 1) / Number(match[1]);
    if (!(spacingUs >= 10 && spacingUs <= 3_600_000_000)) {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
    return spacingUs;
  });
}

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
const CIDR = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}/(?:[0-9]|[12]\\d|3[0-2])$`);

/** An IPv4 address; stays text, the network layer has its own number form. */
export function ipv4() {
  return z
    .string({ error: 'expected an IPv4 address' })
    .regex(IPV4, 'expected an IPv4 address such as 10.0.0.1');
}

/** An IPv4 or IPv6 address of a link that only its family matters of; stays text. */
export function ipAddress() {
  const message = 'expected an IPv4 or IPv6 address such as 192.168.1.1 or fd00::1';
  return z.union([z.ipv4({ error: message }), z.ipv6({ error: message })], { error: message });
}

/** A PAN-OS version of a known feature release: `11.1.4`, `10.2.9-h1`. */
export function panOsVersion() {
  const releases = `${FEATURE_RELEASES[0]} to ${FEATURE_RELEASES.at(-1)}`;
  const message = `expected a PAN-OS version such as 11.1.4 or 10.2.9-h1, of feature release ${releases}`;
  const known = FEATURE_RELEASES.map((release) => release.replace('.', '\\.')).join('|');
  return z.string({ error: message }).regex(new RegExp(`^(${known})\\.\\d{1,3}(-h\\d{1,3})?$`), message);
}

/** An address with its prefix length: `10.0.0.1/24`. */
export function cidr() {
  const message = 'expected an IPv4 address with its prefix length, such as 10.0.0.1/24';
  return z.string({ error: message }).regex(CIDR, message);
}

export function mac() {
  const message = 'expected a MAC address such as 00:1b:17:aa:00:01';
  return z.string({ error: message }).regex(/^[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}$/, message);
}

/**
 * A name that the scenario itself gives: device, switch, link, group. Not digits alone: JavaScript would put such a key
 * before all others, and YAML reads it back as a number.
 */
export function name() {
  const message =
    'expected a name of letters, digits, ".", "_" and "-", at most 63 characters and not only digits';
  return z.string({ error: message }).regex(/^(?!\d+$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/, message);
}

/** Ports of a firewall: dedicated HA ports, the management port, and data ports. */
export const PORT = /^(management|ha1-a|ha1-b|ha2-a|ha2-b|hsci|aux-[12]|ethernet\d{1,2}\/\d{1,2})$/;

/** A data port of a firewall, such as `ethernet1/1`. */
export function dataInterface() {
  const message = 'expected an interface such as ethernet1/1';
  return z.string({ error: message }).regex(/^ethernet\d{1,2}\/\d{1,2}$/, message);
}

const UNPRINTABLE = '\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069';

/** A text on one line for people, safe to print: no control characters and no direction overrides. */
export function line(longest: number) {
  const message = `expected a text on one line of 1 to ${longest} characters, without control characters`;
  const pattern = new RegExp(`^[^\\t\\n${UNPRINTABLE}]{1,${longest}}$`);
  return z.string({ error: message }).regex(pattern, message);
}

/** As {@link line}, but on any number of lines, and perhaps empty. */
export function prose() {
  const message = 'expected a text of at most 10000 characters, without control characters';
  return z.string({ error: message }).regex(new RegExp(`^[^${UNPRINTABLE}]{0,10000}$`), message);
}

/** `DEVICE:INTERFACE`, such as `palo-1:ethernet1/1`. */
export function interfaceReference() {
  const message = 'expected DEVICE:INTERFACE, such as palo-1:ethernet1/1';
  return z.string({ error: message }).regex(/^[A-Za-z0-9_.-]+:[A-Za-z0-9_./-]+$/, message);
}

export function wholeNumber(from: number, to: number, of?: string) {
  const message = `expected a whole number from ${from} to ${to}${of === undefined ? '' : ` (${of})`}`;
  return z.number({ error: message }).int({ error: message }).min(from, message).max(to, message);
}

/** What rules of security groups are about: a name, or the number of an IP protocol. */
export function ipProtocol() {
  return z.union([z.enum(['all', 'tcp', 'udp', 'icmp']), wholeNumber(0, 255)], {
    error: 'expected all, tcp, udp, icmp, or the number of an IP protocol',
  });
}

export function positiveNumber(to: number) {
  const message = `expected a number greater than 0 and at most ${to}`;
  return z.number({ error: message }).gt(0, message).max(to, message);
}
