/**
 * Pages of the documentation as something that can be run. One convention for all of them:
 *
 * - a `console` block is run: each line that begins with `$ ` is a command (one that ends in `\` goes on in the next line), what follows
 *   is what it prints; a line of `…` stands for lines that are left out; what shows nothing prints nothing;
 * - a `yaml` block whose first line is `# NAME.yaml` is a file of that name, there for the commands of its page;
 * - a `text` block is what something else than a command prints;
 * - a `sh` block is not run, because it takes long or needs what is not there: its commands of hasim are only read.
 *
 * All commands of a page are run in one empty folder that has the scenarios of the project.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './command.ts';

export interface PageCommand {
  /** Counted from 1. */
  readonly line: number;
  readonly command: string;
  /** The lines under it. */
  readonly shown: readonly string[];
}

export interface Page {
  /** From the root of the project. */
  readonly name: string;
  readonly text: string;
  readonly run: readonly PageCommand[];
  readonly read: readonly PageCommand[];
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

/** Every page that is written for users, in the order in which they are listed. */
export const PAGES: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'scenarios/README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .toSorted()
    .map((name) => `docs/${name}`),
];

export function readPage(name: string): Page {
  const text = readFileSync(join(ROOT, name), 'utf8');
  const run: PageCommand[] = [];
  const read: PageCommand[] = [];
  const files: { name: string; text: string }[] = [];
  for (const { language, line, lines } of blocks(text)) {
    if (language === 'console') run.push(...consoleCommands(lines, line));
    if (language === 'sh') read.push(...shellCommands(lines, line));
    const [, file] = (language === 'yaml' && /^# (\S+\.yaml)$/.exec(lines[0] ?? '')) || [];
    if (file !== undefined) files.push({ name: file, text: `${lines.join('\n')}\n` });
  }
  return { name, text, run, read, files };
}

interface Block {
  readonly language: string;
  /** Of its first line within. */
  readonly line: number;
  readonly lines: readonly string[];
}

/** The fenced blocks of a page. */
export function blocks(text: string): Block[] {
  const found: Block[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const [, language] = /^ *```(\w*)$/.exec(lines[at] ?? '') ?? [];
    if (language === undefined) continue;
    const end = lines.findIndex((line, index) => index > at && /^ *```$/.test(line));
    if (end === -1) throw new Error(`a block without an end in line ${at + 1}`);
    found.push({ language, line: at + 2, lines: lines.slice(at + 1, end) });
    at = end;
  }
  return found;
}

function consoleCommands(lines: readonly string[], first: number): PageCommand[] {
  const found: { line: number; command: string; shown: string[] }[] = [];
  let open = false; // The command goes on in the next line.
  lines.forEach((text, index) => {
    const last = found.at(-1);
    if (open && last !== undefined) last.command += `\n${text}`;
    else if (text.startsWith('$ ')) found.push({ line: first + index, command: text.slice(2), shown: [] });
    else if (last === undefined)
      throw new Error(`line ${first + index}: expected a command first, got ${text}`);
    else last.shown.push(text);
    open = (open || text.startsWith('$ ')) && text.endsWith('\\');
  });
  return found;
}

function shellCommands(lines: readonly string[], first: number): PageCommand[] {
  const joined = lines
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
  return joined.flatMap((text, index) =>
    /^(npx )?hasim /.test(text) ? [{ line: first + index, command: text, shown: [] }] : [],
  );
}

/** The words of a command as a shell reads them, without a comment at its end; no variables, no pipes. */
export function wordsOf(command: string): string[] {
  const words = command.replace(/^npx /, '').replace(/\s+#.*$/, '');
  return Array.from(words.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g), ([word]) =>
    word.replaceAll(/['"]/g, ''),
  );
}

/** What tells of this machine and not of the command: how long it took. */
export function untimed(text: string): string {
  return text.replaceAll(/\d+(\.\d+)? m?s\)/g, '… s)').replaceAll(/ in \d+(\.\d+)? m?s$/gm, ' in … s');
}

/**
 * Whether what a command printed is what the page shows.
 *
 * @returns null when it is, else a text with both that vitest can show the difference of
 */
export function mismatch(
  shown: readonly string[],
  printed: string,
): { shown: string; printed: string } | null {
  const text = untimed(printed.replaceAll('\r\n', '\n')).replace(/\n$/, '');
  const parts = untimed(shown.join('\n'))
    .split(/^…$/m)
    .map((part) => part.replace(/^\n/, '').replace(/\n$/, ''));
  const wrong = { shown: parts.join('\n…\n'), printed: text };
  if (parts.length === 1) return parts[0] === text ? null : wrong;
  // In whole lines: each part behind the one before, the first at the beginning and the last at the end.
  let rest = `\n${text}\n`;
  for (const [index, part] of parts.entries()) {
    if (part === '') continue;
    const at = index === parts.length - 1 ? rest.length - part.length - 2 : rest.indexOf(`\n${part}\n`);
    if (at < 0 || (index === 0 && at !== 0) || rest.slice(at, at + part.length + 2) !== `\n${part}\n`)
      return wrong;
    rest = rest.slice(at + part.length + 1);
  }
  return null;
}
