import { afterEach, describe, expect, it, vi } from 'vitest';
import { InvariantError } from '../../../src/check/invariants.ts';
import { FAILURE_EXIT } from '../../../src/cli/exit.ts';
import { breakdownOf } from '../../../src/cli/scenario-run.ts';
import { LimitError } from '../../../src/kernel/limits.ts';
import { record } from '../../helpers/result.ts';

describe('breakdownOf', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('a runaway scenario: a mistake of its author, exit 2', () => {
    const breakdown = breakdownOf(new LimitError('instant', 1_000_000, 5_000_000, 'timer'));
    expect(breakdown.message).toContain('the scenario makes no progress');
    expect(FAILURE_EXIT[breakdown.kind]).toBe(2);
  });

  it('a broken law: exit 3, with the records before it', () => {
    const recent = [record(7, 1_500, 'palo-1', 'power', { state: 'off' })];
    const breakdown = breakdownOf(new InvariantError('two of them', 2_000_000, recent));
    expect(breakdown.message).toBe('invariant broken at 2s: two of them');
    expect(breakdown.details).toEqual([
      'The last records before it:',
      '  #7  1.500000  palo-1: power is off',
    ]);
    expect(FAILURE_EXIT[breakdown.kind]).toBe(3);
  });

  it('anything else: our bug, exit 4, its stack only for those who ask', () => {
    vi.stubEnv('HASIM_DEBUG', '');
    const error = new Error('cannot read\nmore');
    expect(breakdownOf(error).message).toBe('internal error: cannot read');
    expect(breakdownOf(error).details.join()).not.toContain('breakdown.test.ts');
    vi.stubEnv('HASIM_DEBUG', '1');
    expect(breakdownOf(error).details.join()).toContain('breakdown.test.ts');
    expect(FAILURE_EXIT[breakdownOf(error).kind]).toBe(4);
  });
});
