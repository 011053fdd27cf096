/**
 * Scripts that complete a command line at TAB, made of the commands' own data: nothing is run at TAB, so it is there at once. One for
 * bash (3.2 and later, which macOS has) and one for zsh.
 */

import type { Command, OptionSpec } from './command.ts';
import { UsageError } from './exit.ts';

const SHELLS = ['bash', 'zsh'];

/** Options of every command. */
const COMMON: Readonly<Record<string, OptionSpec>> = {
  help: { type: 'flag', alias: 'h', describe: 'Help on the command' },
  'no-color': { type: 'flag', describe: 'No colour' },
};

/** What is completed. */
interface Known {
  readonly commands: readonly Command[];
  /** Settings to offer for `PATH=VALUE`. */
  readonly settings: readonly string[];
}

/** Options whose value is a file. */
const FILE_OPTIONS = new Set(['output', 'out']);
/** What stands behind a command beside scenarios: any file, or these words. */
const OPERANDS: Readonly<Record<string, 'files' | readonly string[]>> = {
  merge: 'files',
  completion: SHELLS,
};

/** The script for a shell. @throws UsageError for any other */
export function completionFor(shell: string, known: Known): string {
  if (shell === 'bash') return bash(known);
  if (shell === 'zsh') return zsh(known);
  throw new UsageError('completion', `expected ${SHELLS.join(' or ')}, got ${shell}`);
}

function optionsOf(command: Command): readonly (readonly [name: string, spec: OptionSpec])[] {
  return Object.entries({ ...command.options, ...COMMON });
}

/** `--set PATH=VALUE`, `--vary PATH=VALUES`. */
function isSetting({ value }: OptionSpec): boolean {
  return value?.startsWith('PATH=') === true;
}

/** `--output` and `-o`. */
function spellings(name: string, { alias }: OptionSpec): string[] {
  return [`--${name}`, ...(alias === undefined ? [] : [`-${alias}`])];
}

// --- bash ----------------------------------------------------------------------------------------------------------------

function bash({ commands, settings }: Known): string {
  const names = commands.map(({ name }) => name);
  const values = commands.flatMap((command) =>
    optionsOf(command).flatMap(([name, spec]) => {
      if (spec.type === 'flag') return [];
      const pattern = spellings(name, spec).map((word) => `'${command.name} ${word}'`);
      return [`    ${pattern.join('|')}) ${bashValue(name, spec)}; return;;`];
    }),
  );
  const options = commands.map((command) => {
    const words = optionsOf(command).map(([name]) => `--${name}`);
    return `      ${command.name}) _hasim_words '${words.join(' ')}';;`;
  });
  const operands = commands.map((command) => {
    const kind = command.files === 'none' ? [] : (OPERANDS[command.name] ?? 'scenarios');
    const action = typeof kind === 'string' ? `_hasim_${kind}` : `_hasim_words '${kind.join(' ')}'`;
    return `    ${command.name}) ${action};;`;
  });
  return `# bash completion for hasim
_hasim_words() { COMPREPLY=($(compgen -W "$1" -- "$cur")); }
# A key and its =, behind which the value is written; nospace and filenames as bash 4 and later know them.
_hasim_settings() {
  compopt -o nospace 2>/dev/null
  _hasim_words '${settings.map((path) => `${path}=`).join(' ')}'
}
# One name on each line. Only these are names of files: a folder test is nothing to the command of that name.
_hasim_names() {
  local name
  compopt -o filenames 2>/dev/null || compgen -f /nothing/ >/dev/null
  while IFS= read -r name; do COMPREPLY+=("$name"); done
}
_hasim_files() { _hasim_names < <(compgen -f -- "$cur"); }
_hasim_scenarios() {
  _hasim_names < <(compgen -d -- "$cur"; compgen -f -X '!*.yaml' -- "$cur"; compgen -f -X '!*.yml' -- "$cur")
}
_hasim() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" command="\${COMP_WORDS[1]}"
  COMPREPLY=()
  # bash takes --trace=full for three words, and PATH=VALUE too, whose value nobody can guess.
  if [[ $cur == = || $prev == = ]]; then
    if [[ $cur == = ]]; then cur=''; else prev="\${COMP_WORDS[COMP_CWORD-2]}"; fi
    if [[ $prev != -* ]]; then return; fi
  fi
  if (( COMP_CWORD == 1 )); then _hasim_words '${[...names, '--help', '--version'].join(' ')}'; return; fi
  case "$command $prev" in
${values.join('\n')}
  esac
  if [[ $cur == -* ]]; then
    case "$command" in
${options.join('\n')}
    esac
    return
  fi
  case "$command" in
${operands.join('\n')}
  esac
}
complete -F _hasim hasim
`;
}

function bashValue(name: string, spec: OptionSpec): string {
  if (spec.choices !== undefined) return `_hasim_words '${spec.choices.join(' ')}'`;
  if (isSetting(spec)) return '_hasim_settings';
  return FILE_OPTIONS.has(name) ? '_hasim_files' : ':';
}

// --- zsh -----------------------------------------------------------------------------------------------------------------

function zsh({ commands, settings }: Known): string {
  const described = commands.map(({ name, describe }) => `    ${quoted(`${name}:${describe}`)}`);
  const cases = commands.map((command) => {
    const specs = [
      ...optionsOf(command).map(([name, spec]) => zshOption(name, spec)),
      ...zshOperands(command),
    ];
    return `    ${command.name})\n      _arguments -s ${specs.join(' \\\n        ')};;`;
  });
  return `#compdef hasim
# zsh completion for hasim
_hasim_settings() { compadd -S = -- ${settings.join(' ')} }
_hasim() {
  local -a commands
  commands=(
${described.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe -t commands command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
if [[ \${funcstack[1]} == _hasim ]]; then _hasim "$@"; else compdef _hasim hasim; fi
`;
}

/** `'(-o --output)'{-o,--output}'[Write there]:FILE:_files'`. */
function zshOption(name: string, spec: OptionSpec): string {
  const { describe, value, several, type } = spec;
  // With =, zsh takes the value behind it or as the next word.
  const words = spellings(name, spec).map((word) =>
    type === 'text' && word.startsWith('--') ? `${word}=` : word,
  );
  const text = `[${describe.replace(/[\\[\]:]/g, '\\$&')}]`;
  const argument = type === 'flag' ? '' : `:${(value ?? name).replaceAll(':', '')}:${zshValue(name, spec)}`;
  if (several === true) return words.map((word) => quoted(`*${word}${text}${argument}`)).join(' ');
  if (words.length === 1) return quoted(`${words[0]}${text}${argument}`);
  return `'(${spellings(name, spec).join(' ')})'{${words.join(',')}}${quoted(text + argument)}`;
}

function zshValue(name: string, spec: OptionSpec): string {
  if (spec.choices !== undefined) return `(${spec.choices.join(' ')})`;
  if (isSetting(spec)) return '_hasim_settings';
  return FILE_OPTIONS.has(name) ? '_files' : ' ';
}

function zshOperands({ name, files }: Command): string[] {
  if (files === 'none') return [];
  const kind = OPERANDS[name] ?? 'scenarios';
  if (kind === 'files') return [quoted('*:file:_files')];
  if (kind === 'scenarios') return [quoted('*:scenario:_files -g "*.y(a|)ml(-.)"')];
  return [quoted(`1:shell:(${kind.join(' ')})`)];
}

/** In single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
