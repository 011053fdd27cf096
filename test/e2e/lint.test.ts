import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hasim, ROOT, shell, Workshop } from '../helpers/command.ts';

const workshop = new Workshop();
afterAll(() => workshop.remove());

const SEED = 'test/fixtures/seed-aws-literal.yaml';
const DUPLICATE = 'scenarios/active-passive/duplicate-group-id.yaml';
const PAIR = 'scenarios/topology/active-passive-pair.yaml';

/** Of the pair of the topology: HA1 has no backup (a warning), HA2 no keep-alive (a note). */
const WARNS = workshop.scenario('warns.yaml', 'name: warns\nuntil: 2s\n');
const MEANT = workshop.scenario('meant.yaml', 'name: meant\nuntil: 2s\ndeliberate: [H01, H09, H03]\n');
const BAD = workshop.scenario('bad.yaml', 'name: bad\nutil: 2s\n');

describe('hasim lint, text', () => {
  it('a warning: its place, what is there, what will happen, who says so', () => {
    const { code, out, err } = hasim(['lint', WARNS]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const [head, excerpt, carets, then, who] = out.split('\n');
    expect(head).toMatch(new RegExp(`^.*${PAIR}:28:5  warning  H01  palo-1 has HA1 on management, `));
    expect(excerpt).toBe('  28 |     ha1: { port: management }');
    expect(carets).toBe('     |     ^^^');
    expect(then).toBe('     → one cut of HA1, and both firewalls are active: split brain.');
    expect(who).toMatch(/^ {5}pan-os-ha\.md, R-146.*https:\/\//);
    expect(out).toMatch(/\n0 errors, 1 warning, 1 note\n$/);
  });

  it('an error: exit 1', () => {
    const { code, out } = hasim(['lint', DUPLICATE, '--quiet']);
    expect(code).toBe(1);
    expect(out).toMatch(/ error  H04 /);
    expect(out).not.toMatch(/ warning | note |errors/);
  });

  it('what is deliberate: counted, and what is listed for nothing told', () => {
    const { code, out } = hasim(['lint', MEANT]);
    expect(code).toBe(0);
    expect(out).toContain(
      'meant.yaml:4:24  warning  deliberate  H03 is listed as deliberate, and finds nothing.',
    );
    expect(out).toMatch(/\n0 errors, 1 warning, 0 notes, 2 deliberate\n$/);
  });

  it('--max-warnings: exit 1 above it only', () => {
    expect(hasim(['lint', WARNS, '--max-warnings', '1']).code).toBe(0);
    expect(hasim(['lint', WARNS, '--max-warnings', '0']).code).toBe(1);
    expect(hasim(['lint', WARNS, '--max-warnings', 'few'])).toMatchObject({
      code: 2,
      err: 'hasim --max-warnings: expected a whole number, got few.\n',
    });
  });

  it('--rule and --ignore: only what is asked; an unknown id has its nearest', () => {
    expect(hasim(['lint', SEED, '--rule', 'x03']).out).toMatch(/\n0 errors, 1 warning, 0 notes\n$/);
    expect(hasim(['lint', WARNS, '--ignore', 'H01,H09']).out).toBe('0 errors, 0 warnings, 0 notes\n');
    expect(hasim(['lint', SEED, '--rule', 'X033'])).toMatchObject({
      code: 2,
      err: expect.stringContaining(
        'expected ids of rules such as X03,H01, got X033. Did you mean X03?',
      ) as string,
    });
  });

  it('--rules: every rule, without a file', () => {
    const { code, out } = hasim(['lint', '--rules']);
    expect(code).toBe(0);
    expect(out.split('\n').filter((line) => /^[XH]\d\d {2}/.test(line)).length).toBe(64);
    expect(out).toMatch(/^X32 {2}not judged {2}/m);
  });
});

describe('hasim lint, files', () => {
  it('one that is no scenario: its mistakes, exit 2, and the others all the same', () => {
    const { code, out, err } = hasim(['lint', BAD, WARNS]);
    expect(code).toBe(2);
    expect(err).toContain('Did you mean until?');
    expect(out).toContain('H01');
  });

  it('standard input', () => {
    const { code, out } = hasim(['lint', '-', '--rule', 'X07'], { input: readFileSync(join(ROOT, SEED)) });
    expect(code).toBe(1);
    expect(out).toMatch(/^<stdin>:\d+:\d+ {2}error {2}X07/);
  });

  it('none: one sentence', () => {
    expect(hasim(['lint'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('expected a FILE, got none') as string,
    });
  });

  it('a reader that goes: no complaint', () => {
    expect(shell(`set +o pipefail; hasim lint ${SEED} ${SEED} ${SEED} | head -1`)).toMatchObject({
      code: 0,
      err: '',
    });
  });

  it('-o: the file, and nothing on standard output; never the scenario itself', () => {
    const target = join(workshop.path, 'out.sarif');
    expect(hasim(['lint', SEED, '--format', 'sarif', '-o', target])).toMatchObject({ code: 1, out: '' });
    expect(existsSync(target)).toBe(true);
    expect(hasim(['lint', WARNS, '-o', WARNS]).err).toContain('expected a file other than the scenario');
  });
});

describe('hasim lint, for programs', () => {
  it('--format json: findings with place, consequence, source and repair', () => {
    const { code, out } = hasim(['lint', SEED, WARNS, '--format', 'json']);
    expect(code).toBe(1);
    const document = JSON.parse(out) as { counts: object; files: { file: string; findings: object[] }[] };
    expect(document).toMatchObject({
      schemaVersion: 1,
      counts: { error: 4, warning: 5, note: 2, deliberate: 0 },
    });
    expect(document.files.map(({ file }) => file)).toEqual([SEED, WARNS]);
    expect(document.files[0]?.findings).toContainEqual(
      expect.objectContaining({
        rule: 'X07',
        severity: 'error',
        deliberate: false,
        file: SEED,
        path: 'aws.instances.palo-2',
        message: 'palo-2 has no iam-instance-profile',
        repair: expect.arrayContaining([
          { path: ['aws', 'instances', 'palo-2', 'iam-instance-profile'], set: 'hasim-lint' },
        ]) as unknown,
      }),
    );
  });

  it('--format sarif: version 2.1.0, with what its schema requires', () => {
    const { out } = hasim(['lint', SEED, MEANT, '--format', 'sarif']);
    const log = JSON.parse(out) as SarifLog;
    expect(log).toMatchObject({ version: '2.1.0', runs: [{ tool: { driver: { name: 'hasim lint' } } }] });
    const [run] = log.runs;
    const rules = run?.tool.driver.rules ?? [];
    for (const { id, shortDescription, helpUri } of rules) {
      expect(id).toMatch(/^[XH]\d\d$/);
      expect(shortDescription.text).toMatch(/\.$/);
      expect(new URL(helpUri).protocol).toBe('https:');
    }
    expect(run?.results.length).toBeGreaterThan(5);
    for (const { ruleId, ruleIndex, level, message, locations } of run?.results ?? []) {
      expect(rules[ruleIndex]?.id).toBe(ruleId);
      expect(['error', 'warning', 'note']).toContain(level);
      expect(message.text).toMatch(/: .*\.$/);
      const [place] = locations;
      expect(place?.physicalLocation.artifactLocation.uri).toMatch(/\.yaml$/);
      const { startLine, startColumn, endColumn } = place?.physicalLocation.region ?? {
        startLine: 0,
        startColumn: 0,
        endColumn: 0,
      };
      expect(startLine).toBeGreaterThan(0);
      expect(endColumn).toBeGreaterThan(startColumn);
    }
    const suppressed = run?.results.filter(({ suppressions }) => suppressions !== undefined) ?? [];
    expect(suppressed.map(({ ruleId }) => ruleId)).toEqual(['H01', 'H09']);
  });
});

interface SarifLog {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly name: string;
        readonly rules: readonly { id: string; shortDescription: { text: string }; helpUri: string }[];
      };
    };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly suppressions?: unknown;
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: {
            readonly startLine: number;
            readonly startColumn: number;
            readonly endColumn: number;
          };
        };
      }[];
    }[];
  }[];
}

describe('hasim lint --simulate', () => {
  const CUT = workshop.scenario(
    'cut.yaml',
    `name: HA1 is cut
until: 60s
high-availability:
  interface: { ha1: { port: ha1-a } }
  monitoring: { path-monitoring: { enabled: false } }
network:
  links: { ha1: { between: ['palo-1:ha1-a', 'palo-2:ha1-a'] } }
timeline:
  - { at: 20s, link-down: ha1 }
`,
  );

  it('HA1 without a backup is cut: how long both are active with the mistake, and not without', () => {
    const { code, out } = hasim(['lint', CUT, '--rule', 'H01', '--simulate']);
    expect(code).toBe(0);
    expect(out).toMatch(/\nSimulated:\n {2}H01: .*dual-active 3\d(\.\d+)?s with it, 0s without/);
  });

  it('no instance profile: the takeover in AWS never ends with the mistake', () => {
    const { out } = hasim(['lint', SEED, '--rule', 'X07,X15', '--simulate']);
    expect(out).toMatch(
      /were it the only mistake: .*longest failover without end with it, \d+(\.\d+)?s without/,
    );
  });
});
