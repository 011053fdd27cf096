/**
 * Help: examples first, for they are what people look for, then the options with what each expects.
 */

import type { Command, OptionSpec } from './command.ts';

type Pair = readonly [left: string, right: string];

const EXAMPLES: readonly Pair[] = [
  ['hasim run scenarios/active-passive/walkthrough.yaml', 'What happens, why, and what it costs'],
  ['hasim explain walkthrough.yaml --failover 1', 'What led to it, step by step'],
  ['hasim explain ha1-cut.yaml --why-not', 'Why it did not fail over'],
  ['hasim validate scenarios/active-passive/*.yaml', 'Check files without running them'],
  ['hasim test scenarios', 'Scenarios as tests, on all cores'],
  ['hasim lint pair.yaml', 'What will not work in a pair, and what will happen'],
  ['hasim run *.yaml --quiet', 'Only what is not as expected'],
];

const CODES: readonly Pair[] = [
  ['0', 'all is as expected'],
  ['1', 'an expectation is not met, or lint has found an error'],
  ['2', 'a mistake in a scenario or an option'],
  ['3', 'a law of the simulator itself is broken'],
  ['4', 'trouble with a file, or a bug of hasim'],
  ['130', 'stopped with Ctrl-C'],
];

/** Help on hasim as a whole. */
export function overview(commands: readonly Command[], common: Readonly<Record<string, OptionSpec>>): string {
  return sections(
    ['hasim simulates a pair of PAN-OS firewalls in high availability.'],
    ['Examples:', ...aligned(EXAMPLES)],
    ['Commands:', ...aligned(commands.map((command) => [usage(command), command.describe]))],
    ['Options:', ...optionLines(common)],
    ['A FILE of - is standard input. A DURATION is written 200ms, 3s or 1min.'],
    ['Exit codes:', ...aligned(CODES)],
    ['hasim COMMAND --help tells more.'],
  );
}

/** Help on one command. */
export function commandHelp(command: Command, common: Readonly<Record<string, OptionSpec>>): string {
  return sections(
    [`${usage(command)}: ${command.describe}.`],
    ['Examples:', ...aligned(command.examples)],
    ['Options:', ...optionLines({ ...command.options, ...common })],
  );
}

function usage({ name, operands }: Command): string {
  return `hasim ${name} ${operands}`.trim();
}

function sections(...blocks: readonly (readonly string[])[]): string {
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function optionLines(options: Readonly<Record<string, OptionSpec>>): string[] {
  return aligned(
    Object.entries(options).map(([name, { alias, value, describe, choices }]) => {
      const short = alias === undefined ? '    ' : `-${alias}, `;
      const told = choices === undefined ? describe : `${describe}: ${choices.join(', ')}`;
      return [`${short}--${name}${value === undefined ? '' : ` ${value}`}`, told];
    }),
  );
}

function aligned(pairs: readonly Pair[]): string[] {
  const width = Math.max(...pairs.map(([left]) => left.length));
  return pairs.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
