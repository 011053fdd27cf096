import { describe, expect, it } from 'vitest';
import { renderText, replayCommand } from '../../../src/report/text.ts';
import { widthOf } from '../../../src/report/table.ts';
import { BROKEN, HELD, result } from '../../helpers/result.ts';

describe('renderText', () => {
  it('a whole run: every section, in the order of the story', () => {
    const text = renderText(result());
    const titles = text.split('\n\n').map((section) => section.split('\n')[0]?.split(/ {3}|:/)[0]);
    expect(titles.filter((title) => /^[A-Z]/.test(title ?? ''))).toEqual([
      'An uplink fails',
      'Settings',
      'Timeline',
      'Failovers',
      'Availability',
      'What the pings saw',
      'Sessions',
      'Expectations',
      'At the end',
    ]);
    expect(text.endsWith('\n')).toBe(true);
    expect(text.endsWith('\n\n')).toBe(false);
  });

  it.each([72, 80, 110])('%d columns: no line is wider', (width) => {
    const verdicts = [HELD, BROKEN];
    const lines = renderText(result({ verdicts, passed: false }), { width }).split('\n');
    const free = lines.filter((line) => !/^(Again|Why): /.test(line)); // A command line is not broken.
    expect(free.filter((line) => widthOf(line) > width)).toEqual([]);
  });

  it('a run that passed, quiet: one line', () => {
    expect(renderText(result(), { quiet: true })).toBe(
      'uplink.yaml: ✓ the expectation is met (seed 7, digest 0123456789abcdef)\n',
    );
  });

  it('a run that failed, quiet: what was not met, one line, and how to repeat it', () => {
    const text = renderText(result({ verdicts: [HELD, BROKEN], passed: false }), { quiet: true });
    const lines = text.trimEnd().split('\n');
    expect(lines[0]).toBe('  ✗ failover 1: total < 700ms');
    expect(lines.slice(-2)).toEqual([
      'uplink.yaml: ✗ 1 of 2 expectations not met (seed 7, digest 0123456789abcdef)',
      'Again: hasim run uplink.yaml --seed 7',
    ]);
  });

  it('a run that was interrupted: marked at both ends, and not said to be as expected', () => {
    const text = renderText(result({ end: 'interrupted', endedAtUs: 12_000_000 }));
    expect(text.match(/INTERRUPTED at 12\.000 of 30\.000/g)).toHaveLength(2);
    expect(text).toContain('interrupted: 1 of 1 expectation met so far');
  });

  it('a scenario with escape sequences in its texts: none gets out', () => {
    const description = 'a\u009bb\nc';
    const scenario = { name: '\u001b[2Jgone', file: 'x\u0007.yaml', description, source: '', deliberate: [] };
    const text = renderText(result({ scenario, seed: '\u001b]0;' }));
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  it('a scenario that goes against rules on purpose: said at the head', () => {
    const scenario = { ...result().scenario, deliberate: ['R-039', 'R-076'] };
    expect(renderText(result({ scenario }))).toContain(
      '\nOn purpose against R-039, R-076: what PAN-OS refuses is simulated as given.\n',
    );
  });

  it('the same result twice: the same text', () => {
    expect(renderText(result())).toBe(renderText(structuredClone(result())));
  });
});

describe('replayCommand', () => {
  it('plain names: as they are', () => {
    expect(replayCommand('a/b-1.yaml', '7', ['--until', '3s'])).toBe(
      'hasim run a/b-1.yaml --seed 7 --until 3s',
    );
  });

  it('names that a shell would take apart: quoted', () => {
    expect(replayCommand("it's here.yaml", '$x')).toBe("hasim run 'it'\\''s here.yaml' --seed '$x'");
  });
});
