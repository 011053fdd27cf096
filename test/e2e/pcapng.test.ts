/**
 * Capture files as their users open them: tshark dissects every packet of several scenarios. Its path comes from HASIM_TSHARK, else
 * /usr/bin/tshark (`apt-get install tshark`); without it these tests are skipped.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pcapng } from '../../src/report/export/pcapng/pcapng.ts';
import type { CapturedLink, CapturedPacket, PacketKind } from '../../src/run/capture.ts';
import type { RunResult } from '../../src/run/result.ts';
import { captured } from '../helpers/captured.ts';
import { anyPacket, resultOf } from '../helpers/random-packets.ts';

const TSHARK = process.env['HASIM_TSHARK'] ?? '/usr/bin/tshark';
const missing = !existsSync(TSHARK);
if (missing) console.warn(`no tshark at ${TSHARK}: its tests are skipped; set HASIM_TSHARK to its path`);

/** On a machine that is busy with other tests. */
const PATIENCE_MS = 120_000;

/** What each scenario has that the others have not. */
const SCENARIOS = [
  'active-passive/walkthrough.yaml',
  'active-passive/split-brain.yaml',
  'active-passive/ipsec-tunnel.yaml',
  'active-passive/three-probes.yaml',
  'active-passive/graceful-restart.yaml',
  'active-active/asymmetric-flows.yaml',
  'active-active/dhcp-relay.yaml',
  'active-active/ha3-mtu.yaml',
  'aws/interface-move.yaml',
] as const;

const FIELDS = [
  'frame.interface_name',
  'frame.time_epoch',
  'frame.len',
  'frame.protocols',
  'eth.src',
  'eth.dst',
  'eth.type',
  'frame.comment',
] as const;

type Row = Readonly<Record<(typeof FIELDS)[number], string>>;

/** Protocols that tshark must find in a packet of each kind. */
const PROTOCOLS: Readonly<Record<PacketKind, RegExp>> = {
  heartbeat: /:ip:icmp/,
  'heartbeat-reply': /:ip:icmp/,
  'echo-request': /:ip:icmp/,
  'echo-reply': /:ip:icmp/,
  'arp-request': /:arp/,
  'arp-reply': /:arp/,
  // Of what it has seen on another link it dissects no data again.
  hello: /:ip:tcp/,
  'hello-acknowledgement': /:ip:tcp$/,
  'configuration-sync': /:ip:tcp/,
  'configuration-acknowledgement': /:ip:tcp$/,
  'session-sync': /:ethertype:data|:ip:udp:data/,
  'bulk-request': /:ethertype:data|:ip:udp:data/,
  'bulk-sync': /:ethertype:data|:ip:udp:data/,
  'ha2-keep-alive': /:ethertype:data|:ip:udp:data/,
  'ha2-keep-alive-reply': /:ethertype:data|:ip:udp:data/,
  ha3: /:ethertype:data/,
  tcp: /:ip:tcp/,
  udp: /:ip:udp/,
  dhcp: /:ip:udp:dhcp/,
  esp: /:ip:esp/,
  routing: /:ip:data/,
};

const folder = mkdtempSync(join(tmpdir(), 'hasim-pcapng-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, result: RunResult): string {
  const path = join(folder, `${name.replace('/', '-')}.pcapng`);
  const pieces = [...pcapng.render(result, { replay: 'hasim run' })] as Uint8Array[];
  writeFileSync(path, Buffer.concat(pieces));
  return path;
}

/** Its output; with all checksums verified, which it does not do by itself. */
function tshark(file: string, args: readonly string[]): string {
  const checks = ['ip', 'tcp', 'udp'].flatMap((protocol) => ['-o', `${protocol}.check_checksum:TRUE`]);
  const { status, stdout, stderr } = spawnSync(TSHARK, ['-n', '-r', file, ...checks, ...args], {
    encoding: 'utf8',
    maxBuffer: 1e9,
    env: { ...process.env, TZ: 'UTC' },
  });
  if (status !== 0) throw new Error(`tshark ${args.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}

function rows(file: string): Row[] {
  const args = ['-T', 'fields', '-E', 'separator=/t', ...FIELDS.flatMap((field) => ['-e', field])];
  const lines = tshark(file, args).split('\n').slice(0, -1);
  return lines.map((line) => {
    const values = line.split('\t');
    return Object.fromEntries(FIELDS.map((field, index) => [field, values[index] ?? ''])) as Row;
  });
}

/** Numbers of packets that are malformed, whose checksum is wrong, or that have an error in tshark's eyes. */
function wrong(file: string): string {
  const filter = '_ws.malformed || ip.checksum.status == 0 || _ws.expert.severity >= 0x800000';
  return tshark(file, ['-Y', `${filter} || tcp.checksum.status == 0 || udp.checksum.status == 0`]);
}

function mac(address: number): string {
  return address
    .toString(16)
    .padStart(12, '0')
    .replace(/(..)(?=.)/g, '$1:');
}

describe.skipIf(missing).each(SCENARIOS)('tshark: %s', (name) => {
  let packets: readonly CapturedPacket[] = [];
  let links: readonly CapturedLink[] = [];
  let file = '';
  let seen: readonly Row[] = [];
  beforeAll(() => {
    const result = captured(name);
    ({ packets, links } = result.capture!);
    file = write(name, result);
    seen = rows(file);
  }, PATIENCE_MS);

  test('all packets are there: each at its time, on its link, of its length and with its addresses', () => {
    expect(seen).toHaveLength(packets.length);
    const asSeen = seen.map((row) => [
      row['frame.interface_name'],
      row['frame.time_epoch'],
      Number(row['frame.len']),
      row['eth.src'],
      row['eth.dst'],
    ]);
    const asCaptured = packets.map(({ link, sentUs, bytes, sourceMac, destinationMac }) => [
      links[link]!.name,
      `${Math.floor(sentUs / 1e6)}.${String(sentUs % 1e6).padStart(6, '0')}000`,
      bytes,
      mac(sourceMac),
      mac(destinationMac),
    ]);
    expect(asSeen).toEqual(asCaptured);
  });

  test('each kind is of its protocol, and what was lost has a comment', () => {
    const strange = packets.filter(({ kind, loss }, index) => {
      const row = seen[index]!;
      const asLost = row['frame.comment'].startsWith(`lost: ${loss}`);
      return !PROTOCOLS[kind].test(row['frame.protocols']) || asLost !== (loss !== null);
    });
    expect(strange).toEqual([]);
    expect(packets.length).toBeGreaterThan(1000);
  });

  test(
    'no packet is malformed, no checksum wrong, and there is no error',
    () => {
      expect(wrong(file)).toBe('');
    },
    PATIENCE_MS,
  );

  test('each heartbeat finds its reply', () => {
    const arrived = packets.filter(({ kind, loss }) => kind === 'heartbeat-reply' && loss === null);
    const answered = tshark(file, ['-Y', 'icmp.type == 0 && icmp.resp_to && ip.addr == 198.18.0.0/24']);
    expect(answered.split('\n').length - 1).toBeGreaterThanOrEqual(
      new Set(arrived.map(({ packet }) => packet)).size,
    );
  });
});

describe.skipIf(missing)('tshark: packets of any kind and size', () => {
  test.each([undefined, 'ip', 'udp'] as const)('HA2 over %s: none is malformed', (transport) => {
    // At the ports of users it would look for protocols; there is nothing captured that it could read.
    const packets = fc.sample(anyPacket, { numRuns: 3000, seed: 11 });

    const file = write(`random-${transport}`, resultOf(packets, transport));

    expect(rows(file)).toHaveLength(packets.length);
    expect(wrong(file)).toBe('');
  });
});
