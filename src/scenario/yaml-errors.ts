/**
 * The yaml package's errors in this project's words: "expected X, got Y", and a hint where the usual cause is known.
 */

import type { YAMLError } from 'yaml';
import { quoted } from './safe-text.ts';
import { lineText, positionAt, type Span } from './source.ts';

const SENTENCES: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  ALIAS_PROPS: 'expected an alias alone, got an anchor or a tag on it',
  BAD_ALIAS: 'expected the name of an anchor, got none that is possible',
  BAD_DIRECTIVE: 'expected no directive or %YAML 1.2, got another',
  BAD_DQ_ESCAPE: 'expected an escape sequence that YAML has, got another',
  BAD_PROP_ORDER: 'expected an anchor or a tag before its value, got it elsewhere',
  BAD_SCALAR_START: 'expected a value, got a character that no plain value starts with',
  BLOCK_AS_IMPLICIT_KEY: 'expected one key and its value on a line, got two',
  BLOCK_IN_FLOW: 'expected values separated by commas, got an indented block inside brackets',
  BAD_INDENT: 'expected another indentation, got a line that belongs to nothing above it',
  KEY_OVER_1024_CHARS: 'expected a key of at most 1024 characters, got more',
  MULTILINE_IMPLICIT_KEY: 'expected ":" and a value after a key on the same line, got a line break',
  MULTIPLE_ANCHORS: 'expected one anchor, got several',
  MULTIPLE_TAGS: 'expected one tag, got several',
  TAB_AS_INDENT: 'expected spaces as indentation, got a tab',
  TAG_RESOLVE_FAILED: 'expected no tag, got one that a scenario does not know',
  BAD_COLLECTION_TYPE: 'expected no tag here, got one of another type',
  NON_STRING_KEY: 'expected a plain word as a key, got a collection',
  RESOURCE_EXHAUSTION: 'expected fewer levels of nesting, got more than can be read',
};

/** Where one code covers many cases, the package's message tells them apart. */
const CASES: readonly (readonly [said: RegExp, sentence: string])[] = [
  [/Missing closing/, 'expected a closing quote, got the end of the file'],
  [/end with a \]/, 'expected a closing "]", got none'],
  [/end with a \}/, 'expected a closing "}", got none'],
  [/Missing , /, 'expected a comma between two values inside brackets, got none'],
  [/Missing space after :/, 'expected a space after ":", got none'],
  [/followed by map values/, 'expected ":" and a value after a key, got neither'],
  [/Sequence item without -/, 'expected "- " before an item of the list, got none'],
  [
    /items must start at the same column/,
    'expected items of a list under each other, got this one elsewhere',
  ],
  [/block scalar header|not a yaml token/i, 'expected a line break after "|" or ">", got more on the line'],
  [
    /Block scalar lines must not be less/,
    'expected a block of text with one indentation, got a line with less',
  ],
  [/Unexpected (,|empty item)/, 'expected a value before the comma, got none'],
  [/Comments must be separated/, 'expected a space before "#", got none'],
  [/Tags and anchors must be separated/, 'expected a space after a tag or an anchor, got none'],
  [/directives-end/, 'expected "---" on a line of its own after a directive, got none'],
];

/** A message and perhaps a hint for a syntax error. */
export function explainYamlError(
  error: YAMLError,
  span: Span,
): { message: string; hint: string | undefined } {
  const line = lineText(span.source, positionAt(span.source, span.start).line);
  const found = CASES.find(([said]) => said.test(error.message))?.[1] ?? SENTENCES[error.code];
  return { message: found ?? outOfPlace(span), hint: hintFor(error.code, line) };
}

function outOfPlace({ source, start, end }: Span): string {
  const [first = ''] = source.text.slice(start, end).split('\n');
  const got = first.trim() === '' ? 'something else' : quoted(first.trimEnd(), 20);
  return `expected YAML that can stand here, got ${got}`;
}

function hintFor(code: YAMLError['code'], line: string): string | undefined {
  if (/:\s+>=?\s*\d/.test(line)) return 'Put a comparison that begins with ">" in quotes: "> 1s".';
  if (/:\s+[@`%]/.test(line)) return 'Put a value that begins with such a character in quotes.';
  if (code === 'TAB_AS_INDENT') return 'Use two spaces.';
  if (code === 'BLOCK_AS_IMPLICIT_KEY') return 'Put a value that contains ": " in quotes.';
  return undefined;
}
