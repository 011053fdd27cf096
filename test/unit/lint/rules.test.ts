import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderLintPage } from '../../../src/lint/output/page.ts';
import { edited } from '../../../src/scenario/edit.ts';
import { resolveTree } from '../../../src/scenario/load.ts';
import { RULES, UNJUDGED } from '../../../src/lint/rules.ts';
import { CABLE_CASES, loadCables } from '../../helpers/lint-cable-cases.ts';
import { AWS_CASES, findingsIn, loadAwsCase, rulesIn } from '../../helpers/lint-cases.ts';

describe('lint, a pair without a mistake', () => {
  it('in AWS, interface-move: nothing', () => {
    expect(rulesIn(loadAwsCase({ part: {} }))).toEqual([]);
  });
  it('in AWS, secondary-ip: nothing', () => {
    expect(rulesIn(loadAwsCase({ part: { mode: 'secondary-ip' } }))).toEqual([]);
  });
  it('with cables: nothing', () => {
    expect(rulesIn(loadCables({}))).toEqual([]);
  });
});

describe('lint, one mistake in AWS', () => {
  it.each(Object.entries(AWS_CASES))('%s: found, and nothing else', (id, mistake) => {
    expect(rulesIn(loadAwsCase(mistake))).toEqual([id, ...(mistake.also ?? [])].toSorted());
  });
});

describe('lint, one mistake of a pair with cables', () => {
  it.each(Object.entries(CABLE_CASES))('%s: found, and nothing else', (id, { part, also = [] }) => {
    expect(rulesIn(loadCables(part))).toEqual([id, ...also].toSorted());
  });
});

describe('lint, the table of rules', () => {
  const ids = RULES.map(({ id }) => id);

  it('X01 to X42: each judged or told why not', () => {
    const known = [...ids, ...UNJUDGED.map(({ id }) => id)].filter((id) => id.startsWith('X'));
    const all = Array.from({ length: 42 }, (_, index) => `X${String(index + 1).padStart(2, '0')}`);
    expect(known.toSorted()).toEqual(all);
  });

  it('every rule: has a case here', () => {
    expect(Object.keys({ ...AWS_CASES, ...CABLE_CASES }).toSorted()).toEqual(ids.toSorted());
  });

  it('every rule: cites our reference and a public page', () => {
    for (const { source } of RULES) {
      expect(source.reference).toMatch(/^(aws|pan-os)-ha\.md/);
      expect(source.url).toMatch(/^https:\/\//);
    }
  });
});

describe('lint, repairs', () => {
  const cases = [
    ...Object.entries(AWS_CASES).map(([id, mistake]) => [id, () => loadAwsCase(mistake)] as const),
    ...Object.entries(CABLE_CASES).map(([id, { part }]) => [id, () => loadCables(part)] as const),
  ];

  it.each(cases)('%s: what it says repairs it, or needs more than lint can know', (id, load) => {
    const loaded = load();
    const own = findingsIn(loaded).filter(({ rule }) => rule === id);
    if (own.some(({ repair }) => repair === undefined)) {
      expect(NEED_MORE).toContain(id);
      return;
    }
    const result = resolveTree(
      edited(
        loaded.tree,
        own.flatMap(({ repair = [] }) => repair),
      ),
      () => '',
    );
    if (!result.ok) expect(NEED_MORE).toContain(id);
    else expect(rulesIn(result)).not.toContain(id);
  });
});

/** Rules whose mistake cannot be repaired without knowing what is wanted, or without laying a cable. */
const NEED_MORE = [
  'X04',
  'X05',
  'X17',
  'X18',
  'X19',
  'X20',
  'X25',
  'X27',
  'X30',
  'X34',
  'X35',
  'X38',
  'X40',
  'X41',
  'X42',
  'H02',
  'H03',
  'H06',
  'H12',
  'H13',
  'H17',
  'H21',
  'H22',
];

describe('lint, docs/lint.md', () => {
  it('is what the table says (npm run protocol writes it)', () => {
    const page = readFileSync(new URL('../../../docs/lint.md', import.meta.url), 'utf8');
    expect(page).toBe(renderLintPage());
    for (const { id } of [...RULES, ...UNJUDGED]) expect(page).toContain(`| ${id} |`);
  });
});
