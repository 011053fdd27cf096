import { describe, expect, it } from 'vitest';
import { renderExplanation } from '../../../src/report/explain.ts';
import { record, result } from '../../helpers/result.ts';

describe('renderExplanation', () => {
  it('a takeover: from its fault to itself, with the time of each step, and what followed', () => {
    expect(`\n${renderExplanation(result(), 13)}`).toMatchInlineSnapshot(`
      "
      Why #13: palo-2: passive → active  Peer is non-functional

         #3  20.000          fault   interface-down palo-1:ethernet1/1
         #4  20.050   +50ms  palo-1  ethernet1/1 loses carrier
         #5  20.050     +0s  palo-1  link monitoring: failed
         #6  20.050     +0s  palo-1  waits monitor-fail-hold-up-time 0s + additional-master-hold-up-time 500ms
         #8  20.550  +500ms  palo-1  monitor-fail-hold-up-time has passed
        #10  20.550     +0s  palo-1  active → non-functional  Link down
        #12  20.551    +1ms  palo-2  hears that palo-1 is non-functional
        #13  20.551     +0s  palo-2  passive → active  Peer is non-functional

      From #3 to #13: 551ms in 7 steps.
      It led on to:
        #14  20.551     +0s  palo-2  sessions: 42 carried over; lost: 3 in-flight; 2 made anew
        #15  20.551     +0s  palo-2  gratuitous ARP: 2 now, 2 more at 1s (ethernet1/1, ethernet1/2)
        #16  20.751  +200ms  palo-2  forwards on ethernet1/1, ethernet1/2
        #18  20.800  +249ms  palo-2  the first answer passes: traffic is back
      "
    `);
  });

  it('a fault: has no cause, but consequences', () => {
    const text = renderExplanation(result(), 3);
    expect(text).toContain('Nothing led to it: it is a beginning.');
    expect(text).toMatch(/It led on to:\n +#4 +20\.050 +\+50ms +palo-1 +ethernet1\/1 loses carrier\n$/);
  });

  it('an end: nothing followed', () => {
    expect(renderExplanation(result(), 18)).toContain('Nothing followed from it.');
  });

  it('a chain without end: its beginning and its end', () => {
    const records = Array.from({ length: 500 }, (_, i) =>
      record(i + 1, i, 'palo-1', 'power', { state: i % 2 === 0 ? 'off' : 'booting' }, i),
    );
    const text = renderExplanation(result({ records }), 500) ?? '';
    expect(text).toContain('… 440 more lines');
    expect(text).toContain('From #1 to #500: 499ms in 499 steps.');
    expect(text.split('\n').length).toBeLessThan(80);
  });

  it.each([0, 21, 999])('a number that the run does not have (%d): null', (id) => {
    expect(renderExplanation(result(), id)).toBeNull();
  });
});
