/** The colours of the page, as its style sheet has them at the moment: light, dark, or for paper. */

import type { Tone } from '../report/lanes/model.ts';

export interface Theme {
  readonly paper: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly chosen: string;
  readonly tones: Readonly<Record<Tone, string>>;
  /** Of classes of messages, by their place in MESSAGE_CLASSES. */
  readonly messages: readonly string[];
  readonly font: string;
}

/** Reads the theme off an element. */
export function themeOf(element: Element): Theme {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  return {
    paper: colour('--paper'),
    ink: colour('--ink'),
    soft: colour('--soft'),
    line: colour('--line'),
    chosen: colour('--far'),
    tones: {
      good: colour('--c3'),
      idle: colour('--strip'),
      busy: colour('--c1'),
      warn: colour('--c2'),
      bad: colour('--bad'),
      off: colour('--soft'),
    },
    messages: ['--c1', '--c3', '--c2', '--c4', '--soft', '--far'].map(colour),
    font: style.fontFamily,
  };
}
