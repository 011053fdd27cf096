/**
 * `hasim coverage`: what a suite of scenarios has exercised, held against everything that its pairs can do (coverage-items.ts). By the
 * mode of the pair: a suite without an active/active pair lacks nothing of active/active.
 */

import type { HaMode } from '../ha/config.ts';
import { COVERAGE_KINDS, coverageItems, type CoverageItem, type CoverageKind } from './coverage-items.ts';
import { together, type Exercised, type ScenarioCoverage } from './exercised.ts';

/** How often something was exercised, and by which file first. */
export interface Covered extends CoverageItem {
  /** 0 = never. */
  readonly count: number;
  /** The first file of the suite that exercises it; null when none does. */
  readonly first: string | null;
}

interface Share {
  readonly covered: number;
  readonly total: number;
  readonly percent: number;
}

export interface KindCoverage extends Share {
  readonly kind: CoverageKind;
  readonly items: readonly Covered[];
}

export interface ModeCoverage extends Share {
  readonly mode: HaMode;
  readonly files: number;
  readonly runs: number;
  readonly kinds: readonly KindCoverage[];
}

export interface SuiteCoverage extends Share {
  readonly files: number;
  readonly runs: number;
  /** Only those that the suite has a pair of. */
  readonly modes: readonly ModeCoverage[];
}

/** Runs of a file of a suite, and what they have exercised. */
export interface FileCoverage extends ScenarioCoverage {
  readonly file: string;
}

/** @param files in the order of the suite; a file may be there several times */
export function coverageOf(files: readonly FileCoverage[]): SuiteCoverage {
  const modes = (['active-passive', 'active-active'] as const)
    .map((mode) => [mode, files.filter((file) => file.mode === mode)] as const)
    .filter(([, ofMode]) => ofMode.length > 0)
    .map(([mode, ofMode]) => modeCoverage(mode, ofMode));
  return { files: countFiles(files), runs: runsOf(files), modes, ...shareOf(modes) };
}

function modeCoverage(mode: HaMode, files: readonly FileCoverage[]): ModeCoverage {
  const all = files.reduce<Exercised>((sum, { exercised }) => together(sum, exercised), {});
  const aws = files.some((file) => file.aws);
  const kinds = COVERAGE_KINDS.map((kind): KindCoverage => {
    const items = coverageItems(kind, mode, aws).map((item): Covered => {
      const first = files.find(({ exercised }) => exercised[kind]?.[item.name] !== undefined);
      return { ...item, count: all[kind]?.[item.name] ?? 0, first: first?.file ?? null };
    });
    const covered = items.filter(({ count }) => count > 0).length;
    return { kind, ...share(covered, items.length), items };
  });
  return { mode, files: countFiles(files), runs: runsOf(files), kinds, ...shareOf(kinds) };
}

function countFiles(files: readonly FileCoverage[]): number {
  return new Set(files.map(({ file }) => file)).size;
}

function runsOf(files: readonly FileCoverage[]): number {
  return files.reduce((sum, { runs }) => sum + runs, 0);
}

function shareOf(parts: readonly Share[]): Share {
  return share(
    parts.reduce((sum, { covered }) => sum + covered, 0),
    parts.reduce((sum, { total }) => sum + total, 0),
  );
}

/** Rounded down to a tenth: 100 only where nothing is missing. */
function share(covered: number, total: number): Share {
  return { covered, total, percent: total === 0 ? 100 : Math.floor((covered * 1_000) / total) / 10 };
}
