import { describe, expect, it } from 'vitest';
import { RULES, UNJUDGED } from '../../../src/lint/rules.ts';
import { AWS_CASES, CABLE_CASES, loadAwsCase, loadCables, rulesIn } from '../../helpers/lint-cases.ts';

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
