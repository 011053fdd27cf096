/**
 * The first stage of loading: from a file's name to its text, refusing what cannot be a scenario (unreadable, empty,
 * binary or far too large) before any parser sees it.
 *
 * Files are read by a function that is handed in, so that this runs in a browser too. It throws errors with a `code` as
 * Node's file functions do; each becomes a sentence.
 */

import { diagnose, type Diagnostic } from './diagnostics.ts';
import { MAX_FILE_LENGTH } from './limits.ts';
import { makeSource, type Source, type Span } from './source.ts';

/**
 * Gives the text of a file.
 *
 * @throws an Error, with a `code` such as ENOENT or EISDIR where there is one
 */
export type ReadText = (file: string) => string;

export type ReadResult =
  { readonly ok: true; readonly source: Source } | { readonly ok: false; readonly diagnostic: Diagnostic };

/** What a file is to hold, for messages, and which key names it. */
export interface FileKind {
  /** `scenario file` */
  readonly file: string;
  /** `a scenario` */
  readonly content: string;
  readonly path: string;
  readonly hint?: string;
}

const SCENARIO: FileKind = { file: 'scenario file', content: 'a scenario', path: 'extends' };

/** Reads a file; `from` is where another file names it, and where an unreadable one is reported. */
export function readSource(file: string, readText: ReadText, from?: Span, kind = SCENARIO): ReadResult {
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    const message = `expected a readable ${kind.file}, got ${file}: ${whyUnreadable(error)}`;
    const place = from ?? wholeOf(makeSource(file, ''));
    const { path, hint } = kind;
    return { ok: false, diagnostic: diagnose(place, message, from === undefined ? {} : { path, hint }) };
  }
  return checkText(file, text, kind);
}

/** Refuses a text that cannot be a scenario, or what else is expected. */
export function checkText(file: string, given: string, kind = SCENARIO): ReadResult {
  if (given.length > MAX_FILE_LENGTH) {
    const size = (given.length / 1024 / 1024).toFixed(1);
    const message = `expected a ${kind.file} of at most 1.0 MiB, got ${size} MiB`;
    return { ok: false, diagnostic: diagnose(wholeOf(makeSource(file, '')), message) };
  }
  const text = given.startsWith('\ufeff') ? given.slice(1) : given;
  const source = makeSource(file, text);
  const binary = /[\0\ufffd]/.exec(text);
  if (binary !== null) {
    const place = { source, start: binary.index, end: binary.index + 1 };
    return { ok: false, diagnostic: diagnose(place, 'expected a text in UTF-8, got binary data') };
  }
  if (text.trim() === '') {
    const message = `expected ${kind.content}, got an empty file`;
    return { ok: false, diagnostic: diagnose(wholeOf(source), message) };
  }
  return { ok: true, source };
}

function wholeOf(source: Source): Span {
  return { source, start: 0, end: 0 };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'a part of its path is not a directory',
  EISDIR: 'it is a directory',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'its name is too long',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files',
  EFBIG: 'it is too large',
  ERR_FS_FILE_TOO_LARGE: 'it is too large',
  ERR_STRING_TOO_LONG: 'it is too large',
  ERR_INVALID_ARG_VALUE: 'no such name is possible',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not a text in UTF-8',
};

function whyUnreadable(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code === 'string') return Object.hasOwn(REASONS, code) ? (REASONS[code] ?? code) : code;
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'it cannot be read';
}
