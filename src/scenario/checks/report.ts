/**
 * What every check has at hand: the scenario's tree for positions, and one way to report.
 */

import { diagnose, nearest, type Diagnostic } from '../diagnostics.ts';
import { attachmentsIn } from './aws/attachments.ts';
import { entriesAt, spanAt, writePath, type Located, type Path } from '../located.ts';

/** Kinds of things that a scenario names. */
export type Kind =
  | 'device'
  | 'switch'
  | 'host'
  | 'router'
  | 'link'
  | 'probe'
  | 'workload'
  | 'subnet'
  | 'route table'
  | 'security group'
  | 'network interface'
  | 'elastic IP'
  | 'instance'
  | 'instance profile'
  | 'NAT gateway'
  | 'VPC endpoint'
  | 'transit gateway'
  | 'load balancer';

const PLACES: Readonly<Record<Kind, Path>> = {
  device: ['devices'],
  switch: ['network', 'switches'],
  host: ['network', 'hosts'],
  router: ['network', 'routers'],
  link: ['network', 'links'],
  probe: ['probes'],
  workload: ['workloads'],
  subnet: ['aws', 'subnets'],
  'route table': ['aws', 'route-tables'],
  'security group': ['aws', 'security-groups'],
  'network interface': ['aws', 'network-interfaces'],
  'elastic IP': ['aws', 'elastic-ips'],
  instance: ['aws', 'instances'],
  'instance profile': ['aws', 'iam-instance-profiles'],
  'NAT gateway': ['aws', 'nat-gateways'],
  'VPC endpoint': ['aws', 'vpc-endpoints'],
  'transit gateway': ['aws', 'transit-gateways'],
  'load balancer': ['aws', 'load-balancers'],
};

/** Collects the mistakes that checks find. */
export class Reporter {
  readonly tree: Located;
  readonly diagnostics: Diagnostic[] = [];
  readonly #names = new Map<Kind, readonly string[]>();
  #attachments: ReadonlyMap<string, readonly [string, string]> | null = null;

  constructor(tree: Located) {
    this.tree = tree;
  }

  /** Reports a mistake at the value of a path, or where it is not there at what should hold it. */
  at(path: Path, message: string, hint?: string): void {
    const span = spanAt(this.tree, path);
    this.diagnostics.push(diagnose(span, message, { path: writePath(path), hint }));
  }

  /** Reports a mistake at the key of a path. */
  atKey(path: Path, message: string, hint?: string): void {
    const span = spanAt(this.tree, path, 'key');
    this.diagnostics.push(diagnose(span, message, { path: writePath(path), hint }));
  }

  /** Names that the scenario gives to things of a kind, right or wrong otherwise; with those that `aws:` gives to hosts and links. */
  names(kind: Kind): readonly string[] {
    const known = this.#names.get(kind) ?? [...this.given(kind), ...this.#implied(kind)];
    this.#names.set(kind, known);
    return known;
  }

  /** Names that stand where things of a kind are listed. */
  given(kind: Kind): string[] {
    return [...entriesAt(this.tree, PLACES[kind]).keys()];
  }

  /** The path of a thing. */
  placeOf(kind: Kind, name: string): Path {
    return [...PLACES[kind], name];
  }

  /** The links that network interfaces are, with their two ends. */
  get attachments(): ReadonlyMap<string, readonly [string, string]> {
    this.#attachments ??= attachmentsIn(this.tree);
    return this.#attachments;
  }

  #implied(kind: Kind): readonly string[] {
    if (kind !== 'link' && kind !== 'host') return [];
    const taken = new Set([...this.given(kind), ...this.given('device')]);
    const implied = kind === 'link' ? [...this.attachments.keys()] : this.given('instance');
    return implied.filter((name) => !taken.has(name));
  }
}

/** Among more words than this none is looked for: a file may have thousands of words, and as many that are none of them. */
const MOST_CANDIDATES = 300;

/** "Did you mean …?" for a word, or undefined when nothing is near. */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  const words = [...candidates];
  const near = words.length > MOST_CANDIDATES ? null : nearest(word, words);
  return near === null ? undefined : `Did you mean ${near}?`;
}

/** ` (a, b or c)` for a message; nothing when there are too many to read. */
export function listed(words: readonly string[]): string {
  if (words.length === 0 || words.length > 8) return '';
  const last = words.at(-1);
  return words.length === 1 ? ` (${last})` : ` (${words.slice(0, -1).join(', ')} or ${last})`;
}
