/** A scenario that is right in every part, as text, and a way to load it with something changed. */

import { parseScenario, type LoadResult } from '../../src/scenario/load.ts';
import { renderDiagnostics } from '../../src/scenario/diagnostics.ts';

export const PAIR = `name: a pair loses its uplink
until: 3min
seed: 7
high-availability:
  passive-link-state: auto
  interface:
    ha2: { port: ethernet1/3 }
  monitoring:
    link-monitoring:
      link-group:
        uplink: { interface: [ethernet1/1] }
    path-monitoring:
      virtual-router:
        default:
          destination-group:
            isp: { destination-ip: [203.0.113.1] }
devices:
  palo-1:
    high-availability:
      election-option: { device-priority: 100 }
    interfaces:
      ethernet1/1: { zone: untrust, ip: 203.0.113.2/24 }
      ethernet1/2: { zone: trust, ip: 10.0.0.1/24 }
    static-route:
      - { destination: 0.0.0.0/0, nexthop: 203.0.113.1 }
  palo-2:
    high-availability:
      election-option: { device-priority: 110 }
network:
  switches:
    untrust: {}
    trust: {}
    mgmt: {}
  hosts:
    client: { ip: 10.0.0.10/24, gateway: 10.0.0.1 }
    server: { ip: 198.51.100.10/24, gateway: 198.51.100.1 }
  routers:
    isp:
      interfaces:
        inside: { ip: 203.0.113.1/24 }
        outside: { ip: 198.51.100.1/24 }
      static-route:
        - { destination: 10.0.0.0/24, nexthop: 203.0.113.2 }
  links:
    palo-1-uplink: { between: [palo-1:ethernet1/1, untrust], latency: 50us }
    palo-2-uplink: { between: [palo-2:ethernet1/1, untrust] }
    palo-1-downlink: { between: [palo-1:ethernet1/2, trust] }
    palo-2-downlink: { between: [palo-2:ethernet1/2, trust] }
    palo-1-management: { between: [palo-1:management, mgmt] }
    palo-2-management: { between: [palo-2:management, mgmt] }
    ha2: { between: [palo-1:ethernet1/3, palo-2:ethernet1/3] }
    isp-inside: { between: [isp:inside, untrust] }
    isp-outside: { between: [isp:outside, server] }
    client: { between: [client, trust] }
probes:
  ping: { type: ping, from: client, to: server, interval: 200ms }
workloads:
  web:
    from: client
    to: server
    protocol: tcp
    port: 443
    arrivals: { poisson: 5/s }
    holding-time: { exponential: 10s }
timeline:
  - { at: 20s, interface-down: palo-1:ethernet1/1, for: 40s }
  - { at: 100s, suspend: palo-2 }
expect:
  - { at: 25s, that: { role: { palo-2: active } } }
  - { failover: 1, total: < 1s }
  - { probe: ping, lost: <= 10 }
  - { always: { dual-active: false }, from: 1s, until: 2min }
`;

/** The pair with pieces of its text replaced; a piece that is not there is an error of the test. */
export function pairWith(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the pair has no ${JSON.stringify(from)}`);
    return text.replace(from, () => to);
  }, PAIR);
}

/** Loads a text; other files are looked up in `files`. */
export function load(text: string, files: Readonly<Record<string, string>> = {}): LoadResult {
  return parseScenario(text, { file: 'pair.yaml', readText: readFrom(files) });
}

/** A reader of files that are given as text; any other is missing. */
export function readFrom(files: Readonly<Record<string, string>>): (file: string) => string {
  return (file) => {
    const text = Object.hasOwn(files, file) ? files[file] : undefined;
    if (text === undefined) throw Object.assign(new Error(`ENOENT: ${file}`), { code: 'ENOENT' });
    return text;
  };
}

/** The mistakes of a text as a person sees them; empty when there are none. */
export function mistakesOf(text: string, files: Readonly<Record<string, string>> = {}): string {
  const result = load(text, files);
  return result.ok ? '' : renderDiagnostics(result.diagnostics);
}

/** As {@link mistakesOf}, without excerpts: one line for each. */
export function messagesOf(text: string, files: Readonly<Record<string, string>> = {}): string[] {
  const result = load(text, files);
  if (result.ok) return [];
  return result.diagnostics.map(({ file, line, column, message, hint }) =>
    [`${file}:${line}:${column}: ${message}.`, ...(hint === undefined ? [] : [hint])].join(' '),
  );
}

/** Loads a text that has to be right. */
export function loaded(
  text: string,
  files: Readonly<Record<string, string>> = {},
): Extract<LoadResult, { ok: true }> {
  const result = load(text, files);
  if (!result.ok) throw new Error(mistakesOf(text, files));
  return result;
}

export type Change = readonly [from: string, to: string];

/** The mistakes that changes make in the pair, without their places. */
export function sentencesOf(...changes: readonly Change[]): string[] {
  return messagesOf(pairWith(...changes)).map((line) => line.replace(/^pair\.yaml:\d+:\d+: /, ''));
}
